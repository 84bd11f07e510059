"""What there is: addresses, value states, tables and columns. No input or output, no engine."""
