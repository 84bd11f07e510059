"""What was fetched from publishers: held against what it should be, and taken into a casefile."""
