"""What the statements of an event have to be: each mistake with its line and what to do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from paradero.authored.declared import AuthoredError, Declared, Mistakes
from paradero.law.forms.event_file import Attribute, EventFile
from paradero.model.naming import nearest
from paradero.model.time.moments import MomentError
from paradero.model.time.zones import zone_name


def check_subject(declared: Declared[EventFile], mistakes: Mistakes) -> None:
    """Refuse counts of people that cannot be, and one source that has somebody both within a group and out of
    it.
    """
    subject = declared.form.subject
    lo, hi = subject.people_lo, subject.people_hi
    below = {name: n for name, n in (("people_lo", lo), ("people_hi", hi)) if n is not None and n < 0}
    for name, count in below.items():
        mistakes.add(
            f"{declared.place('subject', name)}: `{name}` ({count}) is below zero. Write how many people"
            " there were, or leave it out."
        )
    if not below and lo is not None and hi is not None and lo > hi:
        mistakes.add(
            f"{declared.place('subject', 'people_lo')}: `people_lo` ({lo}) is above `people_hi` ({hi})."
            " Correct one of them."
        )
    within = {(one.by, one.id): number for number, one in enumerate(subject.includes)}
    for number, one in enumerate(subject.excludes):
        if (one.by, one.id) in within:
            other = declared.place("subject", "includes", within[one.by, one.id]).rpartition(" ")[2]
            mistakes.add(
                f"{declared.place('subject', 'excludes', number)}: {one.by} says that `{one.id}` is among"
                f" them (line {other}) and that they are not. Leave the one that holds."
            )


def check_values(declared: Declared[EventFile], mistakes: Mistakes) -> None:
    """Refuse a measured value without a bound, or with bounds that are none."""
    for number, value in enumerate(declared.form.value):
        place = declared.place("value", number, "measure")
        if value.lo is None and value.hi is None:
            mistakes.add(f"{place}: the value of `{value.measure}` has neither `lo` nor `hi`. Add one.")
        elif not all(math.isfinite(each) for each in (value.lo, value.hi) if each is not None):
            mistakes.add(f"{place}: a bound of `{value.measure}` is no number. Write one, or leave it out.")
        elif value.lo is not None and value.hi is not None and value.lo > value.hi:
            mistakes.add(
                f"{place}: `lo` ({value.lo:g}) is above `hi` ({value.hi:g}) in the value of"
                f" `{value.measure}`. Correct one of them."
            )


def check_zones(zones: Sequence[str], declared: Declared[Any], mistakes: Mistakes) -> list[str]:
    """Refuse a zone that is none; returns those by which times can be read on, so that one mistake is not
    told again at every time of the file.
    """
    found = []
    for number, zone in enumerate(zones):
        with mistakes.gathered():
            try:
                zone_name(zone)
                found.append(zone)
            except MomentError as error:
                raise AuthoredError(f"{declared.place('zones', number)}: {error}") from error
    return found or (["Z"] if zones else [])


def no_phase(found: str, kind: str, phases: Iterable[str]) -> str:
    """What is said of a phase that a kind of event does not have."""
    near = nearest(found, phases)
    hint = f" Did you mean `{near[0]}`?" if near else ""
    return f"`{found}` is not a phase of a {kind}.{hint} Name one of {', '.join(phases)}."


def check_attribute(attribute: Attribute, *, place: str) -> None:
    """Refuse a statement of an attribute that says nothing, or several things at once."""
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
