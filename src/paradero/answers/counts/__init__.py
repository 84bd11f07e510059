"""How many were held, where and when, and how that compares with published figures."""
