"""A folder of fifty downloads: each is added, refused with a way out or left out by name; none is lost, none
misread.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from attack.scale import draws
from casefile.made import Said, said

from paradero.building.building import build
from paradero.building.tables import define, open_tables
from paradero.casefile.folder import Casefile, create
from paradero.sources import layout_of

from .downloads import Download, archives, containers, foreign, kinds, odd

SOURCES = Path(layout_of.__code__.co_filename).parent
# what a person can do about it
WAYS_OUT = ("--as", "layout new", "again", "Save ", "Extract the table", "Fetch it", "paradero add --help")


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> tuple[Casefile, list[Download], Said]:
    """The folder, what must become of its files, and what `add` said of them."""
    folder = tmp_path_factory.mktemp("downloads")
    (folder / "all").mkdir()
    files = [
        *containers(folder / "all"),
        *archives(folder / "all"),
        *kinds(folder / "all", SOURCES),
        *foreign(folder / "all"),
        *odd(folder / "all"),
    ]
    assert len(files) >= 40
    # in the suite every fourth, and what lies in archives
    apart = {file.name for file in files[:: draws(4, 1)]} | {file.name for file in files if "/" in file.name}
    for file in files:
        if file.name not in apart:
            (folder / "all" / file.name).unlink()
    files = [file for file in files if file.name in apart]
    case = create(folder / "case")
    return case, files, said(case.root, "add", str(folder / "all"), "--json")


def test_each_is_added_refused_or_left_out(brought: tuple[Casefile, list[Download], Said]) -> None:
    _, files, told = brought
    found = {
        **{row["file"]: "added" for row in told.json["added"]},
        **{row["file"]: "refused" for row in told.json["failed"]},
        **{row["file"]: "left out" for row in told.json["left_out"]},
    }
    expected = {
        f"all/{file.name}": "added" if file.kind else "left out" if file.says == "left out" else "refused"
        for file in files
    }
    assert found == expected
    assert told.code == 1  # some were refused


def test_every_refusal_names_the_file_and_a_way_out(brought: tuple[Casefile, list[Download], Said]) -> None:
    _, files, told = brought
    says = {f"all/{file.name}": file.says for file in files}
    for row in told.json["failed"]:
        assert says[row["file"]] in row["error"], row["file"]
        assert Path(row["file"]).name in row["error"]
        assert any(way in row["error"] for way in WAYS_OUT), row["error"]
        assert "Zanzibar" not in row["error"]


def test_what_is_added_is_what_was_written(brought: tuple[Casefile, list[Download], Said]) -> None:
    """Kinds, rows and the sum of their nights, which whoever wrote the files knows without reading them."""
    case, files, told = brought
    wanted = {f"all/{file.name}": (file.kind, file.rows) for file in files if file.kind}
    made = {row["file"]: (row["kinds"][0], row["rows_kept"]) for row in told.json["added"]}
    assert made == wanted
    build(case)
    counted = Counter({kind: 0 for kind, _ in wanted.values()})
    for kind, rows in wanted.values():
        counted[kind] += rows
    with open_tables(case) as built:
        for kind, rows in counted.items():
            table = layout_of(kind).table
            define(built, table)
            assert built.rows(f"SELECT count(*) AS n FROM {table}") == [{"n": rows}], kind
        (nights,) = built.rows(
            "SELECT sum(date_diff('day', book_in_date_time, book_out_date_time)) AS n FROM detention_rows"
        )
    assert nights["n"] == sum(file.nights for file in files)
    assert not [
        path
        for path in case.root.rglob("*")
        if path.is_file() and "sources" not in path.parts and b"Zanzibar" in path.read_bytes()
    ]
