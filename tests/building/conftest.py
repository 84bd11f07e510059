"""Casefiles for the tests of this folder."""

import shutil
from pathlib import Path

import pytest
from casefile.made import RELEASE, case, copied, fabricated, original, small, whole

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile

__all__ = ["case", "fabricated", "narrow_gap", "narrowed", "small", "three", "whole"]


def narrow_gap(case: Casefile) -> None:
    """Set another gap than the one that the casefile was built with."""
    settings = case.root / "paradero.toml"
    settings.write_text(settings.read_text().replace("gap_hours = 24.0", "gap_hours = 1.0"))


@pytest.fixture(scope="session")
def three(small: Casefile, fabricated: Path, tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """A casefile of detentions, arrests and removals, added in this order and built at once; tests only read
    it.
    """
    case = copied(small, tmp_path_factory.mktemp("three") / "case")
    add(case, original(fabricated, "Removals"), release=RELEASE)
    for path in case.build.iterdir():
        if path.is_dir() and path != case.ingested:
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()
    assert {table.made_by for table in build(case)[0].tables} == {"given", "step"}
    return case


@pytest.fixture(scope="session")
def narrowed(small: Casefile, tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """The small casefile built again with another gap, its first build still beside; copy it before changing
    it.
    """
    case = copied(small, tmp_path_factory.mktemp("narrowed") / "case")
    narrow_gap(case)
    assert build(case)[1]
    return case
