"""What only all rows of a table tell, gathered from its pieces before any row is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from paradero.engines.lending import lent
from paradero.sources.held import Held, Texts, distinct_texts
from paradero.sources.sheets.beside import blocks_of
from paradero.sources.sheets.clocks import are_clocks, clocks, is_of_days, pairs, with_clocks
from paradero.sources.sheets.odd_cells import is_row_names
from paradero.sources.sheets.outside import sorted_rows
from paradero.sources.sheets.rows import withheld_among
from paradero.sources.sheets.sheet import header_rows, held_columns, manner_of, tells
from paradero.sources.sheets.sniffing import Found
from paradero.sources.sheets.tasks import Loaded, SheetTask
from paradero.sources.streams.distincts import Distincts
from paradero.sources.streams.pieces import Pieces
from paradero.sources.values.entire import Entire, Said, Words
from paradero.sources.values.identifiers import (
    ids_received,
    is_judged_by_words,
    used_in,
    withheld_in,
    withhold,
)
from paradero.sources.values.readings import Manner, Rows, ids_read, said_by

_NO_TEXTS = pa.array([], pa.string())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """A piece with what is withheld out of it, and which of its rows (0-based) are records."""

    loaded: Loaded
    columns: list[Held]
    first: int
    rows: Rows


def gathered(task: SheetTask, found: Found, pieces: Pieces, folder: Path) -> Entire | None:
    """What all rows tell; None where tables may stand beside each other, which takes all rows at once."""
    with Distincts(folder) as distincts:
        entire = _texts(task, found, pieces, distincts)
        if entire is None:
            return None
        entire = replace(entire, joined=_joined(task, found, pieces, entire, distincts))
    return _said(task, found, pieces, entire)


def _header(found: Found, position: int) -> str | None:
    return found.headers[position] if position < len(found.headers) else None


def _texts(task: SheetTask, found: Found, pieces: Pieces, distincts: Distincts) -> Entire | None:
    """Which columns are withheld, and which ids name nobody."""
    filled: Counter[int] = Counter()
    by_words: Counter[int] = Counter()
    ids: set[int] = set()
    width, manner = 0, Manner()
    for loaded in pieces:
        columns = held_columns(task, loaded, found)
        first = header_rows(task, found, loaded.start)
        width, manner = max(width, len(columns)), manner_of(task, loaded)
        for position, held in enumerate(columns):
            header = _header(found, position)
            filled[position] += int(held.filled()[first:].sum())
            if not isinstance(held, Texts):
                continue
            if is_judged_by_words(header, position, found.fit):
                n, used, worded = used_in(held, first)
                distincts.add(f"words {position}", held.distinct.take(used), worded)
                by_words[position] += n
            received = ids_received(held, header, position, found.fit)
            if received is not None:
                distincts.add_ids(f"received {position}", received.trimmed.drop_null())
                ids.add(position)
    if len(blocks_of(found, [filled[position] > 0 for position in range(width)])) > 1:
        return None
    words = {}
    for position, n in by_words.items():
        used_n, worded_n = distincts.counts(f"words {position}")
        words[position] = Words(filled=n, used=used_n, worded=worded_n)
    names = {position: name for name, position in found.fit.positions.items() if position in ids}
    entire = Entire(
        width=width,
        words=words,
        ids_received={name: distincts.others(f"received {at}") for at, name in names.items()},
        ids={},
    )
    for position, name in names.items():
        column = found.fit.layout.column_named(name)
        for texts in distincts.ids(f"received {position}"):
            held = distinct_texts(np.arange(len(texts), dtype=np.int32), texts)
            clean = withheld_in(held, _header(found, position), position, found.fit, entire)
            distincts.add_ids(f"read {position}", ids_read(column, clean, found.fit, manner).drop_null())
        others = distincts.others(f"read {position}")
        entire.ids[name] = replace(others, twins=distincts.twins(f"read {position}", others))
    return entire


def _sifted(task: SheetTask, found: Found, pieces: Pieces, entire: Entire) -> Iterator[Sifted]:
    for loaded in pieces:
        columns = padded(held_columns(task, loaded, found), entire, loaded)
        first = header_rows(task, found, loaded.start)
        clean, _ = withhold(columns, found.headers, found.fit, first, entire=entire)
        below = sorted_rows(found.fit, found.headers, clean, first, frozenset())
        yield Sifted(loaded=loaded, columns=clean, first=first, rows=below.records)


def padded(columns: list[Held], entire: Entire, loaded: Loaded) -> list[Held]:
    """The columns of a piece, with as many as the widest piece has."""
    nothing = distinct_texts(np.full(loaded.rows, -1, np.int32), _NO_TEXTS)
    return columns + [nothing] * (entire.width - len(columns))


def _joined(
    task: SheetTask, found: Found, pieces: Pieces, entire: Entire, distincts: Distincts
) -> frozenset[str]:
    """The columns of days whose clock time stands in another column."""
    here = pairs(found)
    if not here:
        return frozenset()
    apart: set[str] = set()
    for sifted in _sifted(task, found, pieces, entire):
        for name, position, clock in here:
            day, time = sifted.columns[position], sifted.columns[clock]
            if not isinstance(day, Texts) or not isinstance(time, Texts):
                apart.add(name)
                continue
            if not is_of_days(day, sifted.rows):
                apart.add(name)
            distincts.add(f"clocks {clock}", *clocks(time, sifted.rows))
    return frozenset(
        name
        for name, _, clock in here
        if name not in apart and are_clocks(*distincts.counts(f"clocks {clock}"))
    )


def _said(task: SheetTask, found: Found, pieces: Pieces, entire: Entire) -> Entire:
    """How dates and numbers are written, and what columns hold anything, with all that was gathered."""
    fitted = found.fit
    said, telling, is_numbered = Said(), set[int](), True
    withheld: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    with lent(threads=task.threads) as connection:
        for sifted in _sifted(task, found, pieces, entire):
            columns, _ = with_clocks(found, sifted.columns, sifted.rows, entire)
            said += said_by(connection, fitted, columns, sifted.rows, manner_of(task, sifted.loaded))
            for position in {*fitted.unexpected, *fitted.kept} - telling:
                if tells(columns[position], sifted.rows):
                    telling.add(position)
            for name, position in fitted.positions.items():
                held = columns[position]
                if isinstance(held, Texts):
                    n_withheld, n_filled = withheld_among(held, sifted.rows)
                    withheld[name] += n_withheld
                    filled[name] += n_filled
            if not _header(found, 0):
                is_numbered = is_numbered and is_row_names(columns[0], sifted.first)
    return replace(
        entire,
        said=said,
        telling=frozenset(telling),
        throughout=frozenset(name for name, n in filled.items() if n == withheld[name]),
        is_numbered=is_numbered,
    )
