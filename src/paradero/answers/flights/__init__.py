"""Legs against the records of a casefile."""
