"""Documents, page by page, with what they mention; one mention, to confirm or reject."""
