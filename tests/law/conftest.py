"""Casefiles for the tests of this folder."""

from casefile.made import case, small, whole

__all__ = ["case", "small", "whole"]
