"""Exposure: the links from who owns and holds contracts to what is run, carried and supplied, with the
evidence of every step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec
from rapidfuzz import fuzz

from paradero.answers.companies.company_graph import CaseCompanies, placed_awards
from paradero.answers.companies.exposure_values import (
    About,
    Candidate,
    CitedMoney,
    CompanyCitation,
    Exposure,
    Link,
    LinkMoney,
    Party,
    Step,
)
from paradero.authored.evidence import EVIDENCE, Evidence
from paradero.model.naming import unknown
from paradero.money.companies.graph import Citation, Edge, Node
from paradero.money.companies.paths import Path, paths_of
from paradero.money.companies.spans import Span
from paradero.money.names import plain_name

_COMPANIES = ("company", "agency", "nonprofit", "other")
_ALIKE = 85.0  # of 100: how alike two names are for the one to be shown beside the other
_MOST_ALIKE = 20
_MOST_CITED = 5  # of those who say that a party is there
_EPOCH = dt.datetime(1970, 1, 1)


def exposure_of(case: CaseCompanies, name: str) -> Exposure:
    """The links of a company, facility, aircraft, award or flight by any of its names, codes or keys.

    Names are compared in capitals without punctuation and legal form, and must then be equal. Raises
    UnknownName with the nearest where nothing has the name.
    """
    nodes, edges = case.graph.nodes(), case.graph.edges()
    starts = _starts(nodes, name)
    if not starts:
        known = [
            each
            for node in nodes.values()
            for each in (
                *node.names,
                *(key.partition(":")[2] for key in node.keys if not key.startswith("award:")),
            )
        ]
        raise unknown(
            "a company, facility, aircraft or award of this casefile",
            name,
            known,
            where_listed="`paradero companies list` lists the companies.",
            compared=plain_name,
        )
    found = paths_of(edges, starts)
    on_paths = {key for path in found.paths for edge in path.edges for key in (edge.source, edge.target)}
    parties = {key: _party(nodes[key]) for key in {*starts, *on_paths}}
    return Exposure(
        name=name,
        matched=[parties[start] for start in starts],
        n_paths=len(found.paths),
        n_apart=found.n_apart,
        is_cut=found.is_cut,
        paths=[_link(path, parties) for path in found.paths],
        candidates=[*_alike(nodes, starts), *_near(case, nodes, starts)],
    )


def _starts(nodes: Mapping[str, Node], name: str) -> tuple[str, ...]:
    """The nodes that a key, an identifier or a name stands for; an identifier or key goes before a name."""
    wanted = name.strip().upper()
    whole = [key for key, node in nodes.items() if wanted in (each.upper() for each in node.keys)]
    if whole:  # a whole key, `recipient:…` too, which the list of companies prints
        return tuple(whole)
    bare = wanted.replace("-", "").replace(" ", "")
    by_key = [
        key
        for key, node in nodes.items()
        if any(
            each.upper() == wanted or each.partition(":")[2].upper() in (wanted, bare) for each in node.keys
        )
    ]
    exact = [
        key
        for key in by_key
        if any(
            each.partition(":")[0] not in ("recipient", "operator", "vendor", "place")
            for each in nodes[key].keys
        )
    ]
    if exact:
        return tuple(exact)
    plain = plain_name(name)
    return tuple(
        key for key, node in nodes.items() if plain and any(plain_name(each) == plain for each in node.names)
    )


def _alike(nodes: Mapping[str, Node], starts: tuple[str, ...]) -> list[Candidate]:
    """Other companies whose name is like that of one of the starts: shown, never joined."""
    own = {
        plain_name(name) for start in starts for name in nodes[start].names if nodes[start].kind in _COMPANIES
    }
    found: list[tuple[float, Candidate]] = []
    for key, node in nodes.items():
        if key in starts or node.kind not in _COMPANIES:
            continue
        score = max((fuzz.ratio(plain_name(name), each) for name in node.names for each in own), default=0.0)
        if score >= _ALIKE:
            shown = round(score, 1)
            why = "a like name; nothing joins the two"
            found.append((shown, Candidate(key=key, name=node.name, why=why, score=shown)))
    found.sort(key=lambda pair: (-pair[0], pair[1].key))
    return [candidate for _, candidate in found][:_MOST_ALIKE]


def _near(case: CaseCompanies, nodes: Mapping[str, Node], starts: tuple[str, ...]) -> list[Candidate]:
    """Awards performed in the city of a facility that was asked for."""
    found = [
        Candidate(
            key=key,
            name=nodes[key].name,
            why="performed in the facility's city; no record says that it is for the facility",
            citations=_cited(edge.citations),
        )
        for start in starts
        if nodes[start].kind == "facility"
        and (city := nodes[start].about.get("city"))
        and (state := nodes[start].about.get("state"))
        for key, edge in placed_awards(case.graph, city, state)
    ]
    return sorted(found, key=lambda one: one.key)[:_MOST_ALIKE]


def _link(path: Path, parties: Mapping[str, Party]) -> Link:
    keys = [path.edges[0].source, *(edge.target for edge in path.edges)]
    share_lo, share_hi = path.shares
    sure_lo, sure_hi = _sure(path.span)
    return Link(
        direction=path.direction,
        holds=path.holds,
        evidence=_weakest(path),
        lo=_time(path.span.lo),
        hi=_time(path.span.hi),
        sure_lo=sure_lo,
        sure_hi=sure_hi,
        share_lo=share_lo,
        share_hi=share_hi,
        nodes=[parties[key] for key in keys],
        edges=[_step(edge) for edge in path.edges],
        money=next(
            (
                msgspec.convert({**edge.money, "citations": _cited(edge.citations)}, CitedMoney)
                for edge in reversed(path.edges)
                if edge.money
            ),
            None,
        ),
    )


def _party(node: Node) -> Party:
    return Party(
        key=node.key,
        kind=node.kind,
        name=node.name,
        names=node.names,
        identifiers=sorted(node.keys),
        about=msgspec.convert(node.about, About),
        citations=_cited(node.citations[:_MOST_CITED]),
    )


def _step(edge: Edge) -> Step:
    sure_lo, sure_hi = _sure(edge.span)
    return Step(
        relation=edge.relation,
        source=edge.source,
        target=edge.target,
        lo=_time(edge.span.lo),
        hi=_time(edge.span.hi),
        sure_lo=sure_lo,
        sure_hi=sure_hi,
        share_lo=edge.shares[0],
        share_hi=edge.shares[1],
        direct=edge.is_direct,
        money=msgspec.convert(edge.money, LinkMoney | None),
        note=edge.note,
        citations=_cited(edge.citations),
    )


def _cited(citations: Iterable[Citation]) -> list[CompanyCitation]:
    return msgspec.convert(list(citations), list[CompanyCitation])


def _sure(span: Span) -> tuple[str | None, str | None]:
    """Between which times it surely holds; neither where there is no such instant."""
    return (_time(span.sure_lo), _time(span.sure_hi)) if span.surely_holds else (None, None)


def _time(us: int | None) -> str | None:
    if us is None:
        return None
    moment = _EPOCH + dt.timedelta(microseconds=us)
    return moment.isoformat(timespec="seconds") + "Z"


def _weakest(path: Path) -> Evidence:
    """How the weakest step of a path is known: of each step the strongest citation counts; a source row is a
    record.
    """
    steps = [
        min(
            (EVIDENCE.index(one.get("evidence", "record")) for one in edge.citations),
            default=len(EVIDENCE) - 1,
        )
        for edge in path.edges
    ]
    return EVIDENCE[max(steps)]
