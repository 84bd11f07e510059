"""The day of a facility: counted again from the exported rows in plain Python, the published figure read from its file."""

from __future__ import annotations

import csv
import datetime as dt
import re

import pytest
from attack.scale import draws
from casefile.made import said

from web.asked import records
from web.crawled import read

pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture(scope="module")
def stints(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    path = tmp_path_factory.mktemp("exported") / "detentions.csv"
    assert said(records().case.root, "export", "detention_rows", "-o", str(path)).code == 0
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, str], int]:
    """What the facility-day file prints, by code and day, as the file has it."""
    (path,) = [
        one
        for one in (records().case.root / "sources").rglob("*")
        if one.is_file() and b"n_detained" in one.read_bytes()[:400]
    ]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            (row["detention_facility_code"], row["date"][:10]): int(row["n_detained_at_midnight"])
            for row in csv.DictReader(file)
            if row.get("n_detained_at_midnight")
        }


def _time(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def surely(rows: list[dict[str, str]], code: str, day: dt.date) -> int:
    """People whose rows put them there at the midnight that ends the day."""
    at = dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
    found = set()
    for number, row in enumerate(rows):
        begin, end = _time(row["book_in_date_time"]), _time(row["book_out_date_time"])
        if row["detention_facility_code"] == code and begin and end and begin < at <= end:
            found.add(row["unique_identifier"] or f"row {number}")
    return len(found)


def days_with_people(rows: list[dict[str, str]]) -> list[tuple[str, dt.date]]:
    found = []
    for row in rows[:: max(1, len(rows) // draws(12, 60))]:
        begin, end = _time(row["book_in_date_time"]), _time(row["book_out_date_time"])
        if row["detention_facility_code"] and begin and end and (end - begin).days >= 2:
            found.append((row["detention_facility_code"], (begin + (end - begin) / 2).date()))
    return found[: draws(3, 40)]


def test_bounds_hold_what_rows_show_and_allow(
    stints: list[dict[str, str]], printed: dict[tuple[str, str], int]
) -> None:
    asked = days_with_people(stints)
    assert len(asked) >= 3
    n_printed = n_bounded = 0
    for code, day in asked:
        page = read(records().ask(f"/en/facility/{code}?day={day}").text)
        said_of = re.search(r"(at least )?([\d,]+)(?: to ([\d,]+))? pe(?:rson|ople)", page.text("h1"))
        assert said_of, page.text("h1")
        lo = int(said_of[2].replace(",", ""))
        shown = surely(stints, code, day)
        # rows that contradict each other make fewer certain, never more than rows show; nobody shown is left out
        assert lo <= shown, (code, day, lo, shown)
        if not said_of[1]:
            n_bounded += 1
            hi = int((said_of[3] or said_of[2]).replace(",", ""))
            assert shown <= hi, (code, day, shown, hi)
            # what opens the bounds is told, and is all of what lies between them
            told = re.search(r"The bounds differ because of (.*?)\.\s", page.text("section"))
            parts = (
                [int(one.replace(",", "")) for one in re.findall(r"\(([\d,]+)\)", told[1])] if told else []
            )
            assert sum(parts) == hi - lo, (code, day, told and told[0])
        if (code, str(day)) in printed:
            n_printed += 1
            assert str(printed[code, str(day)]) in page.text("table"), (code, day)
        leads = [link for link in page.links if "/people?" in link]
        (lead,) = {link for link in leads if f"from={day}" in link and f"facility={code}" in link}
        assert records().ask(lead).status_code == 200
    assert n_printed
    assert n_bounded


def test_a_day_that_is_none_is_refused() -> None:
    code = days_or_code()
    for text in ("2025-13-01", "yesterday", "2025-02-30", "9" * 40):
        answer = records().ask(f"/en/facility/{code}?day={text}")
        assert answer.status_code == 404
        assert "not a day" in read(answer.text).text("main")
    assert records().ask(f"/en/facility/{code}?day=2025-01-01&definition=nobody").status_code == 404


def test_a_day_outside_the_release_is_no_zero() -> None:
    """Nobody is counted on a day that no release covers, and the page does not say nobody was there."""
    text = read(records().ask(f"/en/facility/{days_or_code()}?day=1999-01-01").text).text("h1")
    assert "nobody" not in text
    assert " 0 " not in f" {text} "


def days_or_code() -> str:
    page = read(records().ask("/en/facilities").text)
    return next(link.rpartition("/")[2] for link in page.links if link.startswith("/en/facility/"))


def taken(rows: list[dict[str, str]], code: str, day: dt.date) -> tuple[set[str], int]:
    """Whom rows put there at the midnight that ends the day, by id; and how many rows or people, at least,
    may be: with a row here that covers it, or one of any place.
    """
    at = dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
    shown, may = set(), set()
    for number, row in enumerate(rows):
        begin, end = _time(row["book_in_date_time"]), _time(row["book_out_date_time"])
        place = row["detention_facility_code"]
        if begin and end and begin < at <= end and place in (code, ""):
            may.add((place, row["unique_identifier"] or f"row {number}"))
            if place and row["unique_identifier"]:
                shown.add(row["unique_identifier"])
    return shown, len(may)


@pytest.mark.parametrize("definition", ["", "ddp-any-time", "uwchr"])
def test_a_number_leads_to_the_people_it_is_made_of(stints: list[dict[str, str]], definition: str) -> None:
    """The list has as many sure and possible entries as the number says, each with a row; and at midnight
    whoever is sure has a row, read from the export, that covers it.
    """
    n_possible = 0
    for code, day in days_with_people(stints):
        title = f"/en/facility/{code}?day={day}" + (f"&definition={definition}" if definition else "")
        page = read(records().ask(title).text)
        said_of = re.search(r"(at least )?([\d,]+)(?: to ([\d,]+))? p", page.text("h1"))
        assert said_of, page.text("h1")
        lo, hi = (int((said_of[each] or said_of[2]).replace(",", "")) for each in (2, 3))
        (lead,) = {link for link in page.links if "/people?" in link and f"from={day}" in link}
        file = records().ask(lead.replace("/en/people?", "/files/people.csv?"))
        listed = list(csv.DictReader(file.text.splitlines()))
        sure = [one for one in listed if one["judged"] == "sure"]
        shown = read(records().ask(lead).text)
        assert len(sure) == lo, (code, day, len(sure), lo)
        assert said_of[1] or len(listed) == hi, (code, day, len(listed), hi)
        assert f"{lo:,} sure" in shown.text("main")
        assert all(one["rows"] for one in listed)
        n_possible += len(listed) - len(sure)
        if not definition:
            covered, n_may = taken(stints, code, day)
            assert {one["unique_identifier"] for one in sure} <= covered
            assert len(listed) >= n_may, (code, day)
    assert n_possible


def test_a_list_of_a_number_asks_for_one_facility_and_day() -> None:
    for asked in ("definition=noon", "definition=noon&from=2025-01-01", "definition=never&facility=X"):
        assert records().ask(f"/en/people?{asked}").status_code in (400, 404)
