"""Claims: what was said, tested against counts, costs, moments and arithmetic, and against each other."""
