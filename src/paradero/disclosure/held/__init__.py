"""What counts are held against: the lines counted, columns that tell of each other, trees of groups."""
