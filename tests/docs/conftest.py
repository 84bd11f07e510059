"""Casefiles for the tests of this folder."""

from casefile.made import fabricated, whole

__all__ = ["fabricated", "whole"]
