"""Ownership between companies as statements of the Beneficial Ownership Data Standard, version 0.4: a record
for each entity and each relationship.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from paradero.money.companies.dating import known_date
from paradero.money.companies.graph import Edge, Node

Statement = dict[str, Any]

VERSION = "0.4"
_TYPES = {
    "company": "legalEntity",
    "nonprofit": "legalEntity",
    "agency": "stateBody",
    "other": "unknownEntity",
}
# codes of org-id.guide for the registers that have one
SCHEMES = {
    "lei": ("XI-LEI", "Global Legal Entity Identifier Index"),
    "ein": ("US-EIN", "Internal Revenue Service (EIN)"),
    "uei": ("US-SAM", "SAM.gov Unique Entity ID"),
    "duns": ("XI-DUNS", "Dun and Bradstreet DUNS"),
    "cage": ("US-CAGE", "Commercial and Government Entity code"),
    "cik": ("US-SEC", "SEC Central Index Key"),
}
_EVIDENCE = {
    "record": "officialRegister",
    "court": "primaryResearch",
    "sworn": "primaryResearch",
    "official": "primaryResearch",
    "tracker": "thirdParty",
    "press": "thirdParty",
    "derived": "primaryResearch",
}


def statements_of(
    nodes: Mapping[str, Node], edges: Iterable[Edge], *, published_on: str
) -> tuple[list[Statement], Counter[str]]:
    """The statements, entities before the relationships that name them, and counts; facilities, aircraft,
    awards and what is no ownership have no place in it and are counted as left out.
    """
    listed = list(edges)
    owned = [
        edge
        for edge in listed
        if edge.relation in ("owns", "parent_of", "controls")
        and nodes[edge.source].kind in _TYPES
        and nodes[edge.target].kind in _TYPES
    ]
    unsaid = [edge for edge in owned if edge.span.hi is not None and _ends(edge) is None]
    owned = [edge for edge in owned if edge not in unsaid]
    named = {key for edge in owned for key in (edge.source, edge.target)} | {
        key
        for key, node in nodes.items()
        if node.kind in _TYPES and any(each.startswith("party:") for each in node.keys)
    }
    statements = [_entity(nodes[key], published_on) for key in sorted(named)]
    statements += [_relationship(edge, published_on) for edge in owned]
    counts = Counter(
        {
            "entities": len(named),
            "relationships": len(owned),
            "parties left out": len(nodes) - len(named),
            "relations left out": len(listed) - len(owned),
            "of them ended on a day that is not known": len(unsaid),
        }
    )
    return statements, counts


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _statement(
    record: str,
    kind: str,
    subject: str,
    details: dict[str, Any],
    source: dict[str, Any],
    published_on: str,
    on: str | None,
) -> Statement:
    text = str((record, details, source))
    return {
        "statementId": f"paradero-{_hash(text)}",
        "declarationSubject": subject,
        "statementDate": on or published_on,
        "publicationDetails": {
            "publicationDate": published_on,
            "bodsVersion": VERSION,
            "publisher": {"name": "paradero casefile"},
        },
        "recordId": record,
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": details,
        "source": source,
    }


def _entity(node: Node, published_on: str) -> Statement:
    identifiers = []
    for key in sorted(node.keys):
        scheme, _, value = key.partition(":")
        if scheme in SCHEMES:
            identifiers.append({"id": value, "scheme": SCHEMES[scheme][0], "schemeName": SCHEMES[scheme][1]})
    details: dict[str, Any] = {
        "isComponent": False,
        "entityType": {"type": _TYPES[node.kind]},
        "name": node.name,
    }
    if node.names[1:]:
        details["alternateNames"] = node.names[1:]
    if identifiers:
        details["identifiers"] = identifiers
    return _statement(
        _record(node.key),
        "entity",
        _record(node.key),
        details,
        _source(node.citations),
        published_on,
        _day(node.citations),
    )


def _ends(edge: Edge) -> str | None:
    """The day on which a relation ended, None where it is not known to the day: a statement has no other way
    to say that it ended.
    """
    return known_date(edge.span.sure_hi, edge.span.hi, whole=True)


def _record(key: str) -> str:
    return f"paradero-{_hash('record', key)}"


def _relationship(edge: Edge, published_on: str) -> Statement:
    is_share = edge.relation == "owns" and edge.shares != (None, None)
    interest: dict[str, Any] = {
        "type": (
            "shareholding"
            if is_share
            else "otherInfluenceOrControl"
            if edge.relation == "controls"
            else "unknownInterest"
        )
    }
    interest["directOrIndirect"] = {True: "direct", False: "indirect", None: "unknown"}[edge.is_direct]
    interest["details"] = {"owns": "owns", "parent_of": "named as ultimate parent", "controls": "controls"}[
        edge.relation
    ] + (f". {edge.note}" if edge.note else "")
    if is_share:
        lo, hi = edge.shares
        interest["share"] = (
            {"exact": lo}
            if lo == hi
            else {name: value for name, value in (("minimum", lo), ("maximum", hi)) if value is not None}
        )
    days = {"startDate": known_date(edge.span.lo, edge.span.sure_lo, whole=True), "endDate": _ends(edge)}
    interest |= {name: day for name, day in days.items() if day}
    details = {
        "isComponent": False,
        "subject": _record(edge.target),
        "interestedParty": _record(edge.source),
        "interests": [interest],
    }
    what = (edge.relation, edge.source, edge.target, str(edge.span), str(edge.citations))
    record = f"paradero-{_hash('relation', *what)}"
    return _statement(
        record,
        "relationship",
        _record(edge.target),
        details,
        _source(edge.citations),
        published_on,
        _day(edge.citations),
    )


def _source(citations: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    listed = list(citations)
    kinds = sorted({_EVIDENCE[one.get("evidence", "record")] for one in listed}) or ["primaryResearch"]
    texts = [
        (
            f"source row {one['address']}"
            if "address" in one
            else f"{one.get('by', '')} ({one.get('dated', '')})"
            if "by" in one
            else str(one.get("says", ""))
        )
        for one in listed
    ]
    source: dict[str, Any] = {"type": kinds, "description": "; ".join(texts)[:2000]}
    urls = [url for one in listed for url in one.get("seen", ()) if url.startswith(("http://", "https://"))]
    if urls:
        source["url"] = urls[0]
    asserted = list(dict.fromkeys(one["by"] for one in listed if "by" in one))
    if asserted:
        source["assertedBy"] = [{"name": name} for name in asserted]
    return source


def _day(citations: Iterable[Mapping[str, Any]]) -> str | None:
    days = [one.get("on") or one.get("dated") for one in citations]
    whole = [
        day
        for day in days
        if day and len(day) == 10 and day[4] == day[7] == "-" and day.replace("-", "").isdigit()
    ]
    return max(whole, default=None)
