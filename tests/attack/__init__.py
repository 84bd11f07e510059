"""Attacks: whole truths are drawn, hidden and coarsened, and what comes out is held against them."""
