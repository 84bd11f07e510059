"""Counts, costs, claims, awards, companies: questions answered as JSON."""
