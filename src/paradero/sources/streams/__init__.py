"""Tables too large to be held, taken in a piece at a time, with the same result."""
