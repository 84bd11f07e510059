"""A reader's own question: one SELECT over the documented tables, run apart, bounded in time and memory."""
