"""Where things are on the earth: distances, airports, outlines of countries."""
