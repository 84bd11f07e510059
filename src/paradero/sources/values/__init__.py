"""From distinct texts to typed values, and what they may not show."""
