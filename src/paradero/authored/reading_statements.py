"""Statements and relations as people write them, read: a time as a moment, a length as microseconds or as a
court's term.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence

from paradero.authored.court_time.terms import Term, term_of
from paradero.authored.declared import AuthoredError
from paradero.authored.statements import Related, Relation, Said, Statement
from paradero.model.time.moments import Missing, Moment, MomentError, Reason
from paradero.model.time.reading import duration_us, parse_moment
from paradero.model.time.zones import zone_name


def read_said(said: Said, *, id: str, of: str, zones: Sequence[str], place: str) -> Statement:  # noqa: A002
    """A statement as a moment; raises AuthoredError naming `place` (file and line) where its time cannot be
    read or none is given.
    """
    if bool(said.time) == bool(said.withheld):
        raise AuthoredError(
            f"{place}: {said.by} gives {of} {'both `time` and' if said.time else 'neither `time` nor'}"
            " `withheld`. Write exactly one; `withheld` takes the reason."
        )
    if said.withheld:
        missing = Missing(reason=Reason.WITHHELD, words=said.withheld)
        return Statement(
            id=id,
            of=of,
            said=said,
            moment=Moment(
                lo=None, hi=None, lo_why_missing=missing, hi_why_missing=missing, text=said.withheld
            ),
        )
    try:
        return Statement(id=id, of=of, said=said, moment=parse_moment(said.time, zones=zones))
    except MomentError as error:
        raise AuthoredError(f"{place}: {error}") from error


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
            f"{place}: `{stated[0]}` is only for the end of a term or a deadline of the order, not for"
            f" `{relation.of}`. Leave it out."
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
    relation: Relation, *, zones: Sequence[str], is_deadline: bool, calendar: str = ""
) -> Callable[[str], Term]:
    """What reads the terms of a relation that says when a term or a deadline of an order ends; what it does
    not state itself its order may.
    """
    return functools.partial(
        term_of,
        rule=relation.rule,
        zones=[zone_name(relation.zone)] if relation.zone else zones,
        is_deadline=is_deadline,
        calendar=relation.calendar or calendar,
        ends_with=relation.ends,
    )


def _signed(text: str) -> int | None:
    if not text:
        return None
    return -duration_us(text[1:]) if text.startswith("-") else duration_us(text)
