"""What commands print for people: every sentence under the condition that it states, and none without it."""

from __future__ import annotations

import datetime as dt
import importlib
import io
import json
import sys
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from casefile.made import new_reference, said
from casefile.shared import TOGETHER
from documents.made import case_with, mentions

from paradero.answers.books.answers import BalanceAnswer
from paradero.answers.companies.award_values import AwardsTotal
from paradero.answers.companies.exposure_values import Candidate, CompanyCitation, Exposure, Step
from paradero.answers.counts.headcounts import RestsOn
from paradero.answers.people.history import History
from paradero.answers.verdicts.verdict_values import StatementCitation
from paradero.answers.verdicts.verdicts import Wanted
from paradero.answers.words import Words
from paradero.casefile.folder import Casefile
from paradero.cli import headcount_text, law_text, options, output
from paradero.cli.commands import case_commands
from paradero.cli.main import run
from paradero.demo import planted, show
from paradero.exports.companies import _wanted
from paradero.fetching import downloading as fetching
from paradero.fetching.downloading import Fetched
from paradero.flights.fabricated import fabricated_trace
from paradero.model import json_text
from paradero.money.companies.graph import Edge, Graph
from paradero.money.companies.spans import UNKNOWN
from paradero.reports.text.awards_text import total_text
from paradero.reports.text.balance_text import balance_text
from paradero.reports.text.exposure_text import _when, cited_text, exposure_text
from paradero.reports.text.person_text import whereabouts_text
from paradero.reports.text.reading import overlap_words, sheet_lines

pytestmark = TOGETHER

EN = Words("en")


def filled(form: type[msgspec.Struct], **more: Any) -> Any:
    """A row with these fields, all others without a value."""
    return form(**{field.name: None for field in msgspec.structs.fields(form) if field.required} | more)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """The reference case, audited; tests only read it."""
    return new_reference(tmp_path_factory.mktemp("reference") / "case")


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casefile of one letter."""
    folder = tmp_path_factory.mktemp("letter")
    (folder / "letter.txt").write_text(
        "On March 15, 2025, 238 men and 23 women; $4.76 million.", encoding="utf-8"
    )
    return case_with(folder, folder / "letter.txt")


# --- counts ---------------------------------------------------------------------------------------------


def test_what_cannot_be_judged_stands_above_the_rows(whole: Casefile) -> None:
    assert said(whole.root, "longest").out.startswith("Cannot be judged: how long ")
    assert said(whole.root, "longest", "--csv").out.startswith("unique_identifier,")
    listed = said(whole.root, "definitions")
    assert (listed.code, "vera-midnight" in listed.out) == (0, True)


def test_a_headcount_says_what_it_assumes_and_what_it_is_written_to(whole: Casefile, tmp_path: Path) -> None:
    days = ("--from", "2025-01-01", "--to", "2025-01-02", "--by", "everywhere")
    assert "ASSUMED (placed): " in said(whole.root, "headcount", *days, "--assuming", "placed").out
    written = said(whole.root, "headcount", *days, "-o", str(tmp_path / "out.csv"))
    assert (written.code, written.err.startswith(f"wrote {tmp_path / 'out.csv'}: ")) == (0, True)
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()) == 3


def test_places_that_a_spreadsheet_would_run_are_disarmed_and_said(tmp_path: Path) -> None:
    header = (
        "Stay Book In Date Time,Book In Date Time,Detention Facility,Detention Facility Code,Book Out Date"
        " Time,Detention Release Reason,Unique Identifier\n"
    )
    row = "2025-01-01 10:00,2025-01-01 10:00,=EXAMPLE,=EXA,2025-01-03 10:00,Removed,p1\n"
    (tmp_path / "held.csv").write_text(header + row, encoding="utf-8")
    for arguments in (("new", "case"), ("--case", "case", "add", "held.csv"), ("--case", "case", "build")):
        assert said(tmp_path, *arguments).code == 0
    heard = said(tmp_path, "--case", "case", "headcount", "-o", "out.csv")
    assert "cells that a spreadsheet would run as formulas" in heard.err
    assert "'=EXA" in (tmp_path / "out.csv").read_text(encoding="utf-8")
    shown = said(tmp_path, "--case", "case", "headcount", "--csv")
    assert "cells that a spreadsheet would run as formulas" in shown.err


def test_a_count_of_which_no_row_has_a_book_out_is_warned_of() -> None:
    few = headcount_text._rests_on(RestsOn(n_rows=3, without_book_out=1, without_book_in=0, without_person=0))
    most = headcount_text._rests_on(
        RestsOn(n_rows=3, without_book_out=2, without_book_in=0, without_person=0)
    )
    none = headcount_text._rests_on(
        RestsOn(n_rows=3, without_book_out=3, without_book_in=0, without_person=0)
    )
    assert "WARNING" not in few
    assert "WARNING: 2 of 3 rows have no book-out" in most
    assert "WARNING: no row has a book-out" in none


# --- sources --------------------------------------------------------------------------------------------


def test_documents_are_listed_with_the_sources(letter: Path) -> None:
    assert "\nDocuments\n" in said(letter, "status").out
    assert said(letter, "documents", "list", "--csv").out.splitlines()[1].count("letter.txt") == 1
    assert len(said(letter, "documents", "mentions", "--csv").out.splitlines()) == 5
    assert EN("mention_more", n=3) in said(letter, "documents", "mentions", "--limit", "1").out
    assert EN("mention_more", n=3) not in said(letter, "documents", "mentions").out
    dated = next(one["mention"] for one in mentions(letter) if one["kind"] == "date")
    assert "2025-03-15" in said(letter, "documents", "show", str(dated)).out


def test_a_file_whose_name_points_at_a_person_is_kept_under_another(tmp_path: Path) -> None:
    name = "A123456789.csv"
    rows = "Book In Date Time,Detention Facility,Detention Facility Code,Gender\n2025-01-01 10:00,EXAMPLE,EXA,M\n"
    (tmp_path / name).write_text(rows, encoding="utf-8")
    assert said(tmp_path, "new", "case").code == 0
    heard = said(tmp_path / "case", "add", f"../{name}")
    assert "its name points at a person and is withheld; it is kept as name-withheld-" in heard.out


def test_of_a_file_of_which_nothing_is_to_be_said_nothing_is(capsys: pytest.CaptureFixture[str]) -> None:
    case_commands._say_reading([{"file_name": "a.csv"}])
    assert capsys.readouterr().out == ""
    sheets = [
        {"name": "notes", "kinds": [], "why": "no table", "ledger": {"in_file": 1}},
        {"name": "", "kinds": ["x"]},
    ]
    assert sheet_lines(sheets) == ["sheet 'notes' was not taken (1 row): no table"]


def test_rows_that_stand_in_two_files_are_counted_once_or_twice() -> None:
    row = {"rows": 1, "kind": "detentions", "file_name": "b.csv", "source": "b", "release": "R"}
    assert overlap_words(row | {"is_same_release": True}).endswith("is a row of b.csv (b) too: counted once")
    assert "of release R: counted in both" in overlap_words(row | {"is_same_release": False, "rows": 2})


# --- money ----------------------------------------------------------------------------------------------


def test_awards_that_are_apart_have_bounds() -> None:
    about = {"n_awards": 1, "n_actions": 1, "n_action_rows": 1, "flags": {"x": 2}}
    one = filled(AwardsTotal, **about, obligated_lo=Decimal(1), obligated_hi=Decimal(1))
    apart = filled(AwardsTotal, **about, obligated_lo=Decimal(1), obligated_hi=None)
    bounds = EN("award_bounds", lo="1.00", hi="…")
    assert (bounds in total_text(one, EN), bounds in total_text(apart, EN)) == (False, True)


def test_without_awards_only_their_total_is_printed(whole: Casefile) -> None:
    heard = said(whole.root, "awards")
    assert (heard.code, heard.out.startswith("\n")) == (0, True)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"ways": 1}, []),
        ({"ways": 3}, ["balance_ways"]),
        ({"ways": 3, "left_out_at_once": True}, ["balance_at_once"]),
    ],
)
def test_a_balance_says_what_was_left_out(more: dict[str, Any], says: list[str]) -> None:
    answer = filled(
        BalanceAnswer, **{"left_out_at_once": False, "rows": [], "conflicts": [], "unaccounted": []} | more
    )
    text = balance_text(answer, EN)
    for name in ("balance_ways", "balance_at_once"):
        assert (EN(name, n=3) in text) == (name in says)
    assert EN("balance_unaccounted_head") not in text


def test_a_balance_lists_who_is_unaccounted_for(reference: Casefile) -> None:
    answer = said(reference.root, "balance")
    unaccounted = said(reference.root, "balance", "--json").json["unaccounted"]
    assert (EN("balance_unaccounted_head") in answer.out) == bool(unaccounted)


def test_what_an_exposure_leaves_open_is_said() -> None:
    bare = {
        "name": "x",
        "matched": [],
        "n_paths": 0,
        "n_apart": 0,
        "is_cut": False,
        "paths": [],
        "candidates": [],
    }
    alike = Candidate(key="party:b", name="B", why="a like name; nothing joins the two", score=90.0)
    nothing = exposure_text(Exposure(**bare), EN, 5)
    assert EN("exposure_none") in nothing
    everything = exposure_text(
        Exposure(**bare | {"n_apart": 2, "is_cut": True, "candidates": [alike]}), EN, 5
    )
    for sentence in (EN("exposure_apart", n=2), EN("exposure_cut"), EN("exposure_candidates")):
        assert (sentence in nothing, sentence in everything) == (False, True)


def test_more_links_than_are_shown_are_counted(companies: Path) -> None:
    heard = said(companies, "exposure", "HOLDING EXAMPLE", "--limit", "1")
    n_down = sum(
        path["direction"] == "down"
        for path in said(companies, "exposure", "HOLDING EXAMPLE", "--json").json["paths"]
    )
    assert n_down > 1
    assert EN("exposure_more", n=n_down - 1) in heard.out
    assert (
        EN("exposure_more", n=n_down - 1)
        not in said(companies, "exposure", "HOLDING EXAMPLE", "--limit", "0").out
    )
    assert EN("award_more", n="1") in said(companies, "awards", "--limit", "1").out


def test_when_a_relation_held_and_who_says_it() -> None:
    never = {"lo": None, "hi": None, "sure_lo": None, "sure_hi": None}
    assert _when(filled(Step, relation="owns", **never), EN) == EN("exposure_undated")
    surely = never | {"sure_lo": "2024-01-01T00:00:00Z", "sure_hi": "2024-12-31T23:59:59Z"}
    assert _when(filled(Step, relation="owns", **surely), EN).startswith(
        f"… {EN('to')} …, {EN('exposure_sure')} 2024-01-01"
    )
    assert cited_text(CompanyCitation(address="s:a:1", says="names it")) == "s:a:1 names it"
    by = CompanyCitation(
        by="A", evidence="record", dated="2024", place="c.toml line 1", seen=["https://example.org"]
    )
    assert cited_text(by) == "A (record, 2024; c.toml line 1): https://example.org"
    assert (cited_text(CompanyCitation(says="2 more rows say so")), cited_text(CompanyCitation())) == (
        "2 more rows say so",
        "",
    )


def test_companies_go_out_with_what_lies_on_paths_from_a_start() -> None:
    graph = Graph()
    for source, target in (("party:a", "party:b"), ("party:c", "party:d")):
        for key in (source, target):
            graph.node(key, kind="company", names=[key])
        graph.edge(Edge(relation="owns", source=source, target=target, span=UNKNOWN, citations=()))
    case: Any = SimpleNamespace(graph=graph)
    nodes, edges = _wanted(case, ("party:a",))
    assert (sorted(nodes), [edge.target for edge in edges]) == (["party:a", "party:b"], ["party:b"])
    assert len(_wanted(case, ())[0]) == 4


def test_agreements_without_sums_are_a_table_alone(tmp_path: Path) -> None:
    assert said(tmp_path, "new", "case").code == 0
    heard = said(tmp_path / "case", "agreements")
    assert (heard.code, heard.out.count("\n\n")) == (0, 1)


def test_an_agreement_whose_sums_cannot_hold_is_a_finding(tmp_path: Path) -> None:
    assert said(tmp_path, "new", "case").code == 0
    said_by = 'by = "A"\nevidence = "press"\nseen = ["https://example.org"]\ndated = "2025"\n'
    amounts = "".join(
        f'[[amount]]\nid = "{kind}"\nkind = "{kind}"\nwhat = "w"\nwhat_es = "w"\nunit = "USD"\nprices_of = 2025\n'
        f"value = {value}\n{said_by}"
        for kind, value in (("granted", 100), ("paid", 200))
    )
    head = 'id = "a"\ntitle = "A"\ntitle_es = "A"\nparties = ["X"]\ninstrument = "grant"\n'
    (tmp_path / "case" / "agreements").mkdir(exist_ok=True)
    (tmp_path / "case" / "agreements" / "a.toml").write_text(head + amounts, encoding="utf-8")
    heard = said(tmp_path / "case", "agreements")
    assert (heard.code, "cannot hold" in heard.out) == (2, True)


# --- flights --------------------------------------------------------------------------------------------


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    (tmp_path / "trace.json").write_text(json.dumps(fabricated_trace()), encoding="utf-8")
    return tmp_path


def test_gaps_as_commas_and_flights_that_nobody_asked_for(trace: Path) -> None:
    assert said(trace, "flights", "gaps", "trace.json", "--csv").out.splitlines()[1].startswith("a00000,")
    heard = said(trace, "flights", "track", "trace.json", "--hex", "ffffff", "-o", "out")
    assert (heard.code, "no flight in these files is among those asked for" in heard.err) == (0, True)
    assert not (trace / "out").exists()


def test_charts_of_an_older_kind_are_refused(trace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("altair.__version__", "5.5.0")
    heard = said(trace, "flights", "track", "trace.json", "-o", "out")
    assert (heard.code, "Drawing needs altair 6 or later; this is 5.5.0" in heard.err) == (1, True)


def test_of_cells_that_were_not_read_five_are_told(tmp_path: Path) -> None:
    rows = "".join(f"KHRL,KAEX,yesterday {number},2025-03-15T20:00Z\n" for number in range(7))
    (tmp_path / "list.csv").write_text("origin,destination,takeoff,landing\n" + rows, encoding="utf-8")
    heard = said(tmp_path, "flights", "legs", "list.csv")
    assert ("7 cells were not read" in heard.err, "  … 2 more" in heard.err) == (True, True)


def test_what_was_fetched_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fetched(wishes: Any, *_: Any) -> list[Fetched]:
        asked.extend(wishes)
        return [
            Fetched(file="a", url="u", outcome="fetched", size=1, sha256="0"),
            Fetched(file="b", url="u", outcome="absent", size=0, sha256=None),
        ]

    monkeypatch.setattr(fetching, "fetch", fetched)
    days = ("--date", "2025-03-15/2025-03-16", "--hex", "a00e1f")
    heard = said(tmp_path, "flights", "fetch", "--from", "adsblol", *days, "-o", "got")
    assert heard.out == "got/a\n"
    assert "Terms: " in heard.err
    assert len(asked) == 2


def test_more_links_of_flights_than_are_shown_and_days_without_counts(matched: Path) -> None:
    heard = said(matched, "flights", "match", "legs.csv", "--limit", "1").out
    assert heard.count("more rows: --limit 0 shows all, --json has all") == 2
    every = said(matched, "flights", "match", "legs.csv", "--limit", "0").out
    assert "more rows" not in every
    assert said(matched, "flights", "match", "legs.csv", "--date", "2030-01-01").code == 0


# --- law ------------------------------------------------------------------------------------------------


def test_rules_and_requests_are_listed(reference: Casefile, tmp_path: Path) -> None:
    listed = said(tmp_path, "--case", str(reference.root), "rules", "list").out
    assert "read: texts relied on whose words were read" in listed
    every = said(reference.root, "requests", "--event", "leg-1", "--limit", "0").out
    assert "more requests" not in every
    some = said(reference.root, "requests", "--event", "leg-1", "--limit", "1").out
    assert "more requests: --limit 0 shows all" in some
    assert said(reference.root, "requests", "--event", "leg-9").code == 1
    assert said(reference.root, "audit", "--csv").out.startswith("id,")


def test_an_audit_of_a_build_that_is_behind_says_so(
    reference: Casefile, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(reference.root, "audit", "--json").err == ""
    monkeypatch.setattr(law_text, "behind_of_case", lambda _: "what was added")
    assert (
        "the build is older than what was added; this audit is of the build"
        in said(reference.root, "audit", "--json").err
    )


def test_verdicts_asked_for_are_shown_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, int]] = []
    monkeypatch.setattr(
        law_text,
        "verdicts_of",
        lambda _read, wanted, limit: asked.append((wanted.verdicts, limit)) or iter("ab"),
    )  # type: ignore[func-returns-value]
    read: Any = None
    assert law_text._first(read, Wanted(verdicts=("complied",)), 5) == ["a", "b"]
    assert law_text._first(read, Wanted(), 2) == ["a", "b"]
    assert asked == [(("complied",), 5), (("violated",), 2)]


@pytest.mark.parametrize(("n", "more"), [(1, False), (2, True)])
def test_more_verdicts_on_records_than_are_shown_are_counted(
    n: int, more: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, made in {"matrices": lambda *_: [], "verdicts_of": lambda *_: [], "summary_tables": lambda *_: [],
                       "total": lambda *_: n, "_first": lambda *_: ["x"], "_line": lambda _: {"id": "x"}}.items():  # fmt: skip
        monkeypatch.setattr(law_text, name, made)
    audited = SimpleNamespace(law=SimpleNamespace(rules={}), rules_judged=lambda: ["silent"])
    read: Any = SimpleNamespace(audited=audited)
    law_text.say_audit(read, Wanted(), [], 1)
    heard = capsys.readouterr().out
    assert ("… 1 more verdicts: --limit 0 shows all" in heard) is more
    assert heard.startswith("No event was judged.")


def test_a_statement_is_cited_by_who_makes_it(capsys: pytest.CaptureFixture[str]) -> None:
    for more, shown in (
        ({"time": "2025-03-15"}, "A: 2025-03-15"),
        ({"time": None, "says": "it did"}, "A: it did"),
    ):
        assert law_text._cited(filled(StatementCitation, by="A", **more)) == shown
    law_text.say_changes(None)
    law_text.say_changes([])
    assert (
        capsys.readouterr().out.strip()
        == "Beside believing every statement: 0 verdicts are others, 0 have other margins."
    )


def test_where_nobody_asks_for_a_time_nothing_is_said_of_whereabouts() -> None:
    assert whereabouts_text(filled(History, at=None)) == ""


# --- the command line itself ----------------------------------------------------------------------------


def test_version_and_engines(tmp_path: Path) -> None:
    assert said(tmp_path, "--version").out.startswith("paradero ")
    assert [options.engine_named(name) for name in ("duckdb", "spark")] == ["duckdb", "spark"]


def test_who_stops_a_command_is_told_what_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(**_: Any) -> None:
        raise SystemExit(130)

    monkeypatch.setattr(importlib.import_module("paradero.cli.main"), "_command", lambda: stopped)
    assert run(["status"]) == 130
    assert (
        capsys.readouterr().err
        == "paradero: stopped; what was finished before stays, nothing is left half done\n"
    )


def test_a_demonstration_that_misses_a_fault_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for missed, code in ((False, 0), (True, 1)):
        monkeypatch.setattr("paradero.demo.show_demo", lambda *_, missed=missed, **__: missed)
        assert said(tmp_path, "demo", "x").code == code


def test_what_a_republished_file_cannot_hold_is_not_planted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planted, "_look", lambda *_: ({1, 2}, {2}))
    kind = {
        "kind": "k",
        "words": "w",
        "cases": [1, 2],
        "report": {"table": "rejects", "column": "", "value": ""},
    }
    anything: Any = None
    checks = [planted._check(anything, anything, kind, form) for form in ("xlsx", "parquet")]
    assert [(one.planted, one.found, one.surplus) for one in checks] == [(2, 1, 0), (0, 0, 1)]


def test_a_case_without_a_violation_has_none_to_explain(
    reference: Casefile, monkeypatch: pytest.MonkeyPatch
) -> None:
    for worst, explained in (([], False), (["verdict"], True)):
        monkeypatch.setattr(show, "verdicts_of", lambda *_, worst=worst, **__: iter(worst))
        monkeypatch.setattr(show, "why_text", lambda *_: "why")
        heard: list[str] = []
        show._show_audit(reference, heard.append, lambda *_: None)
        assert ("\nOne verdict, explained:\n" in heard) is explained


def test_values_of_json() -> None:
    assert [
        json_text._plain(one) for one in (Decimal("1.5"), dt.date(2025, 1, 2), dt.datetime(2025, 1, 2, 3))
    ] == [1.5, "2025-01-02", "2025-01-02 03:00:00"]
    with pytest.raises(TypeError, match="object has no JSON form"):
        json_text._plain(object())


def test_a_bar_is_drawn_where_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    watched, away = Terminal(), io.StringIO()
    for stream in (watched, away):
        monkeypatch.setattr(sys, "stderr", stream)
        advance, finish = output.progress_bar("building")
        advance("table [one]", 1, 2)
        finish()
    assert ("table (one" in watched.getvalue(), away.getvalue()) == (True, "")
