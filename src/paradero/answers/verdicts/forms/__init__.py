"""The forms of terms in words: what is asked of each, and what would settle it where it is open."""
