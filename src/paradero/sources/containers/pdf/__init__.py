"""Tables in a PDF, ruled or aligned, as sheets: cells that cannot be told apart for certain are marked, never
guessed.
"""
