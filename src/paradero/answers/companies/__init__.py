"""Who operates, owns, carries and supplies, and what awards say of them."""
