"""The graph of companies of a casefile: what its files declare, and what its awards, lists of facilities and
missions say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from paradero.answers.books.books import files_of
from paradero.answers.law.law_files import law_of
from paradero.authored.statements import combined
from paradero.building.tables import Built, open_tables
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.model.time.clock import DAY_US, day_text, us_of
from paradero.money.companies.graph import Edge, Graph, declare
from paradero.money.companies.identifying import identifies
from paradero.money.companies.parties import Companies, key_of, read_companies
from paradero.money.companies.spans import UNKNOWN, Span, day_span
from paradero.money.names import spelt_name

TABLES = ("awards", "award_records", "subawards", "facility_rows", "facilities", "mission_rows")
UNIT = "USD, nominal"
_SHOWN = 25  # source rows cited of an edge that rests on more; how many there are is said

Row = dict[str, Any]
Parents = dict[
    tuple[str, str], list[tuple[int, Row]]
]  # (parent, company) to the days on which a row names the one as parent of the other


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
    files = companies_of(case)
    graph, digest = Graph(), None
    declare(graph, files)
    _legs(graph, case)
    if sources_of(case):
        with open_tables(case, *TABLES) as built:
            parents: Parents = {}
            _awards(graph, built, parents)
            _subawards(graph, built, parents)
            _parents(graph, parents)
            _facilities(graph, built)
            _missions(graph, built)
            digest = built.receipt.digest
    return CaseCompanies(graph=graph, files=files, digest=digest)


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


def _recipient(graph: Graph, uei: str | None, name: str | None, citation: Row) -> str | None:
    """The node of a recipient: by UEI, else by its name among recipients; None where neither is there (a sole
    proprietor without UEI).
    """
    if uei and identifies("uei", uei):
        return graph.node(
            key_of("uei", uei), kind="company", names=[name] if name else [], citations=[citation]
        )
    return (
        graph.node(f"recipient:{spelt_name(name)}", kind="company", names=[name], citations=[citation])
        if name
        else None
    )


def _awards(graph: Graph, built: Built, parents: Parents) -> None:
    rows_of: dict[str, list[int]] = {}
    for row in built.rows(
        "SELECT award_key, row_id FROM award_records ORDER BY award_key, is_counted DESC, row_id"
    ):
        rows_of.setdefault(row["award_key"], []).append(row["row_id"])
    for row in built.rows("SELECT * FROM awards ORDER BY award_key"):
        if "sole_proprietor" in row["flags"].split():
            continue  # a person trading alone
        who = {"address": built.address(row["recipient_row"]), "says": "names the recipient of the award"}
        company = _recipient(graph, row["recipient_uei"], row["recipient_name"], who)
        if company is None:
            continue
        key = graph.node(
            key_of("award", row["award_key"]),
            kind="award",
            names=[f"award {row['piid'] or row['award_key']}", row["piid"] or ""],
            about=_award_about(row),
        )
        span = _award_span(row)
        cited = _cited(built, rows_of[row["award_key"]], "is a record of the award")
        money = {
            "what": "obligated",
            "amount": row["obligated"],
            "lo": row["obligated_lo"],
            "hi": row["obligated_hi"],
            "unit": UNIT,
            "as_of": _day(row["known_until"]),
        }
        graph.edge(
            Edge(relation="holds", source=company, target=key, span=span, citations=cited, money=money)
        )
        named = {**who, "says": "names the ultimate parent of the recipient", "on": _day(row["known_until"])}
        _name_parent(
            graph, parents, company, row["parent_uei"], row["parent_name"], named, row["known_until"]
        )
        place = ", ".join(
            part for part in (row["place_city"], row["place_state"], row["place_country"]) if part
        )
        if place:
            where = graph.node(f"place:{place.upper()}", kind="place", names=[place])
            says = {
                "address": built.address(row["place_row"]),
                "says": "names the primary place of performance",
            }
            graph.edge(Edge(relation="performed_at", source=key, target=where, span=span, citations=(says,)))


def _award_about(row: Row) -> Row:
    about = {
        name: row[name]
        for name in (
            "kind",
            "parent_key",
            "agency",
            "office",
            "obligated",
            "ceiling",
            "outlayed",
            "subawarded",
            "flags",
        )
    }
    return about | {
        "award_kind": about.pop("kind"),
        "unit": UNIT,
        "as_of": _day(row["known_until"]),
        "starts": _day(row["start_us"]),
        "ends": _day(row["end_us"]),
    }


def _award_span(row: Row) -> Span:
    """An award can hold from its first action or begin on, where that is on record, to no stated end: options
    and extensions follow. It surely does from begin to last action.
    """
    begins = [
        us
        for us in (row["start_us"], row["first_action_us"] if "actions_missing" not in row["flags"] else None)
        if us is not None
    ]
    last = row["last_action_us"] if row["last_action_us"] is not None else row["value_as_of"]
    sure = bool(begins) and last is not None and max(begins) <= last + DAY_US - 1
    return Span(
        lo=min(begins, default=None),
        sure_lo=max(begins) if sure else None,
        sure_hi=last + DAY_US - 1 if sure else None,
    )


def _name_parent(
    graph: Graph, parents: Parents, company: str, uei: str | None, name: str | None, says: Row, on: int | None
) -> None:
    parent = _recipient(graph, uei, name, says)
    if parent is not None and parent != company:
        parents.setdefault((parent, company), []).append((-1 if on is None else on - on % DAY_US, says))


def _parents(graph: Graph, parents: Parents) -> None:
    """One relation for each pair, surely so on the last day of which a row says it; what was before and
    after, rows do not tell.
    """
    for (parent, company), named in parents.items():
        named.sort(key=lambda pair: -pair[0])
        span = UNKNOWN if named[0][0] < 0 else day_span(named[0][0])
        more: tuple[Row, ...] = (
            ({"says": f"{len(named) - _SHOWN} more rows say so"},) if len(named) > _SHOWN else ()
        )
        graph.edge(
            Edge(
                relation="parent_of",
                source=parent,
                target=company,
                span=span,
                citations=(*(says for _, says in named[:_SHOWN]), *more),
            )
        )


def _subawards(graph: Graph, built: Built, parents: Parents) -> None:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in built.rows("SELECT * FROM subawards ORDER BY award_key, report_id, subaward_number"):
        if row["is_sole_proprietor"]:
            continue  # a person trading alone
        says = {
            "address": built.address(row["row_id"]),
            "says": "reports the subaward",
            "subawarded": row["subawarded"],
            "on": _day(row["action_us"]),
        }
        company = _recipient(graph, row["subawardee_uei"], row["subawardee_name"], says)
        if company is not None:
            found.setdefault((key_of("award", row["award_key"]), company), []).append(row | {"says": says})
            named = {**says, "says": "names the parent of the subawardee"}
            on = row["modified_us"] if row["modified_us"] is not None else row["action_us"]
            _name_parent(
                graph,
                parents,
                company,
                row["subawardee_parent_uei"],
                row["subawardee_parent_name"],
                named,
                on,
            )
    for (award, company), rows in found.items():
        days = [row["action_us"] for row in rows if row["action_us"] is not None]
        span = Span(lo=min(days), sure_lo=min(days), sure_hi=min(days) + DAY_US - 1) if days else UNKNOWN
        known = [row["subawarded"] for row in rows if row["subawarded"] is not None]
        money = {
            "what": "subawarded",
            "amount": sum(known) if known else None,
            "unit": UNIT,
            "as_of": _day(max(days, default=None)),
            "part_of": award,
            "n_reports": len(rows),
        }
        graph.node(
            award, kind="award", names=[f"award {award.split('_')[2] if award.count('_') > 1 else award}"]
        )
        graph.edge(
            Edge(
                relation="subcontracts",
                source=award,
                target=company,
                span=span,
                citations=tuple(row["says"] for row in rows[:_SHOWN]),
                money=money,
            )
        )


def _facilities(graph: Graph, built: Built) -> None:
    for row in built.rows("SELECT * FROM facilities ORDER BY detention_facility_code"):
        if len(row["detention_facility_code"].split()) != 1:
            continue  # the title of a sheet, which lists repeat among their rows: no code has blanks
        about = {"city": row["city"], "state": row["state"]}
        listed = (
            []
            if row["first_row"] is None
            else [{"address": built.address(row["first_row"]), "says": "lists the facility"}]
        )
        names = [name for name in (row["detention_facility"], row["recorded_name"]) if name]
        graph.node(
            key_of("detloc", row["detention_facility_code"]),
            kind="facility",
            names=names,
            citations=listed,
            about=about,
        )
    _runners(graph, built, "operates", "operator")
    _runners(graph, built, "owns", "owner")


def _runners(graph: Graph, built: Built, relation: str, column: str) -> None:
    """Who operates or owns facilities, as lists name them."""
    found: dict[tuple[str, str], list[int]] = {}
    spelt: dict[str, str] = {}
    query = (
        f"SELECT row_id, detention_facility_code AS code, {column} AS name FROM facility_rows WHERE {column}"
        " IS NOT NULL AND detention_facility_code IS NOT NULL ORDER BY row_id"
    )
    for row in built.rows(query):
        if spelt_name(row["name"]) and len(row["code"].split()) == 1:
            key = f"operator:{spelt_name(row['name'])}"
            spelt.setdefault(key, row["name"])
            found.setdefault((key, key_of("detloc", row["code"])), []).append(row["row_id"])
    for (company, facility), rows in found.items():
        cited = _cited(built, rows, f"names the {column} of the facility, of no stated day")
        graph.node(company, kind="company", names=[spelt[company]], citations=cited[:1])
        graph.edge(Edge(relation=relation, source=company, target=facility, span=UNKNOWN, citations=cited))


def _missions(graph: Graph, built: Built) -> None:
    """The vendors of ICE Air's missions and the tails they flew with, each pair once with its first and last
    day.
    """
    query = """SELECT vendor, tail_number, min(mission_date) AS first_day, max(mission_date) AS last_day, count(*) AS n,
        array_agg(row_id ORDER BY row_id) AS found
      FROM mission_rows WHERE vendor IS NOT NULL AND tail_number IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"""
    for row in built.rows(query):
        company = graph.node(f"vendor:{spelt_name(row['vendor'])}", kind="company", names=[row["vendor"]])
        tail = graph.node(
            key_of("tail", row["tail_number"]), kind="aircraft", names=[row["tail_number"].strip().upper()]
        )
        cited = _cited(built, row["found"], "is a mission of the vendor with this tail")
        note = (
            f"{row['n']} missions, first {row['first_day']:%Y-%m-%d}, last {row['last_day']:%Y-%m-%d}"
            if row["first_day"]
            else f"{row['n']} missions of no stated day"
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


def _mission_span(row: Row) -> Span:
    return UNKNOWN if row["last_day"] is None else day_span(us_of(row["last_day"]))


def _cited(built: Built, rows: list[int], says: str) -> tuple[Row, ...]:
    cited: list[Row] = [{"address": built.address(row), "says": says} for row in rows[:_SHOWN]]
    return (
        (*cited, {"says": f"{len(rows) - _SHOWN} more rows say so: `paradero export` writes the table"})
        if len(rows) > _SHOWN
        else tuple(cited)
    )


def _day(us: int | None) -> str | None:
    return None if us is None else day_text(us // DAY_US)


def placed_awards(graph: Graph, city: str, state: str) -> Iterator[tuple[str, Edge]]:
    """The awards whose primary place of performance is in a city: what may be for a facility there, and is
    not said to be.
    """
    start = f"place:{city.upper()}, {state.upper()}"
    for edge in graph.edges():
        if edge.relation == "performed_at" and (edge.target == start or edge.target.startswith(start + ",")):
            yield edge.source, edge
