"""The content of pages: blocks that every format can draw, sentences and numbers in two languages."""
