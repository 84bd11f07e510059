"""Pieces that pages and their sections share: evidence, drawings, tables of several pages."""
