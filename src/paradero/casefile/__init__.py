"""The casefile: a folder on disk that pins sources, settings and what people wrote, and holds what is built
from them.
"""
