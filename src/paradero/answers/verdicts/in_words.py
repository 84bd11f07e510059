"""Days, events and rows named as a letter to a court or an agency names them: in words, with dates, never by
an id of ours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from paradero.answers.statement_words import statement_words
from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.verdict_values import StatementCitation
from paradero.answers.words import Words
from paradero.authored.cited import SeenAs
from paradero.law.events import Event
from paradero.law.shown.variants import Variant
from paradero.model.addresses import place_of
from paradero.model.time.clock import EPOCH

_FIRST, _LAST = (EPOCH - dt.datetime(1970, 1, 1)) + dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30)


def verdict_in_words(verdict: str, nature: str, words: Words) -> str:
    """A verdict as it is printed; of a rule that is an indicator never *violated*: no law forbids it by
    itself.
    """
    if nature == "indicator":
        return words({"violated": "irregular", "complied": "regular"}.get(verdict, verdict))
    return words(verdict)


def day_in_words(us: int | None, words: Words, zone: str = "UTC") -> str:
    """`3 May 2025` of an instant, on the clock of a zone; `…` where there is none."""
    if us is None:
        return "…"
    within = min(max(EPOCH + dt.timedelta(microseconds=us), _FIRST), _LAST)
    day = within.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone)).date()
    return words("day", day=day.day, month=words("months").split()[day.month - 1], year=day.year)


def period_in_words(lo: int | None, hi: int | None, words: Words, zone: str = "UTC") -> str:
    """One day, `the period from … to …`, or `at any time up to …` where nothing bounds its beginning."""
    first, last = day_in_words(lo, words, zone), day_in_words(hi, words, zone)
    if lo is None and hi is not None:
        return words("up_to_day", last=last)
    return (
        words("on_day", day=first)
        if first == last and lo is not None
        else words("in_period", first=first, last=last)
    )


def event_in_words(event: Event, variant: Variant, words: Words, due: int | None = None) -> str:
    """A stated event by what it was; a silence by what was to be done, for whom, by when (`due`, where the
    order has no one date for all).
    """
    file = variant.order.file
    zone = (file.zones or ["UTC"])[0]
    title = words.of(file.title, file.title_es)
    if event.text or event.of:
        return words.of(event.file.what, event.file.what_es)
    date = variant.deadline
    known = (date.hi if date.hi is not None else date.lo) if date else due
    if known is not None and date is None:
        known -= 1  # a time that ends with a day ends on that day, not on the next
    by = day_in_words(known, words, zone)
    return words(
        "required", says=words.of(variant.term.says, variant.term.says_es).rstrip("."), by=by, title=title
    )


def row_in_words(read: Reading, row_id: int, words: Words) -> str:
    """A row of the records by its number, its sheet and the file it came in."""
    if read.built is None:
        return "…"
    place = place_of(row_id)
    source = read.built.receipt.sources[place.source_rank]
    sheet = source.sheets[place.sheet_number]
    name = (
        words("row_of_sheet", row=f"{place.row:,}", sheet=sheet, file=source.file_name)
        if sheet
        else words("row_of_file", row=f"{place.row:,}", file=source.file_name)
    )
    return words("of_release", what=name, release=source.release)


def statement_line(cited: StatementCitation, words: Words, named: Callable[[str], str]) -> str:
    """A statement in a line: who says it, the primary source where it is named, and only then where it was
    seen, copies marked. `named` says what a name of the files stands for.
    """
    primary = words("primary_source", primary=cited.primary) if cited.primary else ""
    how = words(seen_word(cited.primary, cited.seen_as)) if cited.seen_as else ""
    known = "; ".join(each for each in (primary, how) if each)
    said = statement_words(cited.time, cited.withheld, cited.says, words.language, named)
    line = words(
        "statement_cited" if known else "statement_citation",
        by=cited.by,
        evidence=words(f"kind_{cited.evidence}"),
        says=words("withheld_as", said=said) if cited.withheld and not cited.time else said,
        of=named(cited.of),
        known=known,
        seen=", ".join(
            f"{each} ({words('seen_copy')})" if each in cited.copies else each for each in cited.seen
        ),
    )
    return f"{line}. {words('note', note=cited.note)}" if cited.note else line


def seen_word(primary: str, seen_as: SeenAs) -> str:
    """The key of the words for how a source was seen: an outlet's page is its own source, and only a report
    of a primary one.
    """
    return "seen_at_outlet" if seen_as == "own" and not primary else f"seen_as_{seen_as or 'open'}"
