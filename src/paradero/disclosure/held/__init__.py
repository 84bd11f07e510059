"""What counts are held against: the lines that are counted, columns that tell of each other, trees of groups."""
