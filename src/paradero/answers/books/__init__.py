"""Counts, costs and claims: what the files of a casefile come to, and what does not go together."""
