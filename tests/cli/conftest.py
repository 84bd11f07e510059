"""Casefiles for the tests of this folder."""

from casefile.made import case, fabricated, small, whole
from casefile.shared import companies, matched

__all__ = ["case", "companies", "fabricated", "matched", "small", "whole"]
