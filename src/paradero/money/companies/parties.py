"""Companies as data: parties with identifiers, relations between them with dates, each with who says so. No
natural persons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from paradero.authored.attribution import UNDATED, Attributed, check_attributed
from paradero.authored.declared import AuthoredError, Mistakes, check_ids, place_in, read, seen_from
from paradero.model.time.clock import DAY_US
from paradero.model.time.moments import Moment, MomentError
from paradero.model.time.reading import parse_moment
from paradero.money.companies.spans import Span
from paradero.money.names import spelt_name

KINDS = ("company", "agency", "nonprofit", "facility", "aircraft", "award", "leg", "other")
# the relations that may be declared; what comes after what in a path is said in paths.py
RELATIONS = (
    "owns",
    "parent_of",
    "controls",
    "operates",
    "registered_owner",
    "provides",
    "carries",
    "supplies",
    "holds",
    "serves",
    "performed_at",
    "subcontracts",
)
SCHEMES = (
    "uei",
    "lei",
    "cage",
    "duns",
    "ein",
    "detloc",
    "tail",
    "hex",
    "award",
    "event",
    "cik",
    "opencorporates",
    "recipient",
    "operator",
    "vendor",
)
OPEN = "open"

_PERSONS = {"person", "natural person", "human", "individual", "people"}
_ID = re.compile(r"[\w-][\w.-]*")
_KEY = re.compile(r"([a-z][a-z0-9_-]*):(.+)")


class IdentifierFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An identifier: `scheme` (uei, lei, detloc, tail, ein, …, or the name of another register) and
    `value`.
    """

    scheme: str
    value: str


class PartyFile(Attributed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A company, agency, facility, aircraft, award or flight, with its names and identifiers."""

    id: str
    kind: str
    name: str
    also: tuple[str, ...] = ()
    identifier: tuple[IdentifierFile, ...] = ()
    country: str = ""


class RelationFile(Attributed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one party is to another. `from` and `to` are ids of parties, or keys such as `uei:…`; `begins` and
    `ends` moments (`ends = "open"`: it still held when said).

    `on` is for what is said of one day (or a shorter time) and of no other. `share` is of ownership in
    percent, or its bounds `share_lo` and `share_hi`; `direct` says whether it is held without another party
    between.
    """

    kind: str
    from_: str = msgspec.field(name="from")
    to: str
    begins: str = ""
    ends: str = ""
    on: str = ""
    share: float | None = None
    share_lo: float | None = None
    share_hi: float | None = None
    direct: bool | None = None


class SameFile(Attributed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Two parties are one, as somebody says: ids or keys, such as `recipient:EXAMPLE GUARDS LLC` for a
    recipient that awards name without identifier.
    """

    a: str
    b: str


class ImportedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where an imported file came from, and what of it was left out, by sort."""

    file_name: str
    sha256: str
    form: str
    licence: str = ""
    origin: str = ""
    persons_left_out: int = 0
    left_out: dict[str, int] = {}


class CompaniesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`companies/*.toml`."""

    id: str
    title: str
    title_es: str = ""
    note: str = ""
    imported: ImportedFile | None = None
    party: list[PartyFile] = []
    relation: list[RelationFile] = []
    same_as: list[SameFile] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation read: where it stands, and when it holds."""

    file: RelationFile
    place: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Companies:
    """A file of companies, read."""

    id: str
    file: CompaniesFile
    place: str
    text: str
    relations: tuple[Relation, ...]


def read_companies(text: str, *, file: str) -> Companies:
    """Read one file; raises AuthoredError naming file, line and what is wrong: an unknown kind, a natural
    person, a blank attribution, an end before its begin.
    """
    declared, mistakes = read(text, CompaniesFile, file=file), Mistakes()
    form = declared.form
    with mistakes.gathered():
        check_ids(text, file, [(form.id, ["id"])], {})
    seen: dict[str, str] = {}
    for number, party in enumerate(form.party):
        with mistakes.gathered():
            _check_party(party, seen, declared.place("party", number))
    for number, same in enumerate(form.same_as):
        with mistakes.gathered():
            check_attributed(same, what="a same_as", place=declared.place("same_as", number))
    relations = []
    for number, relation in enumerate(form.relation):
        with mistakes.gathered():
            relations.append(_relation(relation, declared.place("relation", number)))
    mistakes.settle()
    return Companies(id=form.id, file=form, place=file, text=text, relations=tuple(relations))


def _check_party(party: PartyFile, seen: dict[str, str], place: str) -> None:
    if not _ID.fullmatch(party.id):
        raise AuthoredError(
            f"{place}: the id `{party.id}` may hold only letters, digits, `-`, `_` and `.`. Rename it."
        )
    if party.id in seen:
        raise AuthoredError(
            f"{place}: the id `{party.id}` is taken by {seen_from(place, seen[party.id])}. Choose another."
        )
    seen[party.id] = place
    _check_kind(party, place)
    check_attributed(party, what=f"the party `{party.id}`", place=place)
    if any(not one.scheme.strip() or not one.value.strip() for one in party.identifier):
        raise AuthoredError(
            f"{place}: an identifier of `{party.id}` lacks its scheme or its value. Fill in both."
        )


def _check_kind(party: PartyFile, place: str) -> None:
    if party.kind.lower() in _PERSONS:
        raise AuthoredError(
            f"{place}: `{party.id}` is of kind `{party.kind}`, and no natural person enters the graph of"
            " companies. Take the party out; companies, agencies, facilities and aircraft stay."
        )
    if party.kind not in KINDS:
        raise AuthoredError(
            f"{place}: `{party.kind}` is not a kind of party. Choose one of {', '.join(KINDS)}."
        )


def _relation(one: RelationFile, place: str) -> Relation:
    what = f"`{one.from_}` {one.kind} `{one.to}`"
    if one.kind not in RELATIONS:
        raise AuthoredError(f"{place}: `{one.kind}` is not a relation. Choose one of {', '.join(RELATIONS)}.")
    check_attributed(one, what=what, place=place)
    shares = [each for each in (one.share_lo, one.share, one.share_hi) if each is not None]
    if any(not 0 <= each <= 100 for each in shares) or shares != sorted(shares):
        raise AuthoredError(
            f"{place}: the shares of {what} ({', '.join(map(str, shares))}) must be percent from 0 to 100,"
            " the lower bound first. Correct them."
        )
    if shares and one.kind not in ("owns", "parent_of", "controls"):
        raise AuthoredError(
            f"{place}: {what} has a share, which only a party that owns another has. Leave it out."
        )
    return Relation(file=one, place=place, span=_span(one, what, place))


def _span(one: RelationFile, what: str, place: str) -> Span:
    if one.on:
        on = _moment(one.on, place)
        if one.begins or one.ends or on is None or on.lo is None or on.hi is None or on.hi - on.lo >= DAY_US:
            raise AuthoredError(
                f"{place}: `on` of {what} must be one day or less, without `begins` and `ends`. Write the"
                " day, or give `begins` and `ends` alone."
            )
        return Span(sure_lo=on.lo, sure_hi=on.hi)
    begins, ends = _moment(one.begins, place), None if one.ends == OPEN else _moment(one.ends, place)
    dated = None if one.dated == UNDATED else _moment(one.dated, place)
    still = dated.lo if one.ends == OPEN and dated is not None else None
    span = Span(
        lo=begins.lo if begins else None,
        hi=ends.hi if ends else None,
        sure_lo=begins.hi if begins else None,
        sure_hi=ends.lo if ends else still,
    )
    if not span.can_hold:
        raise AuthoredError(
            f"{place}: {what} ends ({one.ends}) before it begins ({one.begins}). Correct one of them."
        )
    return span


def _moment(text: str, place: str) -> Moment | None:
    try:
        return parse_moment(text, zones=["UTC"]) if text else None
    except MomentError as error:
        raise AuthoredError(f"{place}: {error}") from error


def key_of(scheme: str, value: str) -> str:
    """An identifier as the key of a node: the scheme in small letters, the value in capitals without blanks
    around it (a tail without hyphens, an EIN's digits).
    """
    plain = value.strip().upper()
    name = scheme.strip().lower()
    if name in ("tail", "ein", "lei", "uei", "duns", "cage"):
        plain = re.sub(r"[\s-]", "", plain)
    return f"{name}:{plain.lower() if name in ('hex', 'event') else plain}"


def as_key(text: str, ids: Mapping[str, str], *, place: str) -> str:
    """The key that an id or a key written in a file stands for; raises AuthoredError naming `place` where it
    is neither.
    """
    if text in ids:
        return ids[text]
    found = _KEY.fullmatch(text.strip())
    if found is None or found[1] not in SCHEMES:
        raise AuthoredError(
            f"{place}: `{text}` is not the id of a party, nor a key such as `uei:…`. Name a party, or a key"
            f" of {', '.join(SCHEMES)}."
        )
    if found[1] in ("recipient", "operator", "vendor"):
        return f"{found[1]}:{spelt_name(found[2])}"
    return key_of(found[1], found[2])


def ids_of(files: Sequence[Companies]) -> dict[str, str]:
    """The key of every declared party by its id; raises AuthoredError where two files declare one id."""
    places: dict[str, str] = {}
    for each in files:
        for number, party in enumerate(each.file.party):
            place = place_in(each.text, each.place, ["party", number, "id"])
            if party.id in places:
                raise AuthoredError(
                    f"{place}: the id `{party.id}` is taken by the party in {places[party.id]}. Rename one."
                )
            places[party.id] = place
    return {name: f"party:{name}" for name in places}


def cited(one: Attributed, place: str) -> dict[str, Any]:
    """A citation of something declared: who says it, and the file and line."""
    folder, _, line = place.rpartition(" line ")
    return {
        **one.cited(),
        "place": f"{folder.rsplit('/', 1)[-1]}:{line}" if folder else place.rsplit("/", 1)[-1],
    }
