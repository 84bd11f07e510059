"""How matched flights are printed: links, manifests against the records, and how many are without a link."""

from __future__ import annotations

from paradero.answers.flights.flight_values import FlightMatches
from paradero.cli.output import print_table, say
from paradero.reports.text import flights_text as text


def print_matches(found: FlightMatches, most: int | None) -> None:
    """Print at most so many links and counts, None for all, and the summary of all."""
    print_table([text.link_line(one) for one in found.links[:most]], text.LINK_COLUMNS)
    _more(len(found.links), most)
    if found.counts:
        say()
        counts = text.by_difference(found.counts)[:most]
        print_table([text.count_line(one) for one in counts], text.COUNT_COLUMNS)
        _more(len(found.counts), most)
    say()
    for line in text.summary(found):
        say(line)
    say(f"\n{text.CLASSES}")
    say(f"Scope: {found.scope}")


def _more(n: int, most: int | None) -> None:
    if most is not None and n > most:
        say(f"… {n - most:,} more rows: --limit 0 shows all, --json has all")
