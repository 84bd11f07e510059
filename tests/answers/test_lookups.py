"""What is kept to be found by its facility, row, person or place says what all rows say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
from reports.made import records

from paradero.answers.finding import LEAST_ID, find
from paradero.answers.law.law_files import law_of
from paradero.answers.people.row_uses import row_uses
from paradero.answers.tables.beginnings import places_of
from paradero.answers.tables.browsing import Browsed, TableAsked
from paradero.answers.verdicts.audit_reading import counted_at, reading
from paradero.answers.verdicts.auditing import Audited, audit
from paradero.answers.verdicts.verdict_values import Verdict
from paradero.answers.verdicts.verdicts import Wanted, summary, total, verdicts_of
from paradero.building.tables import open_tables
from paradero.figures.asking import Asked
from paradero.figures.transfer_rows import TransferRows
from paradero.model import verdicts

pytestmark = pytest.mark.xdist_group("figures")

_DAY_US = 86_400_000_000


def all_of(table: str) -> list[dict[str, Any]]:
    with open_tables(records(), table) as built:
        return built.rows(f"SELECT * FROM {table}")


@pytest.fixture(scope="module")
def audited() -> Audited:
    return audit(records(), law_of(records()))


def test_a_facility_is_counted_from_all_its_rows() -> None:
    spans, stints = all_of("stint_spans"), all_of("stint_lengths")
    rows = Counter(one["detention_facility_code"] for one in spans)
    unending = Counter(one["detention_facility_code"] for one in spans if one["book_out"] is None)
    kept = Counter(one["detention_facility_code"] for one in stints)
    people = Counter(
        code for code, _ in {(s["detention_facility_code"], s["unique_identifier"]) for s in stints} if _
    )
    found = {one["detention_facility_code"]: one for one in all_of("facility_counts")}
    assert {code: one["n_rows"] for code, one in found.items()} == rows
    for code, one in found.items():
        assert one["n_without_book_out"] == unending[code]
        assert (one["n_stints"], one["n_people"]) == (kept[code], people[code])


def test_lengths_are_counted_surely_and_at_most() -> None:
    stints = [one for one in all_of("stint_lengths") if one["unique_identifier"] is not None]
    sure: Counter[str | None] = Counter()
    for one in stints:
        lo, hi = one["length_lo_us"], one["length_hi_us"]
        if lo is not None and hi is not None and lo >= _DAY_US:
            sure[one["detention_facility_code"]] += 1
    found = [one for one in all_of("facility_lengths") if one["bin"] == "a-day-or-more"]
    nobody = {one["detention_facility_code"] for one in all_of("stint_spans") if one["person_no"] is None}
    assert sum(one["n_lo"] for one in found) >= sum(sure.values()) > 0
    for one in found:
        assert one["n_lo"] <= one["n_hi"]
        if one["detention_facility_code"] not in nobody:
            assert one["n_lo"] == sure[one["detention_facility_code"]]


def test_stints_by_facility_are_those_by_person() -> None:
    columns = ("row_id", "detention_facility_code", "person_no", "place", "book_in", "book_out")
    by_person, by_facility = (
        {tuple(one[name] for name in columns) for one in all_of(table)}
        for table in ("stint_spans", "facility_stints")
    )
    assert by_person == by_facility


def test_verdicts_at_a_facility_are_those_that_an_audit_of_it_counts(audited: Audited) -> None:
    codes = [one["detention_facility_code"] for one in all_of("facilities")]
    n = 0
    with reading(audited) as read:
        for code in codes[:12]:
            asked = [one for one in summary(read, Wanted(facility=code)) if one.order is None]
            kept = counted_at(audited, code)
            n += len(kept)
            assert [
                (one.rule, one.version, one.construction, one.violated, one.undetermined, one.complied)
                for one in asked
            ] == [
                (one.rule, one.version, one.construction, one.violated, one.undetermined, one.complied)
                for one in kept
            ]
            assert [(one.not_bound, one.worst_case) for one in asked] == [
                (one.not_bound, one.worst_case) for one in kept
            ]
    assert n > 0
    assert counted_at(audited, "NOWHERE") == []


def _lists(everything: list[Verdict]) -> list[tuple[Wanted, list[Verdict]]]:
    """Questions, each with its verdicts as picked from all of them."""
    findings = (verdicts.Verdict.VIOLATED, verdicts.Verdict.UNDETERMINED)
    stated = [one for one in everything if one.event_clock != "as recorded"]
    every = tuple(verdicts.Verdict)
    first = everything[0]
    return [
        (Wanted(), [one for one in everything if one.verdict in findings or one in stated]),
        (Wanted(verdicts=every), everything),
        (Wanted(verdicts=(every[0],)), [one for one in everything if one.verdict == every[0]]),
        (Wanted(verdicts=every, stated=True), stated),
        (
            Wanted(verdicts=every, construction=first.construction),
            [one for one in everything if first.construction in (None, one.construction)],
        ),
        (Wanted(by=(first.rule,), verdicts=every), [one for one in everything if one.rule == first.rule]),
    ]


def test_a_page_of_verdicts_is_a_part_of_the_whole_list_and_counted_as_it_is(audited: Audited) -> None:
    with reading(audited) as read:
        everything = list(verdicts_of(read, Wanted(verdicts=tuple(verdicts.Verdict))))
        assert len(everything) > 100
        for wanted, listed in _lists(everything):
            assert total(read, wanted) == len(listed)
            for skipped in (1, len(listed) // 2, max(len(listed) - 3, 0)):
                page = list(verdicts_of(read, wanted, limit=7, skipped=skipped))
                assert page == listed[skipped : skipped + 7]
        for line in summary(read, Wanted()):
            told = Counter(
                one.verdict.value
                for one in everything
                if (one.rule, one.order, one.construction) == (line.rule, line.order, line.construction)
                and one.version == line.version
            )
            n = (line.violated, line.undetermined, line.complied, line.not_bound)
            assert n == tuple(told[each] for each in ("violated", "undetermined", "complied", "not_bound"))


def test_the_verdicts_on_a_subject_are_all_that_name_it(audited: Audited) -> None:
    with reading(audited) as read:
        everything = list(verdicts_of(read, Wanted(verdicts=tuple(verdicts.Verdict))))
        subjects = sorted({one.subject for one in everything if one.subject is not None})
        people = {one["unique_identifier"] for one in all_of("persons")}
        of_people = [each for each in subjects if each in people][:4]
        others = [each for each in subjects if each not in people][:4]
        assert of_people
        assert others
        for subject in (*of_people, *others):
            own = [one for one in everything if one.subject == subject]
            wanted = Wanted(subject=subject, verdicts=tuple(verdicts.Verdict))
            assert list(verdicts_of(read, wanted)) == own
            assert total(read, wanted) == len(own)
            release = own[0].release
            if release is not None:
                of_release = [one for one in own if one.release == release]
                assert list(verdicts_of(read, replace(wanted, release=release))) == of_release
        assert list(verdicts_of(read, Wanted(subject="nobody"))) == []


def test_transfers_are_counted_as_if_they_were_read() -> None:
    answered = Asked(records()).answer("transfers")
    rows = getattr(answered, "rows", None)
    assert isinstance(rows, TransferRows)
    read = list(rows)
    assert len(read) == len(rows) > 0
    assert rows[0] == read[0]
    assert rows[-1] == read[-1]
    assert rows[2:5] == read[2:5]
    where = {"status": ["unsigned", "cannot be judged"]}
    wanted = [one for one in read if one.status in where["status"]]
    assert rows.n_where(where) == len(wanted) > 0
    addresses = [one.from_row_address for one in wanted]
    assert rows.addresses(where, "from_row_address", 3) == (len(addresses), addresses[:3])
    assert rows.addresses(where, "from_row_address", None) == (len(addresses), addresses)
    assert rows.of_status("unsigned", 2) == [one for one in read if one.status == "unsigned"][:2]


def test_routes_are_all_transfers() -> None:
    read = Counter(
        (one["from_facility_code"], one["to_facility_code"], one["to_row"] is not None, one["status"])
        for one in all_of("transfers")
    )
    kept = {
        (one["from_facility_code"], one["to_facility_code"], one["has_arrival"], one["status"]): one[
            "n_transfers"
        ]
        for one in all_of("transfer_routes")
    }
    assert kept == read


def test_a_row_is_found_in_every_table_that_it_stands_in() -> None:
    columns = {
        "stint_spans": ("row_id",),
        "stay_spans": ("stay_row",),
        "arrests": ("row_id",),
        "removals": ("row_id",),
        "transfers": ("from_row", "to_row"),
        "unaccounted": ("last_row", "next_row"),
        "conflicts": ("row_a", "row_b"),
        "contradictions": ("row_id",),
    }
    standing = {
        (table, name): Counter(one[name] for one in all_of(table))
        for table, names in columns.items()
        for name in names
    }
    some = [next(iter(rows)) for rows in standing.values() if rows]
    some += [one["row_id"] for one in islice((s for s in all_of("stint_spans") if s["place"] < 0), 2)]
    with open_tables(records(), "persons") as built:
        addresses = {row: built.address_of(row) for row in some if row is not None}
    for row, address in addresses.items():
        uses = {(one.table_name, one.column_name): one.n for one in row_uses(records(), address).uses}
        assert uses == {place: rows[row] for place, rows in standing.items() if rows[row]}


def test_an_id_is_found_by_its_beginning_in_capitals_or_not() -> None:
    ids = sorted(one["unique_identifier"] for one in all_of("persons"))
    for typed in (ids[0][:LEAST_ID], ids[-1].upper(), ids[len(ids) // 2][: LEAST_ID + 1].upper()):
        wanted = [one for one in ids if one.lower().startswith(typed.lower())][:20]
        assert [one.name for one in find(records(), typed, [], limit=20) if one.kind == "person"] == wanted
    short = ids[0][: LEAST_ID - 1]
    assert find(records(), short, []) == []


@pytest.mark.parametrize(("table", "step"), [("stints", 50), ("removal_rows", 10)])
def test_a_page_of_a_view_is_the_same_wherever_it_is_begun(table: str, step: int) -> None:
    with open_tables(records(), table) as built:
        places, asked = places_of(built, table, step), TableAsked(table=table)
        assert places is not None
        whole, begun = Browsed(built, asked), Browsed(built, asked, places=places)
        n = whole.counted().n_rows
        assert begun.counted().n_rows == n > 2 * step
        for first in (0, step, step + step // 2, n - n % step, n - n % step + step):
            assert begun.page(first, step).fetchall() == whole.page(first, step).fetchall()


def test_a_kept_table_and_a_view_without_a_key_of_its_own_begin_nowhere() -> None:
    with open_tables(records(), "stint_spans", "published_figures") as built:
        assert places_of(built, "stint_spans", 50) is None
        assert places_of(built, "published_figures", 50) is None
