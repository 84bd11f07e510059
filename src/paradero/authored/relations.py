"""Relations: how far one moment lies after another, as somebody says; to the end of a term or a deadline of
an order it is a time that a court counts.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from paradero.authored.court_time.closings import Closing
from paradero.authored.court_time.terms import Choice, Term, term_of
from paradero.authored.declared import AuthoredError
from paradero.authored.evidence import Sourced
from paradero.model.time.moments import Moment, MomentError
from paradero.model.time.reading import duration_us
from paradero.model.time.zones import zone_name


class Relation(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How far one moment lies after another, as somebody says: at least and at most durations, below zero
    with a leading `-`.

    Moments are named `event.phase` or `order.act`, or by the second part alone within their own file. Between
    what happened a day is 24 hours. To the end of a term or a deadline of an order it is a court's day:
    `rule` says by which rule of time it is counted (`court_time/methods.toml`), `calendar` whose days off
    count, `ends` when its last day ends, `zone` by whose clock. Where nobody says so, every plausible end
    counts.
    """

    of: str
    since: str
    at_least: str = ""
    at_most: str = ""
    rule: str = ""
    calendar: str = ""
    ends: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A relation read, in microseconds; `least` and `most` are terms of a court, whose ends depend on the day
    on which they begin.
    """

    id: str
    relation: Relation
    of: str
    since: str
    lo_us: int | None
    hi_us: int | None
    least: Term | None = None
    most: Term | None = None

    def read_as(self, choice: Choice) -> Related:
        """The same with its terms counted in one way."""
        least, most = (each.read_as(choice) if each else None for each in (self.least, self.most))
        return replace(
            self,
            least=least,
            most=most,
            lo_us=least.reach()[0] if least else self.lo_us,
            hi_us=most.reach()[1] if most else self.hi_us,
        )

    def without(self, sources: Sequence[str]) -> Related:
        """The same without the closings that these sources state."""
        least, most = (each.without(sources) if each else None for each in (self.least, self.most))
        return replace(self, least=least, most=most)

    def within(self, since: Moment) -> tuple[int | None, int | None]:
        """Between which instants a term of a court can end, if it began then; None is no bound."""
        lo = None if self.least is None or since.lo is None else self.least.ends(since.lo)[0]
        return lo, None if self.most is None or since.hi is None else self.most.ends(since.hi)[1]


def read_relation(
    relation: Relation,
    *,
    id: str,  # noqa: A002
    names: Mapping[str, str],
    place: str,
    court: Callable[[str], Term] | None = None,
) -> Related:
    """A relation in microseconds; `names` are the short names that hold within its file, `court` reads the
    terms of a court. Raises AuthoredError naming `place`.
    """
    stated = [name for name in ("rule", "calendar", "ends", "zone") if getattr(relation, name)]
    if stated and court is None:
        raise AuthoredError(
            f"{place}: `{stated[0]}` is only for a term or a deadline of the order, not for `{relation.of}`."
            " Leave it out."
        )
    try:
        least, most = (
            court(text) if court is not None and text else None
            for text in (relation.at_least, relation.at_most)
        )
        lo = least.reach()[0] if least else _signed(relation.at_least) if court is None else None
        hi = most.reach()[1] if most else _signed(relation.at_most) if court is None else None
    except MomentError as error:
        raise AuthoredError(f"{place}: {error}") from error
    if lo is None and hi is None:
        raise AuthoredError(
            f"{place}: the relation of `{relation.of}` to `{relation.since}` has neither `at_least` nor"
            " `at_most`. Add one."
        )
    if (
        lo is not None
        and hi is not None
        and (lo > hi or (least and most and least.unit == most.unit and least.n > most.n))
    ):
        raise AuthoredError(
            f"{place}: `at_least` ({relation.at_least}) is above `at_most` ({relation.at_most}) in the"
            f" relation of `{relation.of}` to `{relation.since}`. Correct one of them."
        )
    of, since = names.get(relation.of, relation.of), names.get(relation.since, relation.since)
    return Related(id=id, relation=relation, of=of, since=since, lo_us=lo, hi_us=hi, least=least, most=most)


def court_terms(
    relation: Relation,
    *,
    zones: Sequence[str],
    is_deadline: bool,
    calendar: str = "",
    closings: Sequence[Closing] = (),
) -> Callable[[str], Term]:
    """What reads the terms of a relation that says when a term or a deadline of an order ends; what it does
    not state itself its order may. `closings` are days on which the office was not open.
    """
    return functools.partial(
        term_of,
        rule=relation.rule,
        zones=[zone_name(relation.zone)] if relation.zone else zones,
        is_deadline=is_deadline,
        calendar=relation.calendar or calendar,
        ends_with=relation.ends,
        closings=closings,
    )


def _signed(text: str) -> int | None:
    if not text:
        return None
    return -duration_us(text[1:]) if text.startswith("-") else duration_us(text)
