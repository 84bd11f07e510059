"""What is due again and again: when, and which entry answers which time."""
