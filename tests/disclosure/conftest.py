"""Casefiles for the tests of this folder."""

from casefile.made import case, fabricated, small, whole

__all__ = ["case", "fabricated", "small", "whole"]
