"""Matched flights as tables and sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from paradero.answers.flights.flight_values import FlightLink, FlightMatches, ManifestCount, Minutes
from paradero.model.answer import Row

LINK_COLUMNS = [
    "leg",
    "right_kind",
    "right",
    "class",
    "time",
    "origin",
    "destination",
    "origin_km",
    "destination_km",
    "minutes_before",
    "minutes_after",
    "n_rivals",
]
COUNT_COLUMNS = [
    "manifest",
    "persons",
    "should_equal",
    "book_outs",
    "arrivals",
    "removals",
    "verdict",
    "least_difference",
]
CLASSES = (
    "recorded: the records name the aircraft; inferred: place and time leave no doubt, and nothing else"
    " fits; assumed: possible, no more."
)


def link_line(link: FlightLink) -> Row:
    """A link as a line of a table."""
    return {
        **link.as_json(),
        "minutes_before": _span(link.minutes_before),
        "minutes_after": _span(link.minutes_after),
        "time": "yes" if link.time else "possible",
    }


def count_line(one: ManifestCount) -> Row:
    """A manifest against the records as a line of a table."""
    return {
        **one.as_json(),
        "persons": _span(one.persons),
        "book_outs": _span(one.book_outs),
        "arrivals": _span(one.arrivals),
        "removals": _span(one.removals),
    }


def by_difference(counts: Sequence[ManifestCount]) -> list[ManifestCount]:
    """The counts, those that differ most first."""
    return sorted(counts, key=lambda one: -(one.least_difference or 0))


def summary(found: FlightMatches) -> list[str]:
    """A sentence for each side: how many there are, and how many have no link."""
    alone = found.unmatched
    lines = [_side("legs", len(found.legs), len(alone.legs))]
    for name, kind, unlinked in (
        ("legs of missions", "mission", len(alone.missions)),
        ("manifests", "manifest", len(alone.manifests)),
        ("groups of people who moved", "transfer", len(alone.transfers)),
        ("groups of removals", "removal", len(alone.removals)),
    ):
        linked = {link.right for link in found.links if link.right_kind == kind}
        lines.append(_side(name, len(linked) + unlinked, unlinked))
    verdicts = Counter(one.verdict for one in found.counts)
    lines += [f"manifests against the books, {verdict}: {n:,}" for verdict, n in sorted(verdicts.items())]
    return lines + [f"left out: {n:,} {name}" for name, n in found.left_out.items()]


def _side(name: str, n: int, unlinked: int) -> str:
    return f"{name}: {n:,}, {unlinked:,} of them without a link"


def _span(bounds: Minutes) -> str:
    lo, hi = (("…" if one is None else f"{one:,.0f}") for one in bounds)
    return lo if lo == hi else f"{lo} to {hi}"
