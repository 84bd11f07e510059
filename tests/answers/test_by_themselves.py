"""Parts of answers, each by itself: what is left out and counted, what is told apart, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from casefile.made import RELEASE, copied, said
from casefile.shared import TOGETHER

import paradero
from paradero.answers.books.costing import _index
from paradero.answers.companies import award_links, company_graph
from paradero.answers.companies.award_rows import AwardRecordRow, AwardRow, SubawardRow
from paradero.answers.companies.company_graph import _Facility, _Runner
from paradero.answers.companies.exposure import _alike
from paradero.answers.counts.headcounts import Totals, width_lines
from paradero.answers.counts.questions import _Book, _named, longest
from paradero.answers.digests import digest_of_case
from paradero.answers.drift import _of_sheet, _withheld, rejects_of
from paradero.answers.flights import flight_records
from paradero.answers.flights.flight_records import _Manifest, _Mission, _Move, _stages
from paradero.answers.flights.flown import _registered
from paradero.answers.original import original
from paradero.answers.people.listing import UnaccountedInterval, _interval
from paradero.answers.status import ReleaseStatus, _beyond
from paradero.building import receipts
from paradero.building.ingested import ingested_folder
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.custody.causes import causes
from paradero.engines.duckdb import connect
from paradero.flights.fabricated import fabricated_trace
from paradero.flights.legs.legs import legs_of
from paradero.flights.matching.movements import Place
from paradero.flights.tracks.positions_readsb import read_trace
from paradero.model.errors import CasefileError, UnknownName
from paradero.model.time.clock import DAY_US
from paradero.money.companies.graph import Graph, Node

pytestmark = TOGETHER


def filled(form: type[msgspec.Struct], **more: Any) -> Any:
    """A row with these fields, all others without a value."""
    return form(**{field.name: None for field in msgspec.structs.fields(form)} | more)


# --- counts ---------------------------------------------------------------------------------------------


def test_bounds_that_meet_say_so_and_others_say_why() -> None:
    nothing = {each.column: 0 for each in causes()}
    assert width_lines(Totals(n=3, widths=nothing)) == [
        "n_lo and n_hi meet: nothing that these counts rest on is in doubt"
    ]
    wide = width_lines(Totals(n=3, widths=nothing | {next(iter(nothing)): 1_500}))
    assert wide[0] == "n_hi less n_lo, over all rows 1,500, because of"


def test_a_workbook_is_named_by_its_file_or_its_id() -> None:
    books = [
        _Book(source="aaaaaaaaaaaa", file_name="a.xlsx"),
        _Book(source="bbbbbbbbbbbb", file_name="b.xlsx"),
    ]
    assert [_named(books, name) for name in (None, "b.xlsx", "aaaaaaaaaaaa")] == [
        None,
        "bbbbbbbbbbbb",
        "aaaaaaaaaaaa",
    ]
    with pytest.raises(UnknownName, match=r"Did you mean `a\.xlsx`"):
        _named(books, "a.xls")


def test_where_every_stint_has_a_book_out_nothing_is_unjudged(whole: Casefile) -> None:
    every = longest(whole, facility=None, release=None, limit=0)
    assert any("(no book-out)" in line for line in every.cannot_be_judged)
    with open_tables(whole, "stint_lengths") as built:
        rows = built.rows(
            "SELECT detention_facility_code AS code, count(*) AS n, count(*) FILTER (WHERE book_out IS NULL) AS n_open"
            " FROM stint_lengths GROUP BY ALL HAVING n_open = 0 ORDER BY n DESC, code LIMIT 1"
        )
    found = longest(whole, facility=rows[0]["code"], release=None, limit=0)
    assert (found.n_rows, found.cannot_be_judged) == (rows[0]["n"], [])


def test_an_id_that_several_releases_have_is_nobody_until_one_is_named(
    monkeypatch: pytest.MonkeyPatch, small: Casefile
) -> None:
    found = [SimpleNamespace(release=name, person_no=number) for number, name in enumerate(("R", "S"), 1)]
    monkeypatch.setattr("paradero.api.case.person_numbers", lambda *_: found)
    with pytest.raises(UnknownName, match=r"Several releases have the id `p`: R, S\. Name one\."):
        paradero.open(small.root).person("p")


def test_an_interval_of_no_known_length_has_no_words_for_it() -> None:
    assert _interval(filled(UnaccountedInterval)).length is None
    assert _interval(filled(UnaccountedInterval, length_lo_us=DAY_US, length_hi_us=DAY_US)).length is not None


RELEASED = {"release": "R", "released_at": "2025-03-01 00:00:00", "n_later_outs": 7}


@pytest.mark.parametrize(
    ("ends", "added", "words"),
    [
        ("latest event", "2025-02-01", "after the day its last source was added (2025-02-01)"),
        ("latest book-out", "2025-04-01", "7 book-outs with a reason come after its last book-in"),
        ("latest event", "2025-04-01", "7 book-outs with a reason come after its latest event"),
        ("stated", "2025-04-01", None),
    ],
)
def test_what_is_to_be_asked_about_the_end_of_a_release(ends: str, added: str, words: str | None) -> None:
    found = _beyond(filled(ReleaseStatus, **RELEASED, released_at_from=ends), added)
    assert found is None if words is None else words in str(found)


# --- sources --------------------------------------------------------------------------------------------


def test_what_drifted_of_sheets_that_are_no_tables(case: Casefile) -> None:
    assert _of_sheet({"kinds": ["statistics"]}) == []
    assert _of_sheet({"kinds": ["detentions"], "headers": []}) == []
    (source, *_) = sources_of(case)
    folder = ingested_folder(case, source)
    with connect() as connection:
        for read in (_withheld, rejects_of):
            assert isinstance(read(connection, case, source), list)
        for name in ("columns.parquet", "rejects.parquet"):
            (folder / name).unlink()
        assert (_withheld(connection, case, source), rejects_of(connection, case, source)) == ([], [])
    # what was read is not as it was written: the row is read from its original again
    sheet = receipts.built(case)[1].sources[0].sheets[0]
    assert original(case, f"{source.source}:{sheet}:5").cells
    assert (folder / "columns.parquet").exists()


def test_a_case_of_which_nothing_is_built_has_a_digest_of_its_sources(
    small: Casefile, tmp_path: Path
) -> None:
    case = copied(small, tmp_path / "case")
    built = digest_of_case(case, must_be_built=True)
    receipts.pointer(case).unlink()
    with pytest.raises(CasefileError, match="was not built yet"):
        digest_of_case(case, must_be_built=True)
    assert digest_of_case(case) not in (built, "")


# --- companies ------------------------------------------------------------------------------------------


def stub(*rows: msgspec.Struct, query: str = "") -> Any:
    """A build that gives these rows to one query, and none to others."""
    return SimpleNamespace(
        rows=lambda text, *_: (
            [msgspec.structs.asdict(row) for row in rows] if query in text and query else []
        ),
        address=lambda row: f"s:a:{row}",
        address_of=lambda row: f"s:a:{row}",
    )


def test_who_trades_alone_or_has_no_name_is_in_no_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    award = {
        "award_key": "A",
        "recipient_row": 1,
        "flags": "",
        "recipient_name": "EXAMPLE INC",
        "first_action_us": 0,
    }
    sub = {
        "award_key": "A",
        "row_id": 2,
        "is_sole_proprietor": False,
        "subawardee_name": "BELOW INC",
        "action_us": 0,
    }
    given: dict[type, list[Any]] = {
        AwardRecordRow: [filled(AwardRecordRow, award_key="A", row_id=1)],
        AwardRow: [
            filled(AwardRow, **award),
            filled(AwardRow, **award | {"recipient_name": "ALONE", "flags": "x sole_proprietor"}),
            filled(AwardRow, **award | {"recipient_name": None}),
        ],
        SubawardRow: [
            filled(SubawardRow, **sub),
            filled(SubawardRow, **sub | {"subawardee_name": "ALONE", "is_sole_proprietor": True}),
            filled(SubawardRow, **sub | {"subawardee_name": None}),
        ],
    }
    monkeypatch.setattr(award_links, "values_of", lambda _rows, form: given.get(form, []))
    graph = Graph()
    award_links.add_awards(graph, stub())
    companies = [node.name for node in graph.nodes().values() if node.kind == "company"]
    assert sorted(companies) == ["BELOW INC", "EXAMPLE INC"]


@pytest.mark.parametrize(
    ("row", "span"),
    [
        ({"start_us": 5, "last_action_us": DAY_US}, (5, 5, 2 * DAY_US - 1)),
        ({"first_action_us": 5, "flags": "actions_missing", "value_as_of": 0}, (None, None, None)),
        ({"start_us": 5}, (5, None, None)),
        ({"start_us": 9 * DAY_US, "last_action_us": DAY_US}, (9 * DAY_US, None, None)),
    ],
)
def test_when_an_award_surely_holds(row: dict[str, Any], span: tuple[int | None, ...]) -> None:
    found = award_links._award_span(filled(AwardRow, **{"flags": ""} | row))
    assert (found.lo, found.sure_lo, found.sure_hi) == span


def test_titles_among_lists_and_blank_names_run_no_facility(monkeypatch: pytest.MonkeyPatch) -> None:
    facilities = [filled(_Facility, detention_facility_code=code) for code in ("EXA", "Total of all", "")]
    monkeypatch.setattr(
        company_graph, "values_of", lambda _rows, form: facilities if form is _Facility else []
    )
    graph = Graph()
    company_graph._facilities(graph, stub())
    assert sorted(graph.nodes()) == ["detloc:EXA"]
    runners = [("EXA", "GUARDS INC"), ("EXA", "  "), ("Total of all", "GUARDS INC")]
    rows = [_Runner(row_id=number, code=code, name=name) for number, (code, name) in enumerate(runners)]
    company_graph._runners(graph, rows, stub(), "operates", "operator")
    assert [(edge.source, edge.target) for edge in graph.edges()] == [("operator:GUARDS INC", "detloc:EXA")]


def test_names_that_are_alike_are_shown_and_not_joined() -> None:
    nodes = {
        key: Node(key=key, kind=kind, names=[name])
        for key, kind, name in (
            ("party:a", "company", "Example Guards LLC"),
            ("party:b", "company", "Exampel Guards"),
            ("party:c", "company", "Otherwise Ltd"),
            ("detloc:X", "facility", "Example Guards"),
        )
    }
    (found,) = _alike(nodes, ("party:a",))
    assert (found.key, found.why, found.score > 85) == ("party:b", "a like name; nothing joins the two", True)


def test_the_index_is_the_only_one_or_the_one_that_is_named() -> None:
    one, two = (SimpleNamespace(id=name) for name in ("cpi", "cpi-w"))
    assert _index((one,), None) is one  # type: ignore[arg-type]
    assert _index((one, two), "cpi-w") is two  # type: ignore[arg-type, comparison-overlap]
    for indices, name, words in (
        ((), None, "indices/ is empty"),
        ((one, two), None, "indices/ has 2 price indices. Choose one with `--index`: cpi, cpi-w."),
        ((one, two), "cpi-x", "Did you mean `cpi"),
    ):
        with pytest.raises(UnknownName) as refused:
            _index(indices, name)  # type: ignore[arg-type]
        assert words in str(refused.value)


# --- flights --------------------------------------------------------------------------------------------


def test_legs_of_missions_whose_stops_are_not_known_are_counted() -> None:
    known, n_lost = _stages(["KHRL", "XXXX", "KAEX", None, "KIAH"], is_withheld=False)
    assert ([(number, one.code, other.code) for number, one, other in known], n_lost) == (
        [(3, "KAEX", "KIAH")],
        2,
    )


def test_what_cannot_be_placed_is_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_built: Any, name: str, *_: Any) -> list[Any]:
        mission = filled(_Mission, row_id=1, redactions="", day=0)
        manifest = filled(_Manifest, first_row=1, n_rows=1, least=1, most=1, rt="", day=0)
        move = filled(
            _Move, from_row=1, to_row=2, n=3, left_at=0, from_facility_code="A", to_facility_code="B"
        )
        return {
            "missions": [msgspec.structs.replace(mission, stops=["KHRL", "KHRL", "KAEX"])],
            "manifests": [
                msgspec.structs.replace(manifest, pickup=pickup, dropoff=dropoff)
                for pickup, dropoff in (("KHRL", "KAEX"), ("KHRL", "KHRL"), (None, "KAEX"), ("KHRL", "XXXX"))
            ],
            "moves": [move, msgspec.structs.replace(move, arrived_at=3_600_000_000, n=4)],
        }[name]

    monkeypatch.setattr(flight_records, "_read", read)
    left_out: dict[str, int] = {}
    missions = list(flight_records._missions(stub(), (None, None), left_out))
    manifests = list(flight_records._manifests(stub(), (None, None), left_out))
    places = {code: Place(code=code, lat=30.0, lon=-97.0) for code in "AB"}
    (moved,) = flight_records._moves(stub(), (None, None), places, left_out)
    assert [(one.origin.code, one.destination.code) for one in (*missions, *manifests)] == [
        ("KHRL", "KAEX")
    ] * 2
    assert left_out == {
        "manifests that drop off where they pick up": 1,
        "manifests whose airports are withheld or not known": 2,
        "people who moved and whose arrival has no time": 3,
    }
    assert (moved.left.hi or 0) - (moved.left.lo or 0) == DAY_US - 1  # midnight is a day without a clock time
    assert (moved.arrived.hi or 0) - (moved.arrived.lo or 0) == 60_000_000 - 1


def test_a_registration_is_what_the_leg_names_or_what_follows_from_its_address() -> None:
    (leg, *_) = legs_of([read_trace(fabricated_trace(hex_code="a2c4e0"), Path("trace.json"))])
    named, bare = replace(leg, registration="N1"), replace(leg, registration=None)
    assert _registered(named, None) is named
    assert _registered(bare, None).registration == "N278GX"


def test_a_departure_is_an_event_of_a_person(whole: Casefile) -> None:
    with open_tables(whole, "removals", "persons") as built:
        (row,) = built.rows(
            "SELECT p.unique_identifier AS id FROM removals r JOIN persons p USING (person_no)"
            " WHERE r.departed IS NOT NULL ORDER BY r.row_id LIMIT 1"
        )
    heard = said(whole.root, "person", row["id"], "--csv")
    assert "\ndeparture," in heard.out or ",departure," in heard.out
    assert said(whole.root, "conflicts", "--release", RELEASE, "--csv").code == 0
