"""What files are made of: from bytes to sheets of text, carefully."""
