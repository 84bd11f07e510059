"""Sections on records of people."""
