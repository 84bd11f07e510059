"""Positions in: read, fetched and brought together as the track of one aircraft."""
