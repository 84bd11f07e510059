"""Documents: PDF, HTML and text files read in place; amounts, counts, dates, times, dockets, tail and flight
numbers found with their exact position.
"""
