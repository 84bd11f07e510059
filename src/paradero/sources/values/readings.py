"""Declared columns as read from a sheet: typed values, why one is missing, and what is suspicious about which
text.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.fitting import Fit
from paradero.sources.held import BLANKS, Flags, Held, Texts, Values, encoded, flags, without
from paradero.sources.layouts import Column
from paradero.sources.missing import is_error, is_nothing, is_stand_in, plausible
from paradero.sources.values import typed
from paradero.sources.values.dates import DateOrder, Dates, Evidence, dates_of, has_short_years
from paradero.sources.values.entire import Entire, Said
from paradero.sources.values.numbers import Decimals, decimals_of, with_point
from paradero.sources.values.person_ids import Others, alike, lost_digits, names_nobody
from paradero.sources.values.problems import (
    ALL_DIGITS,
    EXPECTED,
    TWIN,
    Problem,
    identifying,
    problem,
    suspicions,
)

Rows = npt.NDArray[np.int64]

WHY = ("", "blank", "withheld", "unreadable", "not_in_release", "stand_in", "day_or_month")
_NUMERIC = ("number", "integer", "money")
# letters that nobody sees: zero-width and direction marks, soft hyphens, byte-order marks
_INVISIBLE = r"[\x{00AD}\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{206F}\x{FEFF}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """What holds for all cells of a source.

    `na_is_blank`: the text NA stands for a blank. `in_workbook`: its cells are those of a spreadsheet
    program. `comma_land`: semicolons part its columns, as where commas are decimal. `serial_epoch`: the day
    that serial numbers count from. `date_order`: the order of day and month, None where the sheet is to tell.
    `entire`: what all rows tell, where these are a piece of them.
    """

    na_is_blank: bool = False
    in_workbook: bool = False
    comma_land: bool = False
    serial_epoch: str = "1899-12-30"
    date_order: DateOrder | None = None
    entire: Entire | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One declared column of a sheet. `values` and `why` (codes into WHY) go with its distinct texts, or with
    its rows where it came typed.

    `held` is None where the sheet lacks the column. `form` says how its dates are written where that had to
    be inferred. `lo` and `hi` are the earlier and the later reading of dates whose day and month could be
    either, null elsewhere. `marks` flag what was assumed of which distinct text.
    """

    column: Column
    held: Held | None
    values: pa.Array | None = None
    why: npt.NDArray[np.int8] | None = None
    problems: tuple[Problem, ...] = ()
    form: str | None = None
    lo: pa.Array | None = None
    hi: pa.Array | None = None
    marks: tuple[tuple[str, Flags], ...] = ()

    def stored(self, rows: Rows) -> pa.Array:
        """The values of the given rows."""
        if self.held is None or self.values is None:
            return pa.nulls(len(rows), typed.ARROW[self.column.type])
        if isinstance(self.held, Values):
            return self.values if len(rows) == len(self.values) else self.values.take(pa.array(rows))
        if self.column.type != "text":
            return self.held.taken(rows, self.values)
        if len(self.values) > len(rows) // 2:
            return self.held.taken(rows, self.values)
        unique = self.values.dictionary_encode()
        codes = np.append(pc.fill_null(unique.indices, -1).to_numpy(zero_copy_only=False), -1)[
            self.held.codes[rows]
        ]
        return encoded(codes.astype(np.int32, copy=False), unique.dictionary)

    def why_of(self, rows: Rows) -> npt.NDArray[np.int8]:
        """For the given rows the code in WHY that says why there is no value; 0 where there is one."""
        if self.held is None or self.why is None:
            return np.full(len(rows), WHY.index("not_in_release"), np.int8)
        if isinstance(self.held, Values):
            return self.why[rows]
        return np.append(self.why, np.int8(WHY.index("blank")))[self.held.codes[rows]]

    def rows_with(self, problem: Problem, rows: Rows) -> Rows:
        """Those of the given rows that have a problem."""
        if isinstance(self.held, Texts):
            return rows[self.held.rows_of(problem.flags)[rows]]
        return rows[problem.flags[rows]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The declared columns of a sheet, and what all of them together say of how its dates and numbers are
    written; `own` is the part of the evidence that these rows give, where they are a piece of the sheet.
    """

    readings: list[Reading]
    evidence: Evidence
    own: Evidence
    date_order: DateOrder
    decimals: Decimals
    zones: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Text:
    """A column of text on its way: what is a blank or an error, the texts left to be read, and those read as
    dates.
    """

    column: Column
    held: Texts
    blank: Flags
    nothing: Flags
    error: Flags
    texts: pa.Array
    dates: Dates | None = None


def readings_of(
    connection: duckdb.DuckDBPyConnection, fitted: Fit, columns: list[Held], rows: Rows, manner: Manner
) -> Read:
    """All declared columns of a layout as found in the given rows of a sheet: first looked at together, then
    read each by itself.
    """
    begun, said = _looked_at(connection, fitted, columns, rows, manner)
    whole = manner.entire.said if manner.entire else said
    order = manner.date_order or whole.evidence.order()
    readings = []
    for column in fitted.layout.column:
        position = fitted.positions.get(column.name)
        if position is None:
            readings.append(Reading(column=column, held=None))
        elif column.name in begun:
            readings.append(_from_texts(connection, begun[column.name], order, whole.decimals, manner))
        else:
            held = columns[position]
            readings.append(
                _from_values(column, held) if isinstance(held, Values) else Reading(column=column, held=None)
            )
    return Read(
        readings=readings,
        evidence=whole.evidence,
        own=said.evidence,
        date_order=order,
        decimals=whole.decimals,
        zones=whole.zones,
    )


def said_by(
    connection: duckdb.DuckDBPyConnection, fitted: Fit, columns: list[Held], rows: Rows, manner: Manner
) -> Said:
    """What the given rows say of how dates and numbers are written."""
    return _looked_at(connection, fitted, columns, rows, manner)[1]


def _looked_at(
    connection: duckdb.DuckDBPyConnection, fitted: Fit, columns: list[Held], rows: Rows, manner: Manner
) -> tuple[dict[str, _Text], Said]:
    begun: dict[str, _Text] = {}
    said = Said()
    for column in fitted.layout.column:
        held = columns[fitted.positions[column.name]] if column.name in fitted.positions else None
        if not isinstance(held, Texts):
            continue
        begun[column.name] = text = _begun(column, held, fitted.layout.nothing, manner)
        if column.type == "timestamp":
            text.dates = dates_of(connection, text.texts, epoch=manner.serial_epoch)
            said += Said(evidence=text.dates.evidence(held.times(rows)), zones=text.dates.zones)
        elif column.type in _NUMERIC:
            said += Said(decimals=decimals_of(text.texts))
    return begun, said


def ids_read(column: Column, held: Texts, fitted: Fit, manner: Manner) -> pa.Array:
    """The distinct ids of a column as they are read, whoever they name or do not name."""
    return _seen(column, _begun(column, held, fitted.layout.nothing, manner).texts)[0]


def reading_again(
    connection: duckdb.DuckDBPyConnection,
    column: Column,
    held: Texts,
    fitted: Fit,
    read: Read,
    manner: Manner,
) -> Reading:
    """A second column of text under the header of a declared one, read as the sheet was read."""
    text = _begun(column, held, fitted.layout.nothing, manner)
    if column.type == "timestamp":
        text.dates = dates_of(connection, text.texts, epoch=manner.serial_epoch)
    return _from_texts(connection, text, read.date_order, read.decimals, manner)


def _from_values(column: Column, held: Values) -> Reading:
    values, why = held.values, np.zeros(len(held.values), np.int8)
    marks: tuple[tuple[str, Flags], ...] = ()
    if column.type == "timestamp":
        stand_in = is_stand_in(values)
        values = without_some(plausible(values), stand_in)
        marks = _marks(stand_in=stand_in)
    missing, blank = flags(pc.is_null(values)), flags(pc.is_null(held.values))
    why[missing] = np.where(blank, WHY.index("blank"), WHY.index("unreadable"))[missing]
    for _, flagged in marks:
        why[flagged] = WHY.index("stand_in")
    problems = (
        Problem(name="unreadable", expected=EXPECTED[column.type], flags=why == WHY.index("unreadable")),
    )
    return Reading(column=column, held=held, values=values, why=why, problems=problems, marks=marks)


def without_some(values: pa.Array, marked: Flags) -> pa.Array:
    """The values with null in place of the marked ones."""
    return pc.if_else(pa.array(marked), pa.scalar(None, values.type), values) if marked.any() else values


def _marks(**marks: Flags) -> tuple[tuple[str, Flags], ...]:
    return tuple((name, flagged) for name, flagged in marks.items() if flagged.any())


def _begun(column: Column, held: Texts, more: list[str], manner: Manner) -> _Text:
    nothing = is_nothing(
        column, held.trimmed, more=more, na_is_blank=manner.na_is_blank, in_workbook=manner.in_workbook
    )
    error = is_error(held.trimmed, in_workbook=manner.in_workbook) & ~nothing
    blank = flags(pc.is_null(held.trimmed)) | nothing
    return _Text(
        column=column,
        held=held,
        blank=blank,
        nothing=nothing,
        error=error,
        texts=without(held.trimmed, (blank | held.withheld | error) & flags(pc.is_valid(held.trimmed))),
    )


def _from_texts(
    connection: duckdb.DuckDBPyConnection, text: _Text, order: DateOrder, decimals: Decimals, manner: Manner
) -> Reading:
    column, held, texts = text.column, text.held, text.texts
    none = np.zeros(len(texts), np.bool_)
    stand_in, both, lo, hi, invisible, swapped, cut, twin = none, none, None, None, none, none, none, none
    if column.identifier:
        values = pa.nulls(len(texts), pa.string())
    elif text.dates is not None:
        values, both = text.dates.in_order(order)
        if both.any():
            both &= flags(pc.is_valid(plausible(text.dates.month_first)))
        stand_in = is_stand_in(values)
        values = plausible(without_some(values, stand_in))
        if both.any():
            bounds = text.dates.bounds()
            lo, hi = (pc.if_else(pa.array(both), bound, pa.scalar(None, bound.type)) for bound in bounds)
    elif column.type in _NUMERIC:
        pointed, unclear = with_point(
            texts, decimals, comma_land=manner.comma_land, in_workbook=manner.in_workbook
        )
        swapped = flags(pc.not_equal(pointed, texts))
        values = typed.parsed(connection, without(pointed, unclear), column.type)
    else:
        values, invisible = _seen(column, texts)
    if column.is_id:
        others = manner.entire.ids.get(column.name) if manner.entire else None
        stand_in, cut, twin = _not_known(values, others)
        values = without(values, (stand_in | cut | twin) & flags(pc.is_valid(values)))
    capital = none
    if column.is_code:
        values, capital = _in_capitals(values)
    missing = flags(pc.is_null(values))
    why = _why_missing(
        missing, blank=text.blank, withheld=held.withheld, stand_in=stand_in, day_or_month=both
    )
    present = ~text.blank & ~held.withheld
    unreadable = (why == WHY.index("unreadable")) & ~text.error & ~cut & ~twin
    problems = (
        identifying(present)
        if column.identifier
        else suspicions(column, texts, unreadable, text.error, invisible)
    )
    problems += (*problem("id_precision_lost", ALL_DIGITS, cut), *problem("id_twin", TWIN, twin))
    marks = _marks(
        nothing=text.nothing,
        day_or_month=both,
        decimal_comma=swapped,
        invisible=invisible,
        id_in_doubt=cut | twin,
        id_twin=twin,
        letter_case=capital,
        **{"nobody" if column.is_id else "stand_in": stand_in},
    )
    return Reading(
        column=column,
        held=held,
        values=values,
        why=why,
        problems=problems,
        form=_form(column, texts, order),
        lo=lo,
        hi=hi,
        marks=marks,
    )


def _why_missing(missing: Flags, **reasons: Flags) -> npt.NDArray[np.int8]:
    """Of each value the number of the reason why it is missing, the first that holds; 0 where it is not."""
    return np.select(
        [~missing, *reasons.values()], [0, *(WHY.index(name) for name in reasons)], WHY.index("unreadable")
    ).astype(np.int8)


def _seen(column: Column, texts: pa.Array) -> tuple[pa.Array, Flags]:
    """Texts without the letters that nobody sees, in ids and codes: two that differ only by these are one.
    And which texts had any.
    """
    if not (column.is_id or column.is_code or column.states):
        return texts, np.zeros(len(texts), np.bool_)
    had = flags(pc.match_substring_regex(texts, _INVISIBLE))
    if not had.any():
        return texts, had
    seen = pc.utf8_trim(pc.replace_substring_regex(texts, _INVISIBLE, ""), BLANKS)
    return without(seen, flags(pc.equal(seen, ""))), had


def _in_capitals(codes: pa.Array) -> tuple[pa.Array, Flags]:
    """Codes in capitals, full-width letters as plain ones, and which were not written so."""
    capitals = pc.utf8_upper(pc.utf8_normalize(codes, form="NFKC"))
    return capitals, flags(pc.not_equal(capitals, codes))


def _not_known(ids: pa.Array, others: Others | None) -> tuple[Flags, Flags, Flags]:
    """Which ids stand for nobody, which lost digits, and of which another differs only in how it is written:
    none of them names somebody for certain.
    """
    nobody = names_nobody(ids, others)
    cut = lost_digits(ids, others) & ~nobody
    found = others.twins if others else alike(without(ids, nobody | cut))
    twins = [spelling for spellings in found.values() for spelling in spellings]
    return nobody, cut, flags(pc.is_in(ids, value_set=pa.array(twins, pa.string()))) & flags(pc.is_valid(ids))


def _form(column: Column, texts: pa.Array, order: DateOrder) -> str | None:
    if column.type != "timestamp":
        return None
    numeric = pc.any(pc.match_substring_regex(texts, r"^[0-9]{1,2}([/.-])[0-9]{1,2}[/.-][0-9]{2}")).as_py()
    parts = ["day/month/year"] if numeric and order == "dmy" else []
    parts += ["two-digit years"] if has_short_years(texts) else []
    return ", ".join(parts) or None
