"""Where a person was, who held them, and who is unaccounted for."""
