"""Casefiles for the tests of this folder."""

from casefile.made import whole

__all__ = ["whole"]
