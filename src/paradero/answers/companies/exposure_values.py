"""Exposure as values: links from who owns and holds contracts to what is run, carried and supplied.

Times are ISO 8601 in UTC, None where there is no bound; shares are percent; money is nominal US dollars.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec
from msgspec import UNSET, UnsetType

from paradero.authored.evidence import Evidence
from paradero.model.answer import Answer


class CompanyCitation(Answer, frozen=True, kw_only=True):
    """A row of the records by its address and what it `says`, or who says it: by what evidence, of when,
    where it was seen, and in which file and line (`place`) that is written down.
    """

    address: str | UnsetType = UNSET
    says: str | UnsetType = UNSET
    subawarded: Decimal | UnsetType | None = UNSET
    on: str | UnsetType | None = UNSET
    by: str | UnsetType = UNSET
    evidence: Evidence | UnsetType = UNSET
    dated: str | UnsetType = UNSET
    seen: list[str] | UnsetType = UNSET
    fact: str | UnsetType = UNSET
    note: str | UnsetType = UNSET
    place: str | UnsetType = UNSET


class About(Answer, frozen=True, kw_only=True):
    """What is known of a party beside its names and links, each where it is known: of a facility its city and
    state, of an award what it comes to and when it runs, of a flight its moments as bounds in UTC
    microseconds.
    """

    identifiers_not_joined: list[str] | UnsetType = UNSET
    city: str | UnsetType | None = UNSET
    state: str | UnsetType | None = UNSET
    parent_key: str | UnsetType | None = UNSET
    agency: str | UnsetType | None = UNSET
    office: str | UnsetType | None = UNSET
    obligated: Decimal | UnsetType | None = UNSET
    ceiling: Decimal | UnsetType | None = UNSET
    outlayed: Decimal | UnsetType | None = UNSET
    subawarded: Decimal | UnsetType | None = UNSET
    flags: str | UnsetType = UNSET
    award_kind: str | UnsetType = UNSET
    unit: str | UnsetType = UNSET
    as_of: str | UnsetType | None = UNSET
    starts: str | UnsetType | None = UNSET
    ends: str | UnsetType | None = UNSET
    what_es: str | UnsetType = UNSET
    moments: dict[str, list[int | None]] | UnsetType = UNSET


class Party(Answer, frozen=True, kw_only=True):
    """A company, agency, facility, aircraft, award, flight or place: its key, all its names and identifiers,
    and at most five of those who say that it is there.
    """

    key: str
    kind: str
    name: str
    names: list[str]
    identifiers: list[str]
    about: About
    citations: list[CompanyCitation]


class LinkMoney(Answer, frozen=True, kw_only=True):
    """What goes along a step, `obligated` or `subawarded`: of a subaward the award that it is part of and by
    how many reports it is known.
    """

    what: str
    amount: Decimal | None
    lo: Decimal | UnsetType | None = UNSET
    hi: Decimal | UnsetType | None = UNSET
    unit: str
    as_of: str | None
    part_of: str | UnsetType = UNSET
    n_reports: int | UnsetType = UNSET


class CitedMoney(LinkMoney, frozen=True, kw_only=True):
    """The money at the end of a link, with what says so."""

    citations: list[CompanyCitation]


class Step(Answer, frozen=True, kw_only=True):
    """A relation between two parties, by their keys: from when to when at most (`lo`, `hi`) and surely
    (`sure_lo`, `sure_hi`).
    """

    relation: str
    source: str = msgspec.field(name="from")
    target: str = msgspec.field(name="to")
    lo: str | None
    hi: str | None
    sure_lo: str | None
    sure_hi: str | None
    share_lo: float | None
    share_hi: float | None
    direct: bool | None
    money: LinkMoney | None
    note: str
    citations: list[CompanyCitation]


class Link(Answer, frozen=True, kw_only=True):
    """A link from owner to what is run: steps end to end. `holds` is `at once` where all steps surely hold at
    one instant, else `possible`; `evidence` is that of the weakest step.

    `direction` is `down` where it begins at what was asked for, `up` where it ends there.
    """

    direction: str
    holds: str
    evidence: Evidence
    lo: str | None
    hi: str | None
    sure_lo: str | None
    sure_hi: str | None
    share_lo: float | None
    share_hi: float | None
    nodes: list[Party]
    edges: list[Step]
    money: CitedMoney | None


class Candidate(Answer, frozen=True, kw_only=True):
    """What is merely alike, with how much of 100, or merely near, with what says so: joined to nothing."""

    key: str
    name: str
    why: str
    score: float | UnsetType = UNSET
    citations: list[CompanyCitation] | UnsetType = UNSET


class Exposure(Answer, frozen=True, kw_only=True):
    """The parties that a name stands for and their links. `n_apart` steps were not taken because their times
    cannot meet; `is_cut`: there are more links than were looked for.
    """

    name: str
    matched: list[Party]
    n_paths: int
    n_apart: int
    is_cut: bool
    paths: list[Link]
    candidates: list[Candidate]
