"""A term of an order under one construction: which readings it takes, and how time is counted in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from paradero.authored.court_time.terms import Term as CourtTerm
from paradero.authored.court_time.terms import term_of
from paradero.authored.statements import Timeline
from paradero.law.events import Event
from paradero.law.forms.ends import by_the_day
from paradero.law.forms.kinds import PHASE_WORDS, PHASES
from paradero.law.forms.readings import (
    AS_FOUND,
    LITERAL,
    PURPOSIVE,
    RECORDS_ALONE,
    Binding,
    Completion,
    Counting,
    Reach,
    Reading,
    Standing,
)
from paradero.law.forms.terms import Term
from paradero.law.orders import Order
from paradero.law.shown.timings import Timing
from paradero.model.time.moments import Moment

BEGIN, AT_LIMIT = "begin", "limit"  # a holding is judged when it began, or at each instant past its limit
_LIMIT_WORDS = ("each instant past the limit", "cada instante pasado el límite")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A term of an order under one construction. `timing` is one way of counting a disputed time, `whole` the
    number of the same construction for all of them together.
    """

    number: int
    order: Order
    term: Term
    completion: Completion | None
    binding: Binding | None
    begin: Moment
    deadline: Moment | None
    acts: tuple[str, ...]
    counting: Counting | None = None
    reach: Reach | None = None
    standing: Standing | None = None
    timing: Timing | None = None
    whole: int | None = None

    @property
    def readings(self) -> list[Reading]:
        """The readings that it takes, in the order of their names."""
        time = self.timing.standing if self.timing else None
        every = (self.completion, self.counting, self.reach, self.standing, time, self.binding)
        return [each for each in every if each is not None]

    @property
    def construction(self) -> str | None:
        """The names of the readings, `hand-over/oral`; None where there is only one."""
        return "/".join(each.id for each in self.readings) or None

    @property
    def phase(self) -> str | None:
        """The phase of the event that the construction asks about; None where the term binds to a rule."""
        kind = self.term.kind
        if kind is None:
            return None
        if kind == "holding":
            return BEGIN
        return self.completion.phase if self.completion else PHASES[kind][-1]

    def done(self, event: Event) -> str:
        """The full name of the moment at which an event is done under the construction: that of the phase it
        names, or the last of a kind that has no such phase.
        """
        return event.moment_names().get(str(self.phase), event.done())

    def court(self, length: str, own_rule: str, *, is_deadline: bool = False) -> CourtTerm:
        """A length of time, counted as the reading says, or else by the rule that the term names."""
        rule = self.counting.rule if self.counting and self.counting.rule is not None else own_rule
        file = self.order.file
        return term_of(
            length,
            rule=rule,
            zones=file.zones,
            is_deadline=is_deadline,
            calendar=file.calendar,
            closings=file.closed,
        )


def standard_completions(kind: str) -> list[Completion]:
    """The readings of when an event of several phases is done, where an order names none: each phase; of a
    holding, whether the rule at its beginning counts or that at each instant from when the limit is reached.
    """
    phases = (BEGIN, AT_LIMIT) if kind == "holding" else PHASES[kind]
    words = {**PHASE_WORDS, AT_LIMIT: _LIMIT_WORDS}
    return [
        Completion(id=phase.replace("_", "-"), phase=phase, title=words[phase][0], title_es=words[phase][1])
        for phase in phases
    ]


def variants_of(order: Order, line: Timeline, *, start: int, timings: Sequence[Timing] = ()) -> list[Variant]:
    """Every term of an order under every construction, numbered from `start` on; where its time is disputed,
    for all ways of counting together, and then under each of them.
    """
    found = _under(order, line, None, start=start)
    whole = {(each.term.id, each.construction): each.number for each in found}
    for timing in timings:
        made = _under(order, timing.line, timing, start=start + len(found))
        found += [
            replace(each, whole=whole[each.term.id, replace(each, timing=None).construction]) for each in made
        ]
    return found


def _under(order: Order, line: Timeline, timing: Timing | None, *, start: int) -> list[Variant]:
    names = order.moment_names()
    only = order.file.binds_from or next(act.id for act in order.file.act if act.does == "binds")
    found: list[Variant] = []
    bindings: Sequence[Binding | None] = order.file.binding or [None]
    reaches: Sequence[Reach | None] = order.file.reach or [None]
    for term in order.file.term:
        if timing is not None and term.rule:
            continue  # its events are found by the rule, not among those that are stated
        for completion in _completions(order, term):
            for binding in bindings:
                for counting in _countings(order, term):
                    for reach in reaches:
                        for standing in _standing(term):
                            act = binding.from_act if binding else only
                            found.append(
                                Variant(
                                    number=start + len(found),
                                    order=order,
                                    term=term,
                                    completion=completion,
                                    binding=binding,
                                    counting=counting,
                                    reach=reach,
                                    standing=standing,
                                    timing=timing,
                                    begin=_begin(order, binding, line.moments[names[act]], line),
                                    deadline=_deadline(order, term, line),
                                    acts=_acts_that_count(order, act, term, binding),
                                )
                            )
    return found


def _begin(order: Order, binding: Binding | None, given: Moment, line: Timeline) -> Moment:
    """From when the order binds. Where it gives notice and does not say which counts, it may bind from the
    order or only from the notice (Federal Rule 65(d)(2)): no later than the last of them.
    """
    names = order.moment_names()
    told = [line.moments[names[act.id]] for act in order.file.act if act.does == "notice"]
    if binding is not None or order.file.binds_from or not told:
        return given
    his = [each.hi for each in (given, *told)]
    last = None if None in his else max(hi for hi in his if hi is not None)
    why = next((each.hi_why_missing for each in (given, *told) if each.hi is None), None)
    return replace(given, hi=last, hi_why_missing=why)


def _deadline(order: Order, term: Term, line: Timeline) -> Moment | None:
    if not term.by:
        return None
    moment = line.moments[order.moment_names()[term.by]]
    return by_the_day(moment, order.file.zones, order.file.calendar)


def _completions(order: Order, term: Term) -> Sequence[Completion | None]:
    kind = term.kind
    if kind is None or len(PHASES[kind]) < 2:
        return [None]
    phases = (BEGIN, AT_LIMIT) if kind == "holding" else PHASES[kind]
    fitting = [each for each in order.file.completion if each.phase in phases]
    if kind == "holding" and not (term.limit and term.limit.unit == "duration"):
        return [None]
    return fitting or standard_completions(kind)


def _countings(order: Order, term: Term) -> Sequence[Counting | None]:
    """The readings of time that change something in this term."""
    has_stay = bool(term.by) and any(act.does == "stays" for act in order.file.act)
    fitting = [
        each
        for each in order.file.counting
        if ((each.rule is not None or each.from_phase) and term.lengths) or (each.under_a_stay and has_stay)
    ]
    return fitting or [None]


def _standing(term: Term) -> Sequence[Standing | None]:
    if term.keeps and not term.keeps.reading:
        return [LITERAL, PURPOSIVE]
    return [AS_FOUND, RECORDS_ALONE] if any(not one.withdrawn for one in term.finding) else [None]


def _acts_that_count(order: Order, begin: str, term: Term, binding: Binding | None) -> tuple[str, ...]:
    """The acts on whose times the answer can depend under a construction: that from which it binds, the
    deadline, and all that end, extend or stay it; notice too, where nothing says from which it binds.
    """
    is_settled = binding is not None or order.file.binds_from
    moved = {each.until for each in order.file.act if each.does == "extends" and each.of}
    idle = ("binds", "notice", "deadline") if is_settled else ("binds", "deadline")
    return tuple(
        act.id
        for act in order.file.act
        if act.id in (begin, term.by) or act.does not in idle or (term.by and act.id in moved)
    )
