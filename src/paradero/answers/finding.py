"""What a few words can mean in a casefile: a person by their id or its beginning, a row by its address, a
facility, company, order, event, aircraft or document by a name, typing errors forgiven.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Literal, TypeAlias

from paradero.answers.companies.companies import WITH_PAGES, listed_companies
from paradero.answers.companies.company_graph import graph_of
from paradero.answers.law.law_files import Law
from paradero.answers.original import original
from paradero.building.documents import documents_of
from paradero.building.receipts import current
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.engines.queries import query
from paradero.model.answer import Answer
from paradero.model.errors import ParaderoError

_QUERIES = files("paradero.answers") / "finding.sql"

KindOfThing: TypeAlias = Literal[
    "person", "row", "facility", "company", "order", "event", "aircraft", "document"
]
LEAST_ID = 6  # letters of a pseudonym: fewer begin the ids of too many
_MOST_PEOPLE = 20
_LEAST_SCORE = 72.0  # of 100: below, a name is another one


class Nameable(Answer, frozen=True, kw_only=True):
    """Something that a reader can look up: its kind, the `name` by which its page is asked for, what it is
    called, in Spanish where that differs, and everything it is found by.
    """

    kind: KindOfThing
    name: str
    text: str
    text_es: str = ""
    detail: str = ""
    by: tuple[str, ...]


class Found(Answer, frozen=True, kw_only=True):
    """Something that was looked up, with how near its name is to what was typed: 100 is the same."""

    kind: KindOfThing
    name: str
    text: str
    text_es: str
    detail: str
    score: float


def nameable(case: Casefile, law: Law) -> list[Nameable]:
    """Everything in a casefile that has a name; people and rows are looked up by themselves."""
    return [*_facilities(case), *_companies(case), *_of_law(law), *_documents(case)]


def find(case: Casefile, text: str, known: Sequence[Nameable], *, limit: int = 20) -> list[Found]:
    """What a text can mean, the nearest first: a row of that address, people whose id it is or begins so,
    then names that are near.
    """
    wanted = text.strip()
    if not wanted:
        return []
    exact = [*_rows(case, wanted), *_people(case, wanted)]
    return [*exact, *_near(wanted, known)][:limit]


def folded(text: str) -> str:
    """A name as it is compared: small letters, no accents, signs as spaces.

    >>> folded("Río Grande/Det. Ctr.")
    'rio grande det ctr'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each if each.isalnum() else " " for each in plain if not unicodedata.combining(each))
    return " ".join(kept.split())


def _near(text: str, known: Sequence[Nameable]) -> list[Found]:
    from rapidfuzz import fuzz, process

    wanted = folded(text)
    if not wanted:
        return []
    spelt = [(folded(each), one) for one in known for each in one.by]
    best: dict[tuple[str, str], tuple[float, Nameable]] = {}
    for _, score, at in process.extract(
        wanted, [each for each, _ in spelt], scorer=fuzz.WRatio, score_cutoff=_LEAST_SCORE, limit=200
    ):
        name, one = spelt[at]
        # a code or hash is right or wrong: only names of words may be mistyped
        exact = 100.0 if name == wanted else min(score, 99.0)
        if exact > best.get((one.kind, one.name), (0.0, one))[0]:
            best[one.kind, one.name] = (exact, one)
    ranked = sorted(best.values(), key=lambda each: (-each[0], each[1].kind, each[1].text, each[1].name))
    return [_found(one, score) for score, one in ranked]


def _found(one: Nameable, score: float) -> Found:
    return Found(
        kind=one.kind,
        name=one.name,
        text=one.text,
        text_es=one.text_es,
        detail=one.detail,
        score=round(score, 1),
    )


def _rows(case: Casefile, text: str) -> Iterator[Found]:
    if text.count(":") < 2 or text.partition(":")[0] not in {one.source for one in sources_of(case)}:
        return
    try:
        row = original(case, text)
    except ParaderoError:
        return
    yield Found(kind="row", name=row.address, text=row.address, text_es="", detail=row.file_name, score=100.0)


def _people(case: Casefile, text: str) -> Iterator[Found]:
    if current(case) is None:
        return
    wanted = {"text": text, "by_beginning": len(text) >= LEAST_ID, "limit": _MOST_PEOPLE}
    with open_tables(case, "person_lookups") as built:
        rows = built.rows(query(_QUERIES, "people"), wanted)
    for row in rows:
        identifier = str(row["unique_identifier"])
        yield Found(
            kind="person",
            name=identifier,
            text=identifier,
            text_es="",
            detail=str(row["release"]),
            score=100.0 if row["is_exact"] else 99.0,
        )


def _facilities(case: Casefile) -> Iterator[Nameable]:
    if current(case) is None:
        return
    with open_tables(case, "facilities") as built:
        rows = built.rows(
            "SELECT detention_facility_code AS code, detention_facility AS name, recorded_name, city, state"
            " FROM facilities WHERE detention_facility_code IS NOT NULL ORDER BY code"
        )
    for row in rows:
        where = ", ".join(each for each in (row["city"], row["state"]) if each)
        yield Nameable(
            kind="facility",
            name=row["code"],
            text=row["name"] or row["code"],
            detail=" · ".join(each for each in (row["code"], where) if each),
            by=_told(row["code"], row["name"], row["recorded_name"]),
        )


def _companies(case: Casefile) -> Iterator[Nameable]:
    for one in listed_companies(graph_of(case)):
        if one.kind not in (*WITH_PAGES, "aircraft"):
            continue  # facilities are found among themselves
        kind: KindOfThing = "aircraft" if one.kind == "aircraft" else "company"
        yield Nameable(
            kind=kind, name=one.key, text=one.name, detail=one.kind, by=_told(one.name, one.key, *one.names)
        )


def _of_law(law: Law) -> Iterator[Nameable]:
    for order in law.orders:
        file = order.file
        yield Nameable(
            kind="order",
            name=order.id,
            text=file.title,
            text_es=file.title_es,
            detail=f"{file.court}, {file.docket}",
            by=_told(order.id, file.title, file.title_es, file.docket),
        )
    for event in law.events:
        legs = [leg.hex for leg in event.file.leg]
        yield Nameable(
            kind="event",
            name=event.id,
            text=event.file.what,
            text_es=event.file.what_es,
            detail=", ".join(legs),
            by=_told(event.id, event.file.what, event.file.what_es, *legs),
        )


def _documents(case: Casefile) -> Iterator[Nameable]:
    for one in documents_of(case):
        yield Nameable(
            kind="document", name=one.document, text=one.file_name, by=_told(one.file_name, one.document)
        )


def _told(*names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_said(names)))


def _said(names: Iterable[str | None]) -> Iterator[str]:
    for name in names:
        if name:
            yield name
