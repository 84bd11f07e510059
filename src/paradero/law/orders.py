"""Orders as data: a court's or agency's instrument, whom it binds and protects, from when to when, which
terms, under which readings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from paradero.authored.court_time.terms import Term as CourtTerm
from paradero.authored.declared import check_ids, read_on
from paradero.authored.relations import Related, Relation, court_terms, read_relation
from paradero.authored.statements import Statement, read_said
from paradero.law.events import ORDER_OF_THINGS
from paradero.law.forms.act_checks import check_acts, check_calendar, check_readings
from paradero.law.forms.case_checks import check_cases
from paradero.law.forms.event_checks import check_zones
from paradero.law.forms.order_file import Act, OrderFile
from paradero.law.forms.term_checks import check_terms
from paradero.law.identities import check_identities

_OF_EFFECT = ("binds", "stays", "resumes", "vacates", "supersedes", "extends")
_SHORT = re.compile(
    r"|-?PT(0H|(\d+M)?(\d+(\.\d+)?S)?)"
)  # nothing, or less than an hour: a stretch of time and no term


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order read: its statements and relations under full names (`order.act`)."""

    file: OrderFile
    place: str
    text: str
    statements: tuple[Statement, ...]
    relations: tuple[Related, ...]

    @property
    def id(self) -> str:
        return self.file.id

    def without(self, sources: Sequence[str]) -> Order:
        """The same order without the closings of an office that these sources state."""
        kept = [each for each in self.file.closed if each.by not in sources]
        if len(kept) == len(self.file.closed):
            return self
        relations = tuple(each.without(sources) for each in self.relations)
        return replace(self, file=msgspec.structs.replace(self.file, closed=kept), relations=relations)

    def moment_names(self) -> dict[str, str]:
        """The full name of each act's moment."""
        return {act.id: f"{self.file.id}.{act.id}" for act in self.file.act}

    def act(self, act_id: str) -> Act:
        """The act of that id."""
        return next(each for each in self.file.act if each.id == act_id)


def read_order(text: str, *, file: str) -> Order:
    """Read one order; raises AuthoredError naming file, line and what is wrong."""
    declared, mistakes = read_on(text, OrderFile, file=file)
    form = declared.form
    tables = {
        "act": [each.id for each in form.act],
        "term": [each.id for each in form.term],
        "binding": [each.id for each in form.binding],
        "completion": [each.id for each in form.completion],
        "counting": [each.id for each in form.counting],
        "reach": [each.id for each in form.reach],
    }
    with mistakes.gathered():
        check_ids(text, file, [(form.id, ["id"])], tables)
    zones = check_zones(form.zones, declared, mistakes)
    form = msgspec.structs.replace(form, zones=zones, calendar=check_calendar(declared, mistakes))
    declared = replace(declared, form=form)
    check_acts(declared, mistakes)
    check_readings(declared, mistakes)
    check_terms(declared, mistakes)
    check_cases(declared, mistakes)
    with mistakes.gathered():
        check_identities(form.identity, text, file)
    names = {act.id: f"{form.id}.{act.id}" for act in form.act}
    statements, relations = [], []
    for number, act in enumerate(form.act):
        for which, said in enumerate(act.said):
            with mistakes.gathered():
                place = declared.place("act", number, "said", which)
                statements.append(
                    read_said(
                        said, id=f"{names[act.id]}#{which}", of=names[act.id], zones=form.zones, place=place
                    )
                )
    for number, each in enumerate(form.relation):
        with mistakes.gathered():
            place = declared.place("relation", number, "of")
            relations.append(
                read_relation(
                    each,
                    id=f"{form.id}#relation{number}",
                    names=names,
                    place=place,
                    court=_term_reader(form, each),
                )
            )
    mistakes.settle()
    return Order(
        file=form,
        place=file,
        text=text,
        statements=tuple(statements),
        relations=(*relations, *_in_order(form, names)),
    )


def _in_order(declared: OrderFile, names: Mapping[str, str]) -> list[Related]:
    """Nothing resumes before what it ends."""
    found = []
    for act in declared.act:
        if act.does == "resumes":
            relation = Relation(
                of=act.id, since=act.of, at_least="PT0S", by=ORDER_OF_THINGS, evidence="derived", seen=[]
            )
            found.append(
                Related(
                    id=f"{declared.id}#{act.of}-{act.id}",
                    relation=relation,
                    of=names[act.id],
                    since=names[act.of],
                    lo_us=0,
                    hi_us=None,
                )
            )
    return found


def _term_reader(declared: OrderFile, relation: Relation) -> Callable[[str], CourtTerm] | None:
    """What reads the length of a term, where the relation says when one ends, or from when an act of the
    order has effect ("stayed for 7 days", "effective in 14 days": one length, at least and at most); None
    where it is between two things that happened.
    """
    does = next(
        (act.does for act in declared.act if relation.of in (act.id, f"{declared.id}.{act.id}")), None
    )
    if all(_SHORT.fullmatch(text) for text in (relation.at_least, relation.at_most)):
        return None
    is_length = relation.at_least == relation.at_most or bool(relation.rule)
    if does not in ("expires", "deadline") and not (does in _OF_EFFECT and is_length):
        return None
    return court_terms(
        relation,
        zones=declared.zones,
        is_deadline=does == "deadline",
        calendar=declared.calendar,
        closings=declared.closed,
    )
