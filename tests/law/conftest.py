"""Casefiles for the tests of this folder."""

from casefile.made import small, whole

__all__ = ["small", "whole"]
