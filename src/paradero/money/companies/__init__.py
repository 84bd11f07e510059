"""Companies: who operates, owns, carries and supplies, as declared in files and as derived from awards, lists
and records; ways in and out.
"""
