"""Sections on what people wrote down: counts, claims, costs, agreements."""
