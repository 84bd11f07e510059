"""Casefiles, and a server of public releases, for the tests of this folder."""

from casefile.made import fabricated, whole
from fetching.conftest import site

__all__ = ["fabricated", "site", "whole"]
