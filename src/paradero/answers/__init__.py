"""A question each, answered from what is built and from what people wrote, with the rows that say so."""
