"""Events as data: what happened to a person or a cohort, each of its moments with everything that is said of
it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import msgspec

from paradero.authored.declared import AuthoredError, Declared, Mistakes, check_ids, read
from paradero.authored.evidence import Sourced
from paradero.authored.reading_statements import read_relation, read_said
from paradero.authored.statements import Related, Relation, Said, Statement
from paradero.law.identities import Identity, check_identities

_SOURCE = re.compile(r"[0-9a-f]{12,64}")

# `finding` is a court's statement on a standard; orders speak of it, files of events seldom.
Kind = Literal[
    "removal",
    "return",
    "transfer",
    "release",
    "notice",
    "production",
    "request",
    "hearing",
    "arrest",
    "intake",
    "application",
    "holding",
    "measurement",
    "finding",
]

ORDER_OF_THINGS = "the order of things"  # who says that phases come one after the other

# The phases of each kind of event, in the order in which they come.
PHASES: Mapping[str, tuple[str, ...]] = {
    "removal": ("departure", "leaves_airspace", "landing", "hand_over"),
    "transfer": ("departure", "landing", "hand_over"),
    "return": ("done",),
    "release": ("done",),
    "notice": ("done",),
    "production": ("done",),
    "request": ("done",),
    "hearing": ("done",),
    "arrest": ("done",),
    "intake": ("done",),
    "application": ("done",),
    "holding": ("begin", "end"),
    "measurement": ("done",),
    "finding": ("done",),
}
RECEIVED = "received"  # what is sent comes in later: no phase of it, but a moment that leads count from
_SENT = ("notice", "production", "request")
PHASE_WORDS: Mapping[str, tuple[str, str]] = {
    "departure": ("take-off or departure", "despegue o salida"),
    "leaves_airspace": ("leaving United States airspace", "salida del espacio aéreo de Estados Unidos"),
    "landing": ("landing abroad", "aterrizaje en el extranjero"),
    "hand_over": ("transfer of custody", "entrega de la custodia"),
    "done": ("completion", "cumplimiento"),
    "begin": ("beginning", "inicio"),
    "end": ("end", "fin"),
    RECEIVED: ("receipt", "recepción"),
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event read: its statements and relations under full names (`event.phase`). `of` is the event whose
    moments it has, where they are not its own.
    """

    file: EventFile
    place: str
    text: str
    statements: tuple[Statement, ...]
    relations: tuple[Related, ...]
    of: str = ""

    @property
    def id(self) -> str:
        return self.file.id

    def moment_names(self) -> dict[str, str]:
        """The full name of the moment of each phase, and of the receipt of what is sent."""
        return self.moments_of(self.of or self.file.id, self.file.kind)

    @staticmethod
    def moments_of(event: str, kind: Kind) -> dict[str, str]:
        """The same of any event of that kind, under that name."""
        moments = (*PHASES[kind], RECEIVED) if kind in _SENT else PHASES[kind]
        return {each: f"{event}.{each}" for each in moments}

    def done(self) -> str:
        """The full name of the moment at which it is done."""
        return f"{self.of or self.file.id}.{PHASES[self.file.kind][-1]}"


def read_event(text: str, *, file: str) -> Event:
    """Read one event; raises AuthoredError naming file, line and what is wrong."""
    declared, mistakes = read(text, EventFile, file=file), Mistakes()
    form = declared.form
    with mistakes.gathered():
        check_ids(text, file, [(form.id, ["id"]), (form.subject.id, ["subject", "id"])], {})
    names = Event.moments_of(form.id, form.kind)
    statements = _statements(declared, names, mistakes)
    for number, leg in enumerate(form.leg):
        with mistakes.gathered():
            _check_leg(leg, form, place=declared.place("leg", number, "sources"))
    for number, attribute in enumerate(form.subject.attribute):
        with mistakes.gathered():
            _check_attribute(attribute, place=declared.place("subject", "attribute", number, "name"))
    with mistakes.gathered():
        check_identities(form.identity, text, file)
    lo, hi = form.subject.people_lo, form.subject.people_hi
    if lo is not None and hi is not None and lo > hi:
        mistakes.add(
            f"{declared.place('subject', 'people_lo')}: `people_lo` ({lo}) is above `people_hi` ({hi})."
            " Correct one of them."
        )
    relations = []
    for number, each in enumerate(form.relation):
        with mistakes.gathered():
            relations.append(
                read_relation(
                    each,
                    id=f"{form.id}#relation{number}",
                    names=names,
                    place=declared.place("relation", number, "of"),
                )
            )
    mistakes.settle()
    return Event(
        file=form,
        place=file,
        text=text,
        statements=tuple(statements),
        relations=(*relations, *in_order(form.id, tuple(names))),
    )


def _statements(
    declared: Declared[EventFile], names: Mapping[str, str], mistakes: Mistakes
) -> list[Statement]:
    """What is said of each phase, each phase once."""
    form, seen, found = declared.form, set[str](), list[Statement]()
    for number, moment in enumerate(form.moment):
        place = declared.place("moment", number, "phase")
        if moment.phase not in names or moment.phase in seen:
            problem = (
                f"the phase `{moment.phase}` appears twice. Say all of it under one."
                if moment.phase in seen
                else f"`{moment.phase}` is not a phase of a {form.kind}. Name one of {', '.join(names)}."
            )
            mistakes.add(f"{place}: {problem}")
            continue
        seen.add(moment.phase)
        for which, said in enumerate(moment.said):
            with mistakes.gathered():
                found.append(
                    read_said(
                        said,
                        id=f"{names[moment.phase]}#{which}",
                        of=names[moment.phase],
                        zones=form.zones,
                        place=place,
                    )
                )
    return found


def _check_attribute(attribute: Attribute, *, place: str) -> None:
    ways = [attribute.is_one_of, attribute.each_is_one_of, attribute.members_are_of, attribute.some_are]
    if sum(map(bool, ways)) != 1:
        raise AuthoredError(
            f"{place}: an attribute needs values in exactly one of `is_one_of`, `each_is_one_of`,"
            " `members_are_of` and `some_are`. Leave the attribute out if nothing is said of it."
        )
    if (attribute.people_lo is not None or attribute.people_hi is not None) and not attribute.some_are:
        raise AuthoredError(
            f"{place}: `people_lo` and `people_hi` count the people of `some_are`, which is not here. Leave"
            " them out."
        )
    if (
        attribute.people_lo is not None
        and attribute.people_hi is not None
        and attribute.people_lo > attribute.people_hi
    ):
        raise AuthoredError(
            f"{place}: `people_lo` ({attribute.people_lo}) is above `people_hi` ({attribute.people_hi})."
            " Correct one of them."
        )


def _check_leg(leg: FlownLeg, event: EventFile, *, place: str) -> None:
    if "landing" not in PHASES[event.kind]:
        raise AuthoredError(
            f"{place}: a {event.kind} has no leg, as no aircraft bounds it: only removals and transfers do."
            " Leave it out."
        )
    wrong = next(
        (f"`{one}` does not" for one in leg.sources if not _SOURCE.fullmatch(one)),
        None if leg.sources else "it names no source",
    )
    if wrong is not None:
        raise AuthoredError(
            f"{place}: `sources` must give at least the first 12 letters of each SHA-256; {wrong}. Copy them"
            " from `paradero status`."
        )
    if bool(leg.hex) == bool(leg.registration):
        raise AuthoredError(
            f"{place}: the leg has {'both `hex` and' if leg.hex else 'neither `hex` nor'} `registration`."
            " Name the aircraft by exactly one of them."
        )
    read_said(
        Said(by=leg.by, evidence=leg.evidence, seen=leg.seen, time=leg.takeoff),
        id="",
        of="the take-off of the leg",
        zones=event.zones,
        place=place,
    )


def in_order(event: str, phases: Sequence[str]) -> list[Related]:
    """No phase of an event comes before the one that precedes it."""
    found = []
    for earlier, later in pairwise(phases):
        relation = Relation(
            of=later, since=earlier, at_least="PT0S", by=ORDER_OF_THINGS, evidence="derived", seen=[]
        )
        found.append(
            Related(
                id=f"{event}#{earlier}-{later}",
                relation=relation,
                of=f"{event}.{later}",
                since=f"{event}.{earlier}",
                lo_us=0,
                hi_us=None,
            )
        )
    return found


def happened(event: EventFile, *, trusted: Sequence[str], without: Sequence[str]) -> bool | None:
    """Whether the event happened, as far as all who are believed agree; None where nobody says, or they do
    not agree.
    """
    said = {each.happened for each in event.outcome if each.evidence in trusted and each.by not in without}
    return said.pop() if len(said) == 1 else None
