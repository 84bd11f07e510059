"""The files that the Deportation Data Project (DDP) publishes, made of a casefile: their names, columns,
types and filled-in columns, so that what reads theirs reads these.
"""
