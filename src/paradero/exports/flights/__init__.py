"""Legs of positions as files for other tools: maps, globes, time lines. A gap stays one in each of them:
nothing joins what was heard before it and after.
"""
