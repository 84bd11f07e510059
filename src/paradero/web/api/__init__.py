"""The questions that are answered as JSON, a module each: the same answers as the command line prints."""
