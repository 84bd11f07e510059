"""What every part of a person's page says alike: a stint's place, a day, the length of a gap."""

from __future__ import annotations

import itertools

from paradero.answers.people.history import History, Stint, Unaccounted
from paradero.model.time.clock import MINUTE_US
from paradero.reports.content.blocks import Named, Stated
from paradero.reports.content.numbers import day, lengths, word
from paradero.reports.content.wording import Wording


def gap_length(gap: Unaccounted, say: Wording) -> str:
    """How long nobody accounts for the person, at least and at most."""
    if gap.length_lo_us is None:
        return word("not_known", say.language)
    hi = None if gap.length_hi_us is None else gap.length_hi_us / MINUTE_US
    return lengths(gap.length_lo_us / MINUTE_US, hi, say.language)


def day_of(text: str | None, say: Wording) -> Stated:
    """A day, or that none is known."""
    return Stated(text=word("not_known", say.language) if text is None else day(text, say.language))


def place_of(stint: Stint, say: Wording) -> Stated | Named:
    """The facility of a stint, which leads to its page where the row has its code."""
    text = stint.detention_facility or stint.detention_facility_code or say.plain("no_place")
    code = stint.detention_facility_code
    return Stated(text=text) if code is None else Named(text=text, about="facility", name=code)


def stints_of(history: History) -> list[Stint]:
    """The stints of all stays, in their order."""
    return [stint for stay in history.stays for stint in stay.stints]


def unlisted(history: History) -> list[tuple[Stint, Stint]]:
    """Stints after which some time lies in no row before the next one of their stay, each with that one; but
    for times that are listed as unaccounted for.
    """
    listed = {one.since for one in history.unaccounted}
    return [
        (one, after)
        for stay in history.stays
        for one, after in itertools.pairwise(stay.stints)
        if one.next_gap_us is not None and one.next_gap_us > 0 and one.book_out not in listed
    ]
