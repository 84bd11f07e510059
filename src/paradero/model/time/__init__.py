"""Time that says how it is known: clocks, zones, moments between bounds, and what several of them allow
together.
"""
