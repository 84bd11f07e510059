"""Sections on rules and orders, and on what would settle them."""
