"""The one gate for what is published: which counts are shown, rounded or withheld, so that nobody can work
out a small one from all that this casefile has ever published.
"""
