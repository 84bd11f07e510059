"""What can be mentioned, a kind a module: amounts, counts, dates, dockets, aircraft; and what never comes
out.
"""
