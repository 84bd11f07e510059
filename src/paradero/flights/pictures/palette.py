"""Colours and sizes of pictures of flights, each once."""

from __future__ import annotations

LINE, GROUND, GAP, TAKEOFF, LANDING = "#1f4e79", "#6b7280", "#a16207", "#117733", "#882255"
LAND, SEA, BORDER, INK = "#f3efe6", "#dfe9ef", "#b9b2a3", "#222222"
MARGIN_PX = 84  # what the axis and its title take to the left of the plots
LABELS_IN_REACH, WIDE_PX = 6, 600
FEW = 60  # positions of a piece that are drawn one by one
MOST_GAP_SHARE = 5
LETTER_PX = 6.1
