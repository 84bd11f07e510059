"""The answers as JSON: which questions there are, what they take, what they give, and how that is described."""
