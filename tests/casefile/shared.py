"""Casefiles that the tests of Python's answers and those of declared answers both ask: made once a session."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from flights.matched import matched_case
from money.held import companies_case

# on one worker, for what both of them need is then made once
TOGETHER = pytest.mark.xdist_group("answers")


@functools.cache
def flights_folder(parent: Path) -> Path:
    """A casefile with flights to match, and in its folder the legs; tests only read it."""
    folder = parent / "flights"
    folder.mkdir()
    return matched_case(folder)


@functools.cache
def companies_folder(parent: Path) -> Path:
    """A casefile with awards and who is behind them; tests only read it."""
    folder = parent / "companies"
    folder.mkdir()
    return companies_case(folder).root


@pytest.fixture(scope="session")
def matched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return flights_folder(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def companies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return companies_folder(tmp_path_factory.getbasetemp())
