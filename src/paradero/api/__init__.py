"""paradero from Python: a casefile that answers questions, and answers as tables."""
