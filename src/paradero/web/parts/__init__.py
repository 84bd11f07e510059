"""Parts that several pages of the site are made of."""
