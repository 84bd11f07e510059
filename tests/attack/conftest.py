"""Casefiles for the tests of this folder, and commands in processes of their own."""

from casefile.made import case, fabricated, small, whole

from attack.forked import ended

__all__ = ["case", "ended", "fabricated", "small", "whole"]
