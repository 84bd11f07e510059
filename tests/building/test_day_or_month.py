"""A date that can be read in two orders: both readings bound the counts, and no verdict rests on either."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from casefile.made import said, with_held_cases
from sources.builders import write_csv

from paradero.casefile.folder import create

HEADERS = ["Stay Book In Date Time", "Book In Date Time", "Detention Facility", "Detention Facility Code", "Book Out Date Time", "Detention Release Reason",
           "Anonymized Identifier"]  # fmt: skip
# in hold rooms for ten hours and for three days; no day is above 12
STINTS = [
    (datetime(2022, 5, 3, 22), datetime(2022, 5, 4, 8)),
    (datetime(2022, 6, 7, 9), datetime(2022, 6, 10, 9)),
    (datetime(2022, 8, 8, 9), datetime(2022, 8, 8, 15)),
]


def asked(case: Path, *words: str) -> list[dict[str, Any]]:
    heard = said(case, *words)
    assert heard.code in (0, 2), heard.err
    return heard.json.get("rows", []) if "--json" in words else []


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [
        [
            f"{begin:%d/%m/%Y %H:%M}",
            f"{begin:%d/%m/%Y %H:%M}",
            "HOLD ROOM",
            "EXAHOLD",
            f"{end:%d/%m/%Y %H:%M}",
            "Transferred",
            f"p{number}",
        ]
        for number, (begin, end) in enumerate(STINTS)
    ]
    return write_csv(tmp_path_factory.mktemp("dates") / "f.csv", [HEADERS, *rows])


def built(text: Path, folder: Path, *order: str) -> Path:
    case = with_held_cases(create(folder / "case")).root
    asked(case, "add", str(text), *order)
    asked(case, "build")
    return case


@pytest.fixture(scope="module")
def unsettled(text: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The casefile in which nothing settles the order."""
    return built(text, tmp_path_factory.mktemp("unsettled"))


def test_no_verdict_rests_on_an_order_that_nothing_settles(unsettled: Path) -> None:
    verdicts = {
        (row["subject"], row["verdict"])
        for row in asked(unsettled, "audit", "--only", "hold-room-limit", "--json")
    }
    assert verdicts == {
        ("p0", "undetermined"),
        ("p1", "undetermined"),
    }  # p2 complied, for 8 August is one day in either order; such rows are not listed


def test_verdicts_follow_the_order_that_is_declared(text: Path, tmp_path: Path) -> None:
    case = built(text, tmp_path, "--date-order", "dmy")
    assert {
        (row["subject"], row["verdict"])
        for row in asked(case, "audit", "--only", "hold-room-limit", "--json")
    } == {("p1", "violated")}


def test_both_readings_bound_the_counts(unsettled: Path) -> None:
    counts = asked(unsettled, "headcount", "--definition", "vera-midnight", "--json")
    rows = {row["date"]: row for row in counts}
    day = date(2022, 3, 1)
    while day < date(2022, 11, 1):
        midnight = datetime(day.year, day.month, day.day) + timedelta(days=1)
        for turned in (False, True):
            ends = [
                tuple(at.replace(month=at.day, day=at.month) if turned else at for at in stint)
                for stint in STINTS
            ]
            held = sum(begin < midnight <= end for begin, end in ends)
            found = rows.get(day.isoformat(), {"n_lo": 0, "n_hi": 0})
            assert found["n_lo"] <= held <= found["n_hi"], (day, turned)
        day += timedelta(days=1)
