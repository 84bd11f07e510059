"""`events/*.toml`: what happened to a person or a cohort, as a file declares it."""

from __future__ import annotations

from typing import Literal

import msgspec

from paradero.authored.evidence import Sourced
from paradero.authored.relations import Relation
from paradero.authored.statements import Said
from paradero.law.forms.kinds import Kind
from paradero.law.identities import Identity


class Attribute(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said of a subject, in one of four ways; of a group they differ.

    `each_is_one_of`: every member has one of these values. `members_are_of`: they do, and each of the values
    occurs. `some_are`: members have one of these, `people_lo` to `people_hi` of them. `is_one_of` leaves open
    whether members differ or nobody says which.
    """

    name: str
    is_one_of: list[str] = msgspec.field(default_factory=list)
    each_is_one_of: list[str] = msgspec.field(default_factory=list)
    members_are_of: list[str] = msgspec.field(default_factory=list)
    some_are: list[str] = msgspec.field(default_factory=list)
    people_lo: int | None = None
    people_hi: int | None = None

    def values(self) -> list[str]:
        """The values that the statement names, in whichever way."""
        return self.is_one_of or self.each_is_one_of or self.members_are_of or self.some_are

    def counts(self) -> tuple[int, int | None]:
        """Of how many members `some_are` speaks, at least and at most: of one at least, unless it says that
        there may be none.
        """
        lo = self.people_lo if self.people_lo is not None else 0 if self.people_hi == 0 else 1
        return lo, self.people_hi


class Outcome(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who says that the event happened, or that it did not."""

    happened: bool


class Exclusion(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who says that the individual `id` is among a cohort (`includes`), or is not (`excludes`)."""

    id: str


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A person under a pseudonym (`people_hi = 1`), or a cohort: a counted group whose members are not
    identified. Nobody's name.

    An individual whom an order protects may be among any cohort, unless it is said that they are (`includes`)
    or are not (`excludes`).
    """

    id: str
    what: str
    what_es: str = ""
    people_lo: int | None = None
    people_hi: int | None = None
    attribute: list[Attribute] = []
    includes: list[Exclusion] = []
    excludes: list[Exclusion] = []


class Answers(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who says which terms an act answers, each as `order/term`, and after which `events` it was due."""

    terms: list[str]
    events: list[str] = msgspec.field(default_factory=list)


class Item(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who says that a part of the act was `given` (a reason stated, counsel told, a bed provided), or was
    not.
    """

    name: str
    given: bool


class Value(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who says how much was measured, in a unit: between `lo` and `hi`, one of them or both."""

    measure: str
    unit: str
    lo: float | None = None
    hi: float | None = None


class MomentFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A phase of the event and what is said of its time; nothing said is nothing known."""

    phase: str
    said: list[Said] = []


class FlownLeg(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A leg, as positions or a flight list of the casefile have it, that is taken for the flight of this
    event.

    `sources` are the originals, by the first twelve letters of their SHA-256 or more; `hex` or `registration`
    the aircraft; `takeoff` when it can have begun, in the forms of docs/explanation/time.md. `by` says that
    this was the flight, `evidence` how: positions are a tracker's, and prove no more than that.
    """

    sources: list[str]
    takeoff: str
    evidence: Literal["tracker", "press", "derived"]
    hex: str = ""
    registration: str = ""


class EventFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`events/*.toml`. `zones` are assumed for times that name none; where nobody says whether it happened,
    that is not known.
    """

    id: str
    what: str
    what_es: str = ""
    kind: Kind
    subject: Subject
    outcome: list[Outcome] = []
    zones: list[str] = []
    moment: list[MomentFile] = []
    leg: list[FlownLeg] = []
    relation: list[Relation] = []
    answers: list[Answers] = []
    item: list[Item] = []
    value: list[Value] = []
    identity: list[Identity] = []
    note: str = ""
