"""What each number counts, what each column means, what each code says."""
