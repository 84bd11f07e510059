"""Federal awards in the graph of companies: who holds them, who is named as parent, who gets subawards, where
they are performed.
"""

from __future__ import annotations

from importlib.resources import files

from paradero.answers.companies.award_rows import AwardRecordRow, AwardRow, SubawardRow
from paradero.answers.companies.award_values import UNIT
from paradero.building.tables import Built
from paradero.engines.queries import query, values_of
from paradero.model.time.clock import DAY_US, day_text
from paradero.money.companies.graph import MOST_CITED, Citation, Edge, Graph, cited_rows
from paradero.money.companies.identifying import identifies
from paradero.money.companies.parties import key_of
from paradero.money.companies.spans import UNKNOWN, Span, day_span
from paradero.money.names import spelt_name

_QUERIES = files("paradero.answers.companies") / "award_links.sql"
TABLES = ("awards", "award_records", "subawards")

# (parent, company) to the days on which a row names the one as parent of the other
Parents = dict[tuple[str, str], list[tuple[int, Citation]]]


def add_awards(graph: Graph, built: Built) -> None:
    """Add the awards, their recipients with parents and subawards; people who trade alone are left out."""
    parents: Parents = {}
    _awards(graph, built, parents)
    _subawards(graph, built, parents)
    _parents(graph, parents)


def _recipient(graph: Graph, uei: str | None, name: str | None, citation: Citation) -> str | None:
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
    for record in values_of(built.rows(query(_QUERIES, "award_rows")), AwardRecordRow):
        rows_of.setdefault(record.award_key, []).append(record.row_id)
    for row in values_of(built.rows(query(_QUERIES, "awards")), AwardRow):
        if "sole_proprietor" in row.flags.split():
            continue  # a person trading alone
        who = {"address": built.address(row.recipient_row), "says": "names the recipient of the award"}
        company = _recipient(graph, row.recipient_uei, row.recipient_name, who)
        if company is None:
            continue
        key = graph.node(
            key_of("award", row.award_key),
            kind="award",
            names=[f"award {row.piid or row.award_key}", row.piid or ""],
            about=_award_about(row),
        )
        span = _award_span(row)
        cited = cited_rows(rows_of[row.award_key], built.address, "is a record of the award")
        money = {
            "what": "obligated",
            "amount": row.obligated,
            "lo": row.obligated_lo,
            "hi": row.obligated_hi,
            "unit": UNIT,
            "as_of": _day(row.known_until),
        }
        graph.edge(
            Edge(relation="holds", source=company, target=key, span=span, citations=cited, money=money)
        )
        named = {**who, "says": "names the ultimate parent of the recipient", "on": _day(row.known_until)}
        _name_parent(graph, parents, company, row.parent_uei, row.parent_name, named, row.known_until)
        place = ", ".join(part for part in (row.place_city, row.place_state, row.place_country) if part)
        if place:
            where = graph.node(f"place:{place.upper()}", kind="place", names=[place])
            says = {"address": built.address(row.place_row), "says": "names the primary place of performance"}
            graph.edge(Edge(relation="performed_at", source=key, target=where, span=span, citations=(says,)))


def _award_about(row: AwardRow) -> dict[str, object]:
    return {
        "parent_key": row.parent_key,
        "agency": row.agency,
        "office": row.office,
        "obligated": row.obligated,
        "ceiling": row.ceiling,
        "outlayed": row.outlayed,
        "subawarded": row.subawarded,
        "flags": row.flags,
        "award_kind": row.kind,
        "unit": UNIT,
        "as_of": _day(row.known_until),
        "starts": _day(row.start_us),
        "ends": _day(row.end_us),
    }


def _award_span(row: AwardRow) -> Span:
    """An award can hold from its first action or begin on, where that is on record, to no stated end: options
    and extensions follow. It surely does from begin to last action.
    """
    begins = [
        us
        for us in (row.start_us, row.first_action_us if "actions_missing" not in row.flags else None)
        if us is not None
    ]
    last = row.last_action_us if row.last_action_us is not None else row.value_as_of
    if not begins or last is None or max(begins) > last + DAY_US - 1:
        return Span(lo=min(begins, default=None))
    return Span(lo=min(begins), sure_lo=max(begins), sure_hi=last + DAY_US - 1)


def _name_parent(
    graph: Graph,
    parents: Parents,
    company: str,
    uei: str | None,
    name: str | None,
    says: Citation,
    on: int | None,
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
        more: tuple[Citation, ...] = (
            ({"says": f"{len(named) - MOST_CITED} more rows say so"},) if len(named) > MOST_CITED else ()
        )
        graph.edge(
            Edge(
                relation="parent_of",
                source=parent,
                target=company,
                span=span,
                citations=(*(says for _, says in named[:MOST_CITED]), *more),
            )
        )


def _subawards(graph: Graph, built: Built, parents: Parents) -> None:
    found: dict[tuple[str, str], list[tuple[SubawardRow, Citation]]] = {}
    for row in values_of(built.rows(query(_QUERIES, "subawards")), SubawardRow):
        if row.is_sole_proprietor:
            continue  # a person trading alone
        says = {
            "address": built.address(row.row_id),
            "says": "reports the subaward",
            "subawarded": row.subawarded,
            "on": _day(row.action_us),
        }
        company = _recipient(graph, row.subawardee_uei, row.subawardee_name, says)
        if company is not None:
            found.setdefault((key_of("award", row.award_key), company), []).append((row, says))
            named = {**says, "says": "names the parent of the subawardee"}
            on = row.modified_us if row.modified_us is not None else row.action_us
            _name_parent(
                graph, parents, company, row.subawardee_parent_uei, row.subawardee_parent_name, named, on
            )
    for (award, company), reports in found.items():
        rows = [row for row, _ in reports]
        days = [row.action_us for row in rows if row.action_us is not None]
        span = Span(lo=min(days), sure_lo=min(days), sure_hi=min(days) + DAY_US - 1) if days else UNKNOWN
        known = [row.subawarded for row in rows if row.subawarded is not None]
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
                citations=tuple(says for _, says in reports[:MOST_CITED]),
                money=money,
            )
        )


def _day(us: int | None) -> str | None:
    return None if us is None else day_text(us // DAY_US)
