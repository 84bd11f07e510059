"""Where steps run: DuckDB by default, Spark at scale; the one prelude, digest and order of steps for both.
Importing the package loads no engine.
"""
