"""A reader's own question: one SELECT over the documented tables, run apart, within bounds of time and memory."""
