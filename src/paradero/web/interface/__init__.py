"""The answers as JSON: which questions there are, what they take and give, and how that is described."""
