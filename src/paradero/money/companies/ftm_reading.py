"""Read FollowTheMoney entities: organisations, what they own and hold; natural persons, and whoever may be
one, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from paradero.authored.attribution import UNDATED
from paradero.money.companies.ftm import IDENTIFIERS
from paradero.money.companies.parties import RELATIONS
from paradero.money.companies.taking import Says, Taken, TakenParty, TakenRelation, as_moment

Properties = dict[str, list[str]]

_KINDS = {
    "Company": "company",
    "Organization": "nonprofit",
    "PublicBody": "agency",
    "Airplane": "aircraft",
    "RealEstate": "facility",
    "Contract": "award",
    "Event": "leg",
}
# FollowTheMoney says LegalEntity where it is not known whether somebody is a person or a company: what only a
# company has must speak for it (traders alone have numbers in registers of trade and of taxes, too)
_OF_COMPANIES = {
    "leiCode",
    "uniqueEntityId",
    "dunsCode",
    "cageCode",
    "legalForm",
    "incorporationDate",
    "opencorporatesUrl",
    "cikCode",
}
_SCHEMES = {
    "registrationNumber": "register",
    "uniqueEntityId": "uei",
    "leiCode": "lei",
    "cageCode": "cage",
    "dunsCode": "duns",
    "irsCode": "ein",
    "cikCode": "cik",
    "procedureNumber": "award",
}
_PERSONAL = {"Person", "Family", "Associate", "Passport", "Identification", "Employment", "UserAccount"}
_PERCENT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*%?\s*(?:(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*%?)?\s*")


def is_ftm(record: dict[str, Any]) -> bool:
    """Whether a record has the form of an entity."""
    return (
        isinstance(record.get("schema"), str)
        and isinstance(record.get("properties"), dict)
        and "id" in record
    )


def read_ftm(records: Iterable[dict[str, Any]]) -> Taken:
    """The parties and relations of some entities; several records of one id are one entity, and a person
    where one of them says so.
    """
    taken = Taken(form="ftm")
    merged: dict[str, tuple[list[str], Properties]] = {}
    for record in records:
        schemata, properties = merged.setdefault(str(record["id"]), ([], {}))
        schemata.append(record["schema"])
        for name, values in record["properties"].items():
            known = properties.setdefault(name, [])
            known += (
                [str(value) for value in values if str(value) not in known]
                if isinstance(values, list)
                else []
            )
    for name, (schemata, properties) in merged.items():
        schema = next(
            (each for each in schemata if each in _PERSONAL),
            next((each for each in schemata if each != "LegalEntity"), schemata[0]),
        )
        if schema == "Person":
            taken.person_names.update(properties.get("name", []))
        _take(taken, name, schema, properties)
    taken.settle()
    return taken


def _take(taken: Taken, name: str, schema: str, properties: Properties) -> None:
    if schema in _PERSONAL:
        if schema == "Person":
            taken.persons.add(name)
        else:
            taken.left_out[f"{schema} entities"] += 1
    elif schema in _KINDS or schema == "LegalEntity":
        _take_party(taken, name, schema, properties)
    elif schema in ("Ownership", "ContractAward", "UnknownLink"):
        _take_relation(taken, schema, properties)
    else:
        taken.left_out[f"{schema} entities"] += 1


def _take_party(taken: Taken, name: str, schema: str, properties: Properties) -> None:
    if schema == "LegalEntity" and not _OF_COMPANIES & set(properties):
        taken.persons.add(name)
        taken.left_out["of them LegalEntity entities that may be persons"] += 1
        return
    kind = _KINDS.get(schema, "other")
    names = tuple(
        dict.fromkeys(
            [
                *properties.get("name", []),
                *properties.get("title", []),
                *properties.get("alias", []),
                *properties.get("previousName", []),
            ]
        )
    ) or (name,)
    where = (
        next(iter([*properties.get("jurisdiction", []), *properties.get("country", [])]), "").strip().lower()
    )
    register = f"register-{where}" if re.fullmatch(r"[a-z]{2}(-[a-z0-9]{1,3})?", where) else "register"
    scheme_of = _SCHEMES | {
        "registrationNumber": {"aircraft": "tail", "facility": "detloc"}.get(kind, register)
    }
    identifiers = tuple(
        (scheme_of[each], value)
        for each in sorted({*IDENTIFIERS.values(), *_SCHEMES})
        for value in properties.get(each, [])
        if value.strip()
    )
    taken.parties[name] = TakenParty(
        id=name, kind=kind, names=names, identifiers=identifiers, says=_says(properties)
    )
    for operator in properties.get("operator", []):
        if kind == "aircraft":
            taken.relations.append(
                TakenRelation(kind="operates", source=operator, target=name, says=_says(properties))
            )


def _take_relation(taken: Taken, schema: str, properties: Properties) -> None:
    ends = {
        "Ownership": ("owner", "asset"),
        "ContractAward": ("supplier", "contract"),
        "UnknownLink": ("subject", "object"),
    }[schema]
    role = next((each for each in properties.get("role", []) if each in RELATIONS), "")
    kind = {
        "Ownership": "parent_of" if role == "parent_of" else "owns",
        "ContractAward": "holds",
        "UnknownLink": role,
    }[schema]
    if not kind:
        taken.left_out["UnknownLink entities whose role is no relation of ours"] += 1
        return
    begins, ends_on = (taken.date_of(properties.get(each, [])) for each in ("startDate", "endDate"))
    direct = {"direct": True, "indirect": False}.get(next(iter(properties.get("ownershipType", [])), ""))
    percentages = properties.get("percentage", []) if kind in ("owns", "parent_of") else []
    share = next((found for each in percentages if (found := _share(each)) is not None), (None, None))
    note = "" if share != (None, None) or not percentages else f"percentage given as {percentages[0]}"
    for source in properties.get(ends[0], []):
        for target in properties.get(ends[1], []):
            taken.relations.append(
                TakenRelation(
                    kind=kind,
                    source=source,
                    target=target,
                    says=_says(properties, note),
                    begins=begins,
                    ends=ends_on,
                    share=share,
                    is_direct=direct,
                )
            )


def _share(text: str) -> tuple[float, float] | None:
    found = _PERCENT.fullmatch(text)
    if found is None:
        return None
    lo = float(found[1])
    hi = float(found[2] or found[1])
    return (lo, hi) if 0 <= lo <= hi <= 100 else None


def _says(properties: Properties, note: str = "") -> Says:
    dated = next(
        filter(
            None,
            (
                as_moment(value)
                for name in ("date", "retrievedAt", "modifiedAt")
                for value in properties.get(name, [])
            ),
        ),
        UNDATED,
    )
    return Says(
        by=", ".join(properties.get("publisher", [])),
        seen=tuple(properties.get("sourceUrl", [])),
        dated=dated,
        note=note,
    )
