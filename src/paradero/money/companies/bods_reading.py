"""Read statements of the Beneficial Ownership Data Standard, versions 0.2, 0.3 and 0.4: entities and what
they own; statements on persons are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from paradero.authored.attribution import UNDATED
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


def _record(value: object) -> Record:
    """A record within a record; an empty one where the file has something else."""
    return value if isinstance(value, Mapping) else {}


def _records(value: object) -> list[Record]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def is_bods(record: Record) -> bool:
    """Whether a record has the form of a statement, of any of the versions."""
    return "recordType" in record or "statementType" in record


def read_bods(records: Iterable[Record]) -> Taken:
    """The parties and relations of some statements; of several on one record the last dated is taken, and a
    statement that another replaces is left out.
    """
    taken = Taken(form="bods")
    listed = list(records)
    for statement in _standing(listed, taken):
        _take(taken, statement)
    taken.settle()
    return taken


def _standing(listed: list[Record], taken: Taken) -> list[Record]:
    replaced = {name for each in listed for name in _texts(each.get("replacesStatements"))}
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
    details = _record(statement.get("recordDetails")) or statement
    name = str(statement.get("recordId") or statement.get("statementId") or statement.get("statementID"))
    if kind in ("person", "personStatement"):
        taken.persons.add(name)
        taken.person_names.update(
            str(one["fullName"]) for one in _records(details.get("names")) if one.get("fullName")
        )
    elif kind in ("entity", "entityStatement"):
        party = _party(name, details, _says(statement))
        if _may_be_person(details, party):
            taken.persons.add(name)
            taken.person_names.update(party.names)
            taken.left_out["of them entities that may be persons"] += 1
        else:
            taken.parties[name] = party
    elif kind in ("relationship", "ownershipOrControlStatement"):
        _take_relation(taken, statement, details)
    else:
        taken.left_out[f"{kind} statements"] += 1


def _may_be_person(details: Record, party: TakenParty) -> bool:
    """Whether an entity is one that nobody knows or names: whoever stands behind it can be a person, unless
    an identifier of companies speaks against it.
    """
    own = details.get("entityType")
    sort = str(own.get("type") if isinstance(own, Mapping) else own)
    return sort in ("unknownEntity", "anonymousEntity") and not any(
        scheme in ("lei", "uei", "duns", "cage", "cik") for scheme, _ in party.identifiers
    )


def _texts(value: object) -> list[str]:
    return [str(one) for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _party(name: str, details: Record, says: Says) -> TakenParty:
    own = details.get("entityType")
    sort = str(own.get("type") if isinstance(own, Mapping) else own)
    names = [
        each for each in (str(details.get("name") or ""), *_texts(details.get("alternateNames"))) if each
    ]
    identifiers = [
        (_scheme(one), str(one["id"]))
        for one in _records(details.get("identifiers"))
        if str(one.get("id") or "").strip()
    ]
    return TakenParty(
        id=name,
        kind=_KINDS.get(sort, "other"),
        names=tuple(map(str, names)) or (name,),
        identifiers=tuple(identifiers),
        says=says,
    )


def _scheme(one: Record) -> str:
    code = str(one.get("scheme") or one.get("schemeName") or "register")
    return _OWN_SCHEMES.get(code, code.lower().replace(" ", "-"))


def _take_relation(taken: Taken, statement: Record, details: Record) -> None:
    subject, party = _end(details.get("subject"), taken), _end(details.get("interestedParty"), taken)
    if subject is None or party is None:
        taken.left_out["relations with an unspecified party"] += 1
        return
    closed = str(statement.get("statementDate") or "") if statement.get("recordStatus") == "closed" else ""
    for interest in _records(details.get("interests")) or [{}]:
        share = _record(interest.get("share"))
        lo, hi = (
            _percent(share, *names)
            for names in (("exact", "minimum", "exclusiveMinimum"), ("exact", "maximum", "exclusiveMaximum"))
        )
        level = interest.get("directOrIndirect") or interest.get("interestLevel")
        details_text = str(interest.get("details") or "")
        kind = _kind(str(interest.get("type") or "unknownInterest"), details_text)
        note = (  # what is said in free words can name persons
            f"interest: {interest.get('type') or 'not stated'}"
        )
        taken.relations.append(
            TakenRelation(
                kind=kind,
                source=party,
                target=subject,
                says=_says(statement, note),
                begins=taken.date_of([str(interest.get("startDate") or "")]),
                ends=taken.date_of([str(interest.get("endDate") or closed)]),
                share=(lo, hi) if kind == "owns" else (None, None),
                is_direct={"direct": True, "indirect": False}.get(str(level)),
            )
        )


def _kind(sort: str, details: str) -> str:
    if sort == "shareholding" or (sort == "unknownInterest" and details.startswith("owns")):
        return "owns"
    return "parent_of" if details.startswith("named as ultimate parent") else "controls"


def _end(value: object, taken: Taken) -> str | None:
    """The record that an end of a relation names; None where it says that it is not specified. A statement on
    a person makes it one.
    """
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
    source = _record(statement.get("source"))
    asserted = [str(one.get("name")) for one in _records(source.get("assertedBy")) if one.get("name")]
    publisher = _record(_record(statement.get("publicationDetails")).get("publisher")).get("name")
    seen = tuple(str(value) for value in (source.get("url"),) if value)
    return Says(
        by=", ".join(asserted) or str(publisher or ""),
        seen=seen,
        dated=as_moment(str(statement.get("statementDate") or "")) or UNDATED,
        note=note,
    )
