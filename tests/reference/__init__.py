"""The definition of `docs/explanation/reconstruction.md` a second time: plain Python over lists of rows,
written without reading the SQL.
"""
