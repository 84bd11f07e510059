"""Attacks: what would break a promise, tried; the oracle shares no code with what is attacked. `make attack`
runs them at length.
"""
