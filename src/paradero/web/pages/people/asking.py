"""A cohort as an address asks for it, and the addresses of what is near to it."""

from __future__ import annotations

import datetime as dt

from paradero.answers.people.cohort import END_KINDS, CohortAsked
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.model.errors import ParaderoError, UnknownName
from paradero.model.naming import unknown
from paradero.reports.pages.parts.places import places
from paradero.web.addresses import with_options
from paradero.web.asking import Asking

COHORT_OPTIONS = (
    "release",
    "facility",
    "from",
    "to",
    "end",
    "country",
    "gaps",
    "conflicts",
    "judged",
    "definition",
    "page",
)
OPEN = "open"

_LATEST = dt.date(9999, 12, 30)  # the day after it is a day


def cohort_in(asking: Asking) -> CohortAsked:
    """The cohort as the address asks for it. Raises UnknownName for a release, a facility, an end or a choice
    that there is not, ParaderoError for a day that is none.
    """
    case = asking.standing.case
    release, end = asking.option("release") or None, asking.option("end") or None
    releases = sorted({source.release for source in sources_of(case)})
    if release is not None and release not in releases:
        raise unknown("a data release of this casefile", release, releases)
    if end is not None and end not in END_KINDS:
        raise unknown("an end of histories", end, END_KINDS)
    first, last = _day(asking, "from"), _day(asking, "to")
    if first is not None and last is not None and first > last:
        raise ParaderoError(f"`from={first}` is after `to={last}`. Swap them.")
    return CohortAsked(
        release=release,
        facility=_facility(case, asking.option("facility")),
        first=first,
        last=last,
        end_kind=end,
        country=asking.option("country") or None,
        with_gaps=asking.is_on("gaps"),
        with_conflicts=asking.is_on("conflicts"),
    )


def _day(asking: Asking, name: str) -> dt.date | None:
    text = asking.option(name)
    if not text:
        return None
    try:
        found = dt.date.fromisoformat(text)
    except ValueError as error:
        raise ParaderoError(f"`{name}={text}` is not a day. Write one such as 2025-03-15.") from error
    if found > _LATEST:
        raise ParaderoError(f"`{name}={text}` is after every day of records. Write an earlier one.")
    return found


def _facility(case: Casefile, text: str) -> str | None:
    """The code of a facility by its code or its name."""
    if not text:
        return None
    known = places(case)
    wanted = text.strip().casefold()
    by_code = [code for code in known if code.casefold() == wanted]
    by_name = [code for code, place in known.items() if (place.name or "").casefold() == wanted]
    part = [code for code, place in known.items() if wanted in (place.name or "").casefold()]
    for found in (by_code, by_name, part):
        if len(found) == 1:
            return found[0]
        if found:
            named = ", ".join(f"{known[code].name} ({code})" for code in found[:12])
            raise UnknownName(f"`{text}` fits several facilities: {named}. Write the code of one.")
    names = [*known, *(place.name for place in known.values() if place.name)]
    raise unknown("a facility of these records", text, names, where_listed="The facilities page lists all.")


def cohort_options(asking: Asking) -> dict[str, str | list[str]]:
    """The options that ask for the same people."""
    return {name: asking.option(name) for name in COHORT_OPTIONS if name not in ("judged", "page")}


def cohort_at(path: str, asking: Asking, *, judged: str = "", page: int = 1) -> str:
    """The address of the same people, of those left open with `judged`, on that page of the list."""
    more: dict[str, str | list[str]] = {"judged": judged, "page": str(page) if page > 1 else ""}
    return with_options(path, cohort_options(asking) | more)
