"""Charts as SVG, drawn for the width they are shown at; `marks.py` has the one set of marks they share."""
