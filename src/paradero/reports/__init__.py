"""What people read: a person's chain, the state of a casefile, counts with their definitions. Only built
tables are read here.
"""
