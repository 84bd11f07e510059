"""Published numbers: each a definition in a file and a frozen value, with its bounds, what makes them wide,
and what it rests on.
"""
