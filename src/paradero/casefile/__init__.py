"""The casefile: a folder on disk that pins sources and settings and holds what is built from them. The one place where stages are wired together."""
