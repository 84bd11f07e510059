"""No command can be made to write into a casefile's own parts, and none is programmed by what the records
hold.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import openpyxl
import pytest
import typer
from casefile.made import copied, said, state

import paradero
from paradero.casefile.folder import Casefile
from paradero.cli.main import app
from paradero.cli.options import into_casefile, into_events, into_orders, outside

PARTS = ("log.jsonl", "LOG.JSONL", "paradero.toml", ".lock", "sources/x.csv", "Sources/x.csv", "build/x.csv", "build/ingested/x.csv", "hand/x.csv", "orders/x.csv",
         "kept/x.csv", ".pending/x.csv", "x/../log.jsonl", "claims")  # fmt: skip


def _state(case: Casefile) -> dict[str, str]:
    """Every file of a casefile with the digest of its bytes."""
    return {path: hashlib.sha256(content).hexdigest() for path, content in state(case).items()}


@pytest.fixture(scope="module")
def untouched(small: Casefile) -> dict[str, str]:
    """What the shared casefile holds: nothing in this file may change it."""
    return _state(small)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "command",
    [
        ("export", "stints"),
        ("headcount",),
        ("requests",),
        ("synth", "--rows", "300"),
        ("companies", "export", "--as", "ftm"),
    ],
)
def test_no_output_lands_in_a_part_of_the_casefile(
    small: Casefile, untouched: dict[str, str], part: str, command: tuple[str, ...]
) -> None:
    answer = said(small.root, *command, "-o", part)
    assert answer.code == 1
    assert "of the casefile" in answer.err
    assert _state(small) == untouched


def test_links_lead_nowhere(small: Casefile, tmp_path: Path) -> None:
    case = copied(small, tmp_path / "case")
    os.symlink(case.root / "log.jsonl", tmp_path / "out.csv")
    os.symlink(case.root / "sources", tmp_path / "folder")
    os.link(case.root / "log.jsonl", tmp_path / "hard.csv")
    os.symlink(tmp_path / "case", tmp_path / "other")
    before = _state(case)
    for place in ("out.csv", "folder/x.csv", "hard.csv", "other/log.jsonl", "other/build/../log.jsonl"):
        for arguments in (
            ("--case", str(case.root), "export", "stints", "-o", place),
            ("synth", "-o", place),
        ):
            assert said(tmp_path, *arguments).code == 1, (place, arguments)
    assert _state(case) == before
    assert (
        said(case.root, "export", "stints", "-o", "midnight.csv").code == 0
    )  # beside the parts is the user's own place
    with (
        pytest.raises(paradero.ParaderoError, match="of the casefile"),
        paradero.open_tables(case, "stints") as built,
    ):
        paradero.export(paradero.legible(built, "stints"), case.root / "log.jsonl", name="stints", note={})


def _callbacks(group: typer.Typer) -> Iterator[Callable[..., object]]:
    yield from (command.callback for command in group.registered_commands if command.callback)
    for one in group.registered_groups:
        assert one.typer_instance is not None
        yield from _callbacks(one.typer_instance)


# paths that are only read
READ = {"files", "more", "registers", "file", "layout", "certificate", "key"}


def test_every_path_that_a_command_writes_to_is_checked() -> None:
    seen, unchecked = set(), []
    for command in _callbacks(app):
        for name, hint in get_type_hints(command, include_extras=True).items():
            if "Path" not in repr(hint) or name in READ:
                continue
            seen.add(name)
            infos = [info for part in (hint, *get_args(hint)) for info in getattr(part, "__metadata__", ())]
            checks = {getattr(info, "callback", None) for info in infos}
            if not checks & {outside, into_orders, into_events, into_casefile}:
                unchecked.append(f"{command.__name__} {name}")
    assert unchecked == []
    assert seen == {"output", "out", "folder", "unread", "results", "to", "into"}


@pytest.mark.parametrize(
    "part",
    ["log.jsonl", "hand/x.toml", "orders/x.csv", "orders/../log.toml", "events/x.toml", "build/x.toml"],
)
def test_a_new_order_lands_among_the_orders_or_outside(
    small: Casefile, untouched: dict[str, str], tmp_path: Path, part: str
) -> None:
    if part != "orders/../log.toml":  # which is beside the parts, and the user's own
        assert said(small.root, "order", "new", "forbid", part).code == 1
    assert _state(small) == untouched
    case = copied(small, tmp_path / "case")
    assert said(case.root, "order", "new", "forbid", "orders/mine.toml").code == 0
    again = said(case.root, "order", "new", "forbid", "orders/mine.toml")
    assert (again.code, "exists" in again.err) == (1, True)
    assert "forbid-unless" in said(case.root, "order", "new", "nonsense", "orders/other.toml").err


HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "a\u202eb",
    "=HYPERLINK(1)",
    "+cmd",
    "@sum",
    "-2+3",
    "\t=1",
    "line\nbreak",
    "plain",
    "-12.5",
    "+1",
]


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A casefile whose facility names are commands to terminals and spreadsheets."""
    with (tmp_path / "release.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            [
                "Unique Identifier",
                "Detention Facility",
                "Detention Facility Code",
                "Book In Date Time",
                "Stay Book In Date Time",
                "Book Out Date Time",
            ]
        )
        for number, name in enumerate(HOSTILE):
            writer.writerow(
                [
                    f"p{number}",
                    name,
                    f"EX{number}",
                    "2025-01-01 08:00",
                    "2025-01-01 08:00",
                    "2025-01-02 08:00",
                ]
            )
    assert said(tmp_path, "new", "case").code == 0
    assert said(tmp_path / "case", "add", str(tmp_path / "release.csv"), "--as", "detentions").code == 0
    assert said(tmp_path / "case", "build").code == 0
    return tmp_path / "case"


def test_screens_obey_nothing(hostile: Path) -> None:
    for arguments in (
        ("person", "p0"),
        ("person", "p1"),
        ("person", "p0", "--json"),
        ("status",),
        ("headcount", "--json"),
        ("unaccounted",),
        ("conflicts", "--json"),
    ):
        answer = said(hostile, *arguments)
        assert not set(answer.out + answer.err) & {"\x1b", "\u202e", "\x07"}, arguments
    source = said(hostile, "status", "--json").json["sources"][0]["source"]
    assert "\\x1b[31mred" in said(hostile, "rows", f"{source}::2").out
    assert (
        said(hostile, "rows", f"{source}::2", "--json").json["rows"][0]["cells"]["Detention Facility"]
        == HOSTILE[0]
    )  # a program reads the very value


def test_spreadsheets_run_nothing(hostile: Path, tmp_path: Path) -> None:
    expected = [
        name for name in HOSTILE if name.strip()[:1] in ("=", "+", "-", "@") and name not in ("-12.5", "+1")
    ]
    answer = said(hostile, "export", "stints", "-o", str(tmp_path / "o.csv"))
    assert f"{len(expected)} cells that a spreadsheet would run as formulas" in answer.err
    names = [
        row["detention_facility"]
        for row in csv.DictReader(io.StringIO((tmp_path / "o.csv").read_text(encoding="utf-8")))
    ]
    assert [name for name in names if name.startswith("'")] == [f"'{name.strip()}" for name in expected]
    assert {"-12.5", "+1", "plain"} <= set(names)
    said(hostile, "export", "stints", "-o", str(tmp_path / "o.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    cells = [
        cell
        for row in book["stints"].iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.strip()[:1] in ("=", "+", "-", "@")
    ]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert all(cell.quotePrefix for cell in cells if cell.value not in ("-12.5", "+1"))
    assert any("formulas" in str(row[0].value) for row in book["about"].iter_rows())
    with sqlite3.connect(":memory:"):  # a database runs no cell: nothing is changed there
        said(hostile, "export", "stints", "-o", str(tmp_path / "o.jsonl"))
        assert "'=HYPERLINK" not in (tmp_path / "o.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["pdf", "csv", "md", ""])
def test_requests_are_written_as_their_name_says_or_not_at_all(
    small: Casefile, tmp_path: Path, ending: str
) -> None:
    place = tmp_path / f"requests{'.' if ending else ''}{ending}"
    answer = said(copied(small, tmp_path / "case").root, "requests", "-o", str(place))
    assert answer.code == 1
    assert ".docx or .json" in answer.err
    assert not place.exists()
