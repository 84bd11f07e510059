"""Fabricated people and places: who was where, without fault."""
