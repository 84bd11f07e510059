"""What documents mention, and what a person decided on each mention."""
