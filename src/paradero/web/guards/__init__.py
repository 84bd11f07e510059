"""What stands between a reader and the site: who may ask, how much, and what a browser may do with the
answer.
"""
