"""Events as data: what happened to a person or a cohort, each of its moments with everything that is said of
it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from msgspec import structs

from paradero.authored.declared import AuthoredError, Declared, Mistakes, check_ids, read_on
from paradero.authored.relations import Related, Relation, read_relation
from paradero.authored.statements import Said, Statement, read_said
from paradero.law.forms.event_checks import (
    check_attribute,
    check_subject,
    check_values,
    check_zones,
    no_phase,
)
from paradero.law.forms.event_file import EventFile, FlownLeg
from paradero.law.forms.kinds import PHASES, RECEIVED, SENT, Kind
from paradero.law.identities import check_identities

_SOURCE = re.compile(r"[0-9a-f]{12,64}")

ORDER_OF_THINGS = "the order of things"  # who says that phases come one after the other


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
        moments = (*PHASES[kind], RECEIVED) if kind in SENT else PHASES[kind]
        return {each: f"{event}.{each}" for each in moments}

    def about(self, person: str) -> Event:
        """The same event as it is about one person in its group, with the same moments."""
        subject = structs.replace(
            self.file.subject, id=person, people_lo=1, people_hi=1, includes=[], excludes=[]
        )
        return replace(self, file=structs.replace(self.file, subject=subject))

    def done(self) -> str:
        """The full name of the moment at which it is done."""
        return f"{self.of or self.file.id}.{PHASES[self.file.kind][-1]}"


def read_event(text: str, *, file: str) -> Event:
    """Read one event; raises AuthoredError naming file, line and what is wrong."""
    declared, mistakes = read_on(text, EventFile, file=file)
    form = declared.form
    with mistakes.gathered():
        check_ids(text, file, [(form.id, ["id"]), (form.subject.id, ["subject", "id"])], {})
    names = Event.moments_of(form.id, form.kind)
    zones = check_zones(form.zones, declared, mistakes)
    statements = _statements(declared, names, zones, mistakes)
    for number, leg in enumerate(form.leg):
        with mistakes.gathered():
            _check_leg(leg, form, zones, place=declared.place("leg", number, "sources"))
    for number, attribute in enumerate(form.subject.attribute):
        with mistakes.gathered():
            check_attribute(attribute, place=declared.place("subject", "attribute", number, "name"))
    with mistakes.gathered():
        check_identities(form.identity, text, file)
    check_subject(declared, mistakes)
    check_values(declared, mistakes)
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
    declared: Declared[EventFile], names: Mapping[str, str], zones: Sequence[str], mistakes: Mistakes
) -> list[Statement]:
    """What is said of each phase, each phase once."""
    form, seen, found = declared.form, set[str](), list[Statement]()
    for number, moment in enumerate(form.moment):
        place = declared.place("moment", number, "phase")
        if moment.phase not in names or moment.phase in seen:
            problem = (
                f"the phase `{moment.phase}` appears twice. Say all of it under one."
                if moment.phase in seen
                else no_phase(moment.phase, form.kind, names)
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
                        zones=zones,
                        place=declared.place("moment", number, "said", which),
                    )
                )
    return found


def _check_leg(leg: FlownLeg, event: EventFile, zones: Sequence[str], *, place: str) -> None:
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
        zones=zones,
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
