"""The graph of companies of a casefile: what its files declare, and what its awards, lists of facilities and
missions say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

import msgspec

from paradero.answers.books.books import files_of
from paradero.answers.companies.award_links import TABLES as AWARD_TABLES
from paradero.answers.companies.award_links import add_awards
from paradero.answers.law.law_files import law_of
from paradero.authored.statements import combined
from paradero.building.tables import Built, open_tables
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.engines.queries import query, values_of
from paradero.model.time.clock import us_of
from paradero.money.companies.graph import Edge, Graph, cited_rows, declare
from paradero.money.companies.parties import Companies, key_of, read_companies
from paradero.money.companies.spans import UNKNOWN, Span, day_span
from paradero.money.names import spelt_name

_QUERIES = files("paradero.answers.companies") / "company_graph.sql"
TABLES = (*AWARD_TABLES, "facility_rows", "facilities", "mission_rows")


class _Facility(msgspec.Struct, frozen=True):
    detention_facility_code: str
    detention_facility: str | None
    recorded_name: str | None
    city: str | None
    state: str | None
    first_row: int | None


class _Runner(msgspec.Struct, frozen=True):
    row_id: int
    code: str
    name: str


class _Missions(msgspec.Struct, frozen=True):
    vendor: str
    tail_number: str
    first_day: dt.datetime | None
    last_day: dt.datetime | None
    n: int
    found: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCompanies:
    """The graph of a casefile, the files it was declared in, and the digest of the build it was derived from
    (None: nothing was built, for there are no sources).
    """

    graph: Graph
    files: tuple[Companies, ...]
    digest: str | None


def companies_of(case: Casefile) -> tuple[Companies, ...]:
    """The files of companies of the casefile; raises AuthoredError with file, line and reason."""
    return files_of(case, "companies", read_companies)


def graph_of(case: Casefile) -> CaseCompanies:
    """Declared and derived parties and relations. Raises AuthoredError for a mistake in a file, CasefileError
    where there are sources and nothing is built.
    """
    declared = companies_of(case)
    graph, digest = Graph(), None
    declare(graph, declared)
    _legs(graph, case)
    if sources_of(case):
        with open_tables(case, *TABLES) as built:
            add_awards(graph, built)
            _facilities(graph, built)
            _missions(graph, built)
            digest = built.receipt.digest
    return CaseCompanies(graph=graph, files=declared, digest=digest)


def _legs(graph: Graph, case: Casefile) -> None:
    """The flights that the casefile's events tell of, for files that say who carried them."""
    for event in law_of(case).events:
        names = event.moment_names()
        moments = {
            phase: combined([one for one in event.statements if one.of == name])
            for phase, name in names.items()
        }
        when = {
            phase: [moment.lo, moment.hi]
            for phase, moment in moments.items()
            if moment.lo is not None or moment.hi is not None
        }
        graph.node(
            key_of("event", event.id),
            kind="leg",
            names=[event.file.what],
            about={"what_es": event.file.what_es, "moments": when},
        )


def _facilities(graph: Graph, built: Built) -> None:
    for row in values_of(built.rows(query(_QUERIES, "facilities")), _Facility):
        if len(row.detention_facility_code.split()) != 1:
            continue  # the title of a sheet, which lists repeat among their rows: no code has blanks
        about = {"city": row.city, "state": row.state}
        listed = (
            []
            if row.first_row is None
            else [{"address": built.address(row.first_row), "says": "lists the facility"}]
        )
        names = [name for name in (row.detention_facility, row.recorded_name) if name]
        graph.node(
            key_of("detloc", row.detention_facility_code),
            kind="facility",
            names=names,
            citations=listed,
            about=about,
        )
    operators = values_of(built.rows(query(_QUERIES, "operators")), _Runner)
    owners = values_of(built.rows(query(_QUERIES, "owners")), _Runner)
    _runners(graph, operators, built, "operates", "operator")
    _runners(graph, owners, built, "owns", "owner")


def _runners(graph: Graph, rows: Iterable[_Runner], built: Built, relation: str, who: str) -> None:
    """Who operates or owns facilities, as lists name them."""
    found: dict[tuple[str, str], list[int]] = {}
    spelt: dict[str, str] = {}
    for row in rows:
        if spelt_name(row.name) and len(row.code.split()) == 1:
            key = f"operator:{spelt_name(row.name)}"
            spelt.setdefault(key, row.name)
            found.setdefault((key, key_of("detloc", row.code)), []).append(row.row_id)
    for (company, facility), named in found.items():
        cited = cited_rows(named, built.address, f"names the {who} of the facility, of no stated day")
        graph.node(company, kind="company", names=[spelt[company]], citations=cited[:1])
        graph.edge(Edge(relation=relation, source=company, target=facility, span=UNKNOWN, citations=cited))


def _missions(graph: Graph, built: Built) -> None:
    """The vendors of ICE Air's missions and the tails they flew with, each pair once with its first and last
    day.
    """
    for row in values_of(built.rows(query(_QUERIES, "missions")), _Missions):
        company = graph.node(f"vendor:{spelt_name(row.vendor)}", kind="company", names=[row.vendor])
        tail = graph.node(
            key_of("tail", row.tail_number), kind="aircraft", names=[row.tail_number.strip().upper()]
        )
        cited = cited_rows(row.found, built.address, "is a mission of the vendor with this tail")
        note = (
            f"{row.n} missions, first {row.first_day:%Y-%m-%d}, last {row.last_day:%Y-%m-%d}"
            if row.first_day and row.last_day
            else f"{row.n} missions of no stated day"
        )
        graph.edge(
            Edge(
                relation="provides",
                source=company,
                target=tail,
                span=_mission_span(row),
                citations=cited,
                note=note,
            )
        )


def _mission_span(row: _Missions) -> Span:
    return UNKNOWN if row.last_day is None else day_span(us_of(row.last_day))


def placed_awards(graph: Graph, city: str, state: str) -> Iterator[tuple[str, Edge]]:
    """The awards whose primary place of performance is in a city: what may be for a facility there, and is
    not said to be.
    """
    start = f"place:{city.upper()}, {state.upper()}"
    for edge in graph.edges():
        if edge.relation == "performed_at" and (edge.target == start or edge.target.startswith(start + ",")):
            yield edge.source, edge
