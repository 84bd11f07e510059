"""Pages: what a reader is told of a case, a facility or a person, as content for every format."""
