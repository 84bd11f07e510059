"""Flights: positions that aircraft sent, and what follows from them: legs and gaps, with bounds that hold."""
