"""People and counts of them: questions answered as JSON."""
