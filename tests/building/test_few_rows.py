"""Few rows are worked on otherwise than many: by one thread, held in memory, what a view gives computed once. What
comes out is the same.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from casefile.made import copied, said, with_held_cases

from paradero.building import making, tables
from paradero.building.building import build
from paradero.casefile.folder import Casefile

ASKED = (("audit",), ("headcount", "--definition", "vera-24-hour"))


def test_a_small_build_is_that_of_many_rows(
    whole: Casefile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = copied(whole, tmp_path / "case")
    small = {each.name: (each.sha256, each.rows) for each in build(case)[0].tables}
    assert sum(rows for _, rows in small.values()) > 1000
    for path in case.build.iterdir():
        if path.is_dir() and path != case.ingested:
            shutil.rmtree(path)
    (case.build / "current").unlink()
    monkeypatch.setattr(making, "_FEW", 0)
    large, changed = build(case)
    assert changed
    assert {each.name: (each.sha256, each.rows) for each in large.tables} == small


def test_small_answers_are_those_of_many_rows(
    small: Casefile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for few in (tables._FEW, 0):
        monkeypatch.setattr(tables, "_FEW", few)
        case = copied(small, tmp_path / f"case{few}")
        shutil.rmtree(case.build / "audits")
        with_held_cases(case)
        found.append([said(case.root, *arguments, "--json").json["rows"] for arguments in ASKED])
    assert all(found[0])
    assert found[0] == found[1]
