"""A person's history to scale, as one strip of time."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from paradero.answers.people.history import History, Stint
from paradero.reports.charts.strips import NARROW, WIDE, Piece, strip
from paradero.reports.content.blocks import Block, Chart, Stated, Table
from paradero.reports.content.numbers import day, length, word
from paradero.reports.content.wording import Wording, plain_text
from paradero.reports.pages.person.stints import gap_length, place_of, stints_of

_MOST_BLANK = 4  # times what lies before: a last piece that is longer is cut to as long


def strip_chart(history: History, say: Wording) -> list[Block]:
    """The strip to scale, where there are at least two times; several where much lies empty between them."""
    pieces = [piece for one in stints_of(history) if (piece := _piece(one, history, say)) is not None]
    pieces += [
        Piece(kind="nobody", begin=begin, end=end, name=say.plain("nobody"), length=gap_length(one, say))
        for one in history.unaccounted
        if (begin := _moment(one.since)) is not None
        and (end := _moment(one.until or history.released_at)) is not None
        and end > begin
    ]
    pieces.sort(key=lambda one: (one.begin, one.end))
    if not pieces or len({at for one in pieces for at in (one.begin, one.end)}) < 2:
        return []
    ends = {one.begin: one.end for one in pieces if one.kind != "held"}
    pieces = _cut(pieces)
    parts = _clusters(pieces)
    shown = [part for part in parts if len(part) > 1] or parts[:1]
    return [
        _chart(part, ends, say, "strip" if at == 0 else f"strip-{at + 1}") for at, part in enumerate(shown)
    ]


def _cut(pieces: list[Piece]) -> list[Piece]:
    """The pieces, a last one that fills nearly all of the time (somebody who never comes back into the
    records) cut short: all before it would be a sliver. Its length in words stays.
    """
    *others, last = pieces
    if not others or last.kind == "held":
        return pieces
    before = max(one.end for one in others) - min(one.begin for one in others)
    if last.end - last.begin <= before * _MOST_BLANK:
        return pieces
    return [*others, dataclasses.replace(last, end=last.begin + before)]


def _clusters(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces in the order of time, cut where more lies empty between two than all of them fill: on one
    scale they would be slivers at the ends of a blank. What stands alone needs no scale.
    """
    filled = sum(((one.end - one.begin) for one in pieces), dt.timedelta())
    found: list[list[Piece]] = [[pieces[0]]]
    last = pieces[0].end
    for one in pieces[1:]:
        if one.begin - last > filled:
            found.append([])
        found[-1].append(one)
        last = max(last, one.end)
    return found


def _chart(
    pieces: Sequence[Piece], ends: Mapping[dt.datetime, dt.datetime], say: Wording, name: str
) -> Chart:
    """A strip and its table, in which a piece that is cut short has its end (`ends`, by its begin)."""
    first, last = min(one.begin for one in pieces), max(ends.get(one.begin, one.end) for one in pieces)
    cut = next((ends[one.begin] for one in pieces if ends.get(one.begin, one.end) > one.end), None)
    title = plain_text(say("strip", first=_iso(first, say), last=_iso(last, say)))
    described = "; ".join(f"{one.name}: {one.length}" for one in pieces) + "."
    drawn = {
        width: strip(
            pieces,
            name=f"{name}-{width}",
            title=title,
            description=described,
            language=say.language,
            width=width,
        )
        for width in (WIDE, NARROW)
    }
    rows = tuple(
        (
            (Stated(text=one.name),),
            (_iso(one.begin, say),),
            (_iso(ends.get(one.begin, one.end), say),),
            (Stated(text=one.length),),
        )
        for one in pieces
    )
    heads = tuple(say.plain(each) for each in ("place", "from", "until", "length"))
    return Chart(
        id=name,
        title=title,
        description=described,
        wide=drawn[WIDE],
        narrow=drawn[NARROW],
        source=(*say("source"), *([" ", *say("cut", until=_iso(cut, say))] if cut else [])),
        table=Table(caption=title, heads=heads, rows=rows),
    )


def _piece(stint: Stint, history: History, say: Wording) -> Piece | None:
    begin = _moment(stint.book_in)
    end = _moment(stint.book_out)
    if begin is None or (end is not None and end < begin):
        return None
    ended = end or _moment(history.released_at)
    if ended is None or ended <= begin:
        return None
    text = (
        word("not_known", say.language)
        if end is None
        else length((end - begin).total_seconds() / 60, say.language)
    )
    return Piece(
        kind="held" if end is not None else "open",
        begin=begin,
        end=ended,
        name=place_of(stint, say).text,
        length=text,
    )


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)


def _iso(at: dt.datetime, say: Wording) -> Stated:
    return Stated(text=f"{day(at.isoformat(), say.language, short=True)}, {at:%H:%M}")
