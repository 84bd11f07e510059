"""The graph of companies as FollowTheMoney entities: one dictionary each, properties as lists of texts,
relations as entities of their own.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from paradero.money.companies.dating import known_date
from paradero.money.companies.graph import Edge, Node

Entity = dict[str, Any]

SCHEMATA = {
    "company": "Company",
    "agency": "PublicBody",
    "nonprofit": "Organization",
    "other": "LegalEntity",
    "facility": "RealEstate",
    "aircraft": "Airplane",
    "award": "Contract",
    "leg": "Event",
    "place": "Address",
}
# of which schemata an entity can be owned: in FollowTheMoney only assets are
OWNED = {"Company", "RealEstate", "Airplane", "Contract"}
PARTIES = {"Company", "PublicBody", "Organization", "LegalEntity"}
IDENTIFIERS = {
    "uei": "uniqueEntityId",
    "lei": "leiCode",
    "cage": "cageCode",
    "duns": "dunsCode",
    "ein": "irsCode",
    "cik": "cikCode",
    "detloc": "registrationNumber",
    "tail": "registrationNumber",
    "award": "procedureNumber",
    "opencorporates": "registrationNumber",
}
_ONLY = {
    "irsCode": {"Company"},
    "cikCode": {"Company"},
    "cageCode": {"Company", "Organization", "PublicBody"},
    "procedureNumber": {"Contract"},
}


def entities_of(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> tuple[list[Entity], Counter[str]]:
    """The entities in a stable order, and how many of each schema; every edge carries who says it, where, and
    the day it is of.
    """
    found = {key: _thing(node) for key, node in sorted(nodes.items())}
    links = []
    for edge in edges:
        if edge.relation == "performed_at":
            found[edge.source]["properties"].setdefault("addressEntity", []).append(_id(edge.target))
            continue
        links.append(_link(edge, found[edge.source]["schema"], found[edge.target]["schema"]))
    entities = [*found.values(), *links]
    return entities, Counter(each["schema"] for each in entities)


def _id(*parts: str) -> str:
    return "paradero-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _thing(node: Node) -> Entity:
    schema = SCHEMATA[node.kind]
    properties: dict[str, list[str]] = {"name": [node.name], "alias": node.names[1:]}
    if schema == "Address":
        properties = {"full": [node.name]}
    if schema == "Contract":
        about = node.about
        properties |= {"title": [node.name], "contractDate": _texts(about.get("starts"))}
        if about.get("obligated") is not None:
            properties |= {
                "amount": [str(about["obligated"])],
                "currency": ["USD"],
                "summary": [f"obligated, nominal US dollars, as of {about['as_of'] or 'no stated day'}"],
            }
    if schema == "Event":
        properties["startDate"] = _texts(
            next(
                (day for lo, hi in node.about.get("moments", {}).values() if (day := known_date(lo, hi))),
                None,
            )
        )
    for key in sorted(node.keys):
        scheme, _, value = key.partition(":")
        name = IDENTIFIERS.get(scheme)
        if name and schema in _ONLY.get(name, {schema}) and schema not in ("Address", "Event"):
            properties.setdefault(name, []).append(value)
    if schema != "Address":
        properties |= _said(node.citations)
    plain = {
        name: list(dict.fromkeys(" ".join(value.split()) for value in values))
        for name, values in properties.items()
        if values
    }
    return {"id": _id(node.key), "schema": schema, "properties": plain}


def _link(edge: Edge, source: str, target: str) -> Entity:
    begins, ends = known_date(edge.span.lo, edge.span.sure_lo), known_date(edge.span.sure_hi, edge.span.hi)
    properties: dict[str, list[str]] = {
        "startDate": _texts(begins),
        "endDate": _texts(ends),
        "role": [edge.relation],
        **_said(edge.citations),
    }
    if not begins and not ends:
        properties["date"] = _texts(known_date(edge.span.sure_lo, edge.span.sure_hi))
    if edge.note:
        properties["summary"] = [edge.note]
    if edge.relation in ("owns", "parent_of") and source in PARTIES and target in OWNED:
        schema = "Ownership"
        properties |= {
            "owner": [_id(edge.source)],
            "asset": [_id(edge.target)],
            "percentage": _share(edge.shares),
        }
        properties["ownershipType"] = (
            ["ultimate"]
            if edge.relation == "parent_of"
            else {True: ["direct"], False: ["indirect"], None: []}[edge.is_direct]
        )
    elif edge.relation == "holds" and source in PARTIES and target == "Contract":
        schema = "ContractAward"
        properties |= {"supplier": [_id(edge.source)], "contract": [_id(edge.target)]}
        if edge.money and edge.money["amount"] is not None:
            properties |= {"amount": [str(edge.money["amount"])], "currency": ["USD"]}
    else:
        schema = "UnknownLink"
        properties |= {"subject": [_id(edge.source)], "object": [_id(edge.target)]}
        if edge.money and edge.money["amount"] is not None:
            properties["description"] = [
                f"{edge.money['what']}: {edge.money['amount']} {edge.money['unit']}, as of"
                f" {edge.money['as_of'] or 'no stated day'}"
            ]
    name = _id(edge.relation, edge.source, edge.target, str(edge.span), str(edge.citations))
    return {
        "id": name,
        "schema": schema,
        "properties": {each: values for each, values in sorted(properties.items()) if values},
    }


def _share(shares: tuple[float | None, float | None]) -> list[str]:
    lo, hi = shares
    if lo is None and hi is None:
        return []
    return [f"{lo:g}" if lo == hi else f"{0 if lo is None else lo:g}-{100 if hi is None else hi:g}"]


def _said(citations: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Who says it, where it was seen, and the source rows."""
    listed = list(citations)
    urls = [url for one in listed for url in one.get("seen", ()) if url.startswith(("http://", "https://"))]
    notes = [f"source row {one['address']}" for one in listed if "address" in one] + [
        f"{one['by']} ({one['evidence']}, {one['dated']})" for one in listed if "by" in one
    ]
    found = {
        "publisher": [one["by"] for one in listed if "by" in one],
        "sourceUrl": urls,
        "notes": [],
        "description": notes,
    }
    return {name: list(dict.fromkeys(values)) for name, values in found.items() if values}


def _texts(value: str | None) -> list[str]:
    return [value] if value else []
