"""People by what rows show of them, held against the rule in plain Python over the files of the build."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import io
from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

import pyarrow.parquet as pq
import pytest

from paradero.building.receipts import built
from web.asked import records
from web.read_tables import Read

Row = dict[str, Any]
_EPOCH = dt.datetime(1970, 1, 1)
_DAY_US = 86_400_000_000


@functools.cache
def table(name: str) -> list[Row]:
    folder, _ = built(records().case)
    rows: list[Row] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return rows


@functools.cache
def citizenships() -> dict[int, str | None]:
    """The citizenship of each detention row by its number."""
    found: dict[int, str | None] = {}
    for path in sorted((records().case.root / "build" / "ingested").glob("*/rows-detentions-*.parquet")):
        rows = pq.read_table(path, columns=["ordinal", "citizenship_country"]).to_pylist()
        found |= {row["ordinal"]: row["citizenship_country"] for row in rows}
    return found


def _us(text: str) -> int:
    return int((dt.datetime.fromisoformat(text) - _EPOCH).total_seconds()) * 1_000_000


def _held(row: Row, facility: str, first: str, last: str) -> bool | None:
    """Whether a row shows, denies or leaves open that its person was held there and then."""
    there = None if row["detention_facility_code"] is None else row["detention_facility_code"] == facility
    there = there if facility else True
    if not first:
        return there
    begin, end = _us(first), _us(last or first) + _DAY_US
    came, went = row["book_in"], row["book_out"]
    latest = went if went is not None else row["stay_book_out"]
    then: bool | None = None
    if (came is not None and came >= end) or (latest is not None and latest < begin):
        then = False
    elif (
        (came is not None and begin <= came < end)
        or (went is not None and begin <= went < end)
        or (came is not None and went is not None and came < begin and went >= end)
    ):
        then = True
    if there is False or then is False:
        return False
    return None if there is None or then is None else True


def expected(**asked: str) -> tuple[set[str], set[str]]:
    """The people whom rows show, and those whom they leave open."""
    stints: dict[int, list[Row]] = defaultdict(list)
    for row in table("stint_spans"):
        if row["person_no"] is not None:
            assert row["book_in"] is not None or row["book_in_lo"] is None, (
                "the oracle reads whole times alone"
            )
            stints[row["person_no"]].append(row)
    gaps = {row["person_no"] for row in table("unaccounted")}
    shown, left = set(), set()
    facility, first, last = (asked.get(name, "") for name in ("facility", "from", "to"))
    for person in table("chains"):
        rows = stints[person["person_no"]]
        verdicts: list[bool | None] = []
        if facility or first:
            held = [_held(row, facility, first, last) for row in rows]
            verdicts.append(True if True in held else None if None in held else False)
        if "end" in asked:
            verdicts.append(person["end_kind"] == asked["end"])
        if "gaps" in asked:
            verdicts.append(person["person_no"] in gaps)
        if "country" in asked:
            named = [citizenships()[row["row_id"] % (1 << 38)] for row in rows]
            is_of = [None if each is None else each == asked["country"] for each in named]
            verdicts.append(True if True in is_of else None if None in is_of else False)
        if False not in verdicts:
            (left if None in verdicts else shown).add(person["unique_identifier"])
    return shown, left


def rows_of_nobody(**asked: str) -> int:
    """How many rows without a person id may be of one more of these people."""
    facility, first, last = (asked.get(name, "") for name in ("facility", "from", "to"))
    nobody = [row for row in table("stint_spans") if row["person_no"] is None]
    return sum(_held(row, facility, first, last) is not False for row in nobody)


def _busiest() -> str:
    codes = [row["detention_facility_code"] for row in table("stint_spans")]
    return str(max(set(codes), key=lambda code: (codes.count(code), str(code))))


def _middle() -> str:
    times = sorted(row["book_in"] for row in table("stint_spans") if row["book_in"] is not None)
    return (_EPOCH + dt.timedelta(microseconds=times[len(times) // 2])).date().isoformat()


ASKED = [
    lambda: {},
    lambda: {"facility": _busiest()},
    lambda: {"from": _middle()},
    lambda: {"facility": _busiest(), "from": "2024-01-01", "to": "2025-06-30"},
    lambda: {"from": "2023-06-01", "to": "2025-12-31", "end": "removal"},
    lambda: {"end": "open"},
    lambda: {"gaps": "on"},
    lambda: {"country": "MEXICO", "end": "removal"},
    lambda: {"from": "1999-01-01"},
]


@pytest.mark.parametrize("asked", ASKED)
def test_a_cohort_is_what_plain_python_gives(asked: Any) -> None:
    options = asked()
    shown, left = expected(**options)
    answer = records().ask(f"/files/people.csv?{urlencode(options)}")
    assert answer.status_code == 200, answer.text
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {row["unique_identifier"] for row in rows if row["judged"] == "shown"} == shown
    assert {row["unique_identifier"] for row in rows if row["judged"] == "left open"} == left
    assert len(rows) == len(shown) + len(left)
    page = Read(records().ask(f"/en/people?{urlencode(options)}").text)
    most = len(shown) + len(left) + rows_of_nobody(**options)
    if not most:
        assert page.title == "No person on record"
        assert "does not say that there was none" in page.text
        return
    assert page.title.split(" p")[0] == (f"{len(shown):,} to {most:,}" if most > len(shown) else f"{most:,}")
    if shown:
        listed = page.rows(f"People 1 to {min(len(shown), 50)} of {len(shown):,}")[1:]
        assert [row[0] for row in listed] == [row["unique_identifier"] for row in rows[: min(len(shown), 50)]]


def test_who_is_left_open_has_a_list() -> None:
    asked = {"from": _middle()}
    _, left = expected(**asked)
    assert left, "nobody is left open, so nothing is tested"
    page = Read(records().ask(f"/en/people?{urlencode(asked | {'judged': 'open'})}").text)
    listed = page.rows(f"People 1 to {len(left)} of {len(left)}")[1:]
    assert {row[0] for row in listed} == left


def test_rows_of_nobody_are_said() -> None:
    nobody = [row for row in table("stint_spans") if row["person_no"] is None]
    page = Read(records().ask("/en/people").text)
    assert ("without a person id" in page.text) is bool(nobody)


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        ("facility=NOWHERE-AT-ALL", 404, "is not a facility of these records"),
        ("facility=FABRICATED", 404, "fits several facilities"),
        ("from=yesterday", 400, "is not a day"),
        ("from=2025-02-01&to=2025-01-01", 400, "Swap them"),
        ("from=9999-12-31", 400, "after every day of records"),
        ("end=gone", 404, "is not an end of histories"),
        ("country=NARNIA", 404, "is not a citizenship"),
        ("release=other", 404, "is not a data release"),
        ("judged=guilty", 404, "is not a choice of people"),
        ("name=x", 404, "is not an option"),
    ],
)
def test_what_cannot_be_asked_is_named(options: str, status: int, words: str) -> None:
    answer = records().ask(f"/en/people?{options}")
    assert answer.status_code == status
    assert words in Read(answer.text).text
