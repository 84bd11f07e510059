"""Verdicts, why, and what would settle them: questions answered as JSON."""
