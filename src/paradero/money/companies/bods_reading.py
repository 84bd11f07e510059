"""Read statements of the Beneficial Ownership Data Standard, versions 0.2, 0.3 and 0.4: entities and what they own; statements on persons are left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from paradero.law.attribution import UNDATED
from paradero.money.companies.bods import SCHEMES
from paradero.money.companies.taking import Says, Taken, TakenParty, TakenRelation, as_moment

Record = Mapping[str, Any]

_KINDS = {
    "registeredEntity": "company",
    "legalEntity": "company",
    "arrangement": "other",
    "unknownEntity": "other",
    "anonymousEntity": "other",
    "state": "agency",
    "stateBody": "agency",
}
_OWN_SCHEMES = {code: scheme for scheme, (code, _) in SCHEMES.items()}


def is_bods(record: Record) -> bool:
    """Whether a record has the form of a statement, of any of the versions."""
    return "recordType" in record or "statementType" in record


def read_bods(records: Iterable[Record]) -> Taken:
    """The parties and relations of some statements; of several on one record the last dated is taken, and a statement that another replaces is left out."""
    taken = Taken(form="bods")
    listed = list(records)
    for statement in _standing(listed, taken):
        _take(taken, statement)
    taken.settle()
    return taken


def _standing(listed: list[Record], taken: Taken) -> list[Record]:
    replaced = {name for each in listed for name in each.get("replacesStatements") or ()}
    found: dict[str, Record] = {}
    for each in listed:
        own = str(each.get("statementId") or each.get("statementID") or "")
        if own in replaced:
            taken.left_out["statements that another replaces"] += 1
            continue
        record = str(each.get("recordId") or own)
        before = found.get(record)
        if before is not None:
            taken.left_out["earlier statements on a record"] += 1
        if before is None or str(each.get("statementDate") or "") >= str(before.get("statementDate") or ""):
            found[record] = each
    return list(found.values())


def _take(taken: Taken, statement: Record) -> None:
    kind = str(statement.get("recordType") or statement.get("statementType"))
    details: Record = statement.get("recordDetails") or statement
    name = str(statement.get("recordId") or statement.get("statementId") or statement.get("statementID"))
    if kind in ("person", "personStatement"):
        taken.persons.add(name)
    elif kind in ("entity", "entityStatement"):
        taken.parties[name] = _party(name, details, _says(statement))
    elif kind in ("relationship", "ownershipOrControlStatement"):
        _take_relation(taken, statement, details)
    else:
        taken.left_out[f"{kind} statements"] += 1


def _party(name: str, details: Record, says: Says) -> TakenParty:
    own = details.get("entityType")
    sort = str(own.get("type") if isinstance(own, Mapping) else own)
    names = [each for each in (details.get("name"), *(details.get("alternateNames") or ())) if each]
    identifiers = [(_scheme(one), str(one["id"])) for one in details.get("identifiers") or () if one.get("id")]
    return TakenParty(id=name, kind=_KINDS.get(sort, "other"), names=tuple(map(str, names)) or (name,), identifiers=tuple(identifiers), says=says)


def _scheme(one: Record) -> str:
    code = str(one.get("scheme") or one.get("schemeName") or "register")
    return _OWN_SCHEMES.get(code, code.lower().replace(" ", "-"))


def _take_relation(taken: Taken, statement: Record, details: Record) -> None:
    subject, party = _end(details.get("subject"), taken), _end(details.get("interestedParty"), taken)
    if subject is None or party is None:
        taken.left_out["relations with an unspecified party"] += 1
        return
    closed = str(statement.get("statementDate") or "") if statement.get("recordStatus") == "closed" else ""
    interests = details.get("interests") or [{}]
    for interest in interests:
        share = interest.get("share") or {}
        lo, hi = (_percent(share, *names) for names in (("exact", "minimum", "exclusiveMinimum"), ("exact", "maximum", "exclusiveMaximum")))
        level = interest.get("directOrIndirect") or interest.get("interestLevel")
        details_text = str(interest.get("details") or "")
        kind = _kind(str(interest.get("type") or "unknownInterest"), details_text)
        note = "; ".join(part for part in (f"interest: {interest.get('type') or 'not stated'}", details_text) if part)
        taken.relations.append(
            TakenRelation(
                kind=kind, source=party, target=subject, says=_says(statement, note), begins=as_moment(str(interest.get("startDate") or "")),
                ends=as_moment(str(interest.get("endDate") or closed)), share=(lo, hi) if kind == "owns" else (None, None),
                is_direct={"direct": True, "indirect": False}.get(str(level)),
            )
        )  # fmt: skip


def _kind(sort: str, details: str) -> str:
    if sort == "shareholding" or (sort == "unknownInterest" and details.startswith("owns")):
        return "owns"
    return "parent_of" if details.startswith("named as ultimate parent") else "controls"


def _end(value: object, taken: Taken) -> str | None:
    """The record that an end of a relation names; None where it says that it is not specified. A statement on a person makes it one."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping):
        return None
    if value.get("describedByPersonStatement"):
        taken.persons.add(str(value["describedByPersonStatement"]))
        return str(value["describedByPersonStatement"])
    named = value.get("describedByEntityStatement")
    return str(named) if named else None


def _percent(share: Record, *names: str) -> float | None:
    return next((float(share[name]) for name in names if isinstance(share.get(name), int | float)), None)


def _says(statement: Record, note: str = "") -> Says:
    source = statement.get("source") or {}
    asserted = [str(one.get("name")) for one in source.get("assertedBy") or () if one.get("name")]
    publisher = ((statement.get("publicationDetails") or {}).get("publisher") or {}).get("name")
    seen = tuple(str(value) for value in (source.get("url"),) if value)
    return Says(by=", ".join(asserted) or str(publisher or ""), seen=seen, dated=as_moment(str(statement.get("statementDate") or "")) or UNDATED, note=note)
