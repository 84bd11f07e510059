"""Casefiles for the tests of this folder."""

from casefile.made import whole
from casefile.shared import companies, matched

__all__ = ["companies", "matched", "whole"]
