"""Flight lists and registers: legs as somebody states them."""
