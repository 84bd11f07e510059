"""Flights: positions that aircraft sent, and what follows from them: legs and gaps, with bounds that hold."""

from __future__ import annotations

# the kinds of files of which flights are read, and no rows of a table
POSITIONS, FLIGHT_LIST = "positions", "flight_list"
KINDS_OF_FLIGHTS = (POSITIONS, FLIGHT_LIST)
