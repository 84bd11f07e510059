"""Pages as documents of a word processor, for those who edit a draft before it is filed."""
