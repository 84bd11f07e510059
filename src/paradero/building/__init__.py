"""From originals to tables: the one place where stages are wired together, run, and made the build that
counts.
"""
