"""Law: rules and orders as data, held against events; which event broke which, and what would settle the
rest.
"""
