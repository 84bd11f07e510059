"""Headers that stand twice: the columns are compared row by row, and where they differ the value is in doubt,
neither the one nor the other.
"""

from __future__ import annotations

from dataclasses import replace

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.containers.columnar import as_text
from paradero.sources.containers.parts import column_letters
from paradero.sources.fitting import Fit
from paradero.sources.held import Codes, Flags, Held, Texts, flags, texts_of
from paradero.sources.sheets.assumed import Assumed
from paradero.sources.values import typed
from paradero.sources.values.problems import Problem
from paradero.sources.values.readings import WHY, Manner, Read, Reading, Rows, reading_again

_BLANK, _DOUBT = WHY.index("blank"), WHY.index("unreadable")


def with_repeats(
    connection: duckdb.DuckDBPyConnection,
    fitted: Fit,
    headers: tuple[str | None, ...],
    columns: list[Held],
    rows: Rows,
    read: Read,
    manner: Manner,
) -> tuple[Read, list[Assumed]]:
    """The readings, each missing where a second column under its header says something else; and of each
    second column in how many rows it does.

    A second column that is blank in a row says nothing there.
    """
    readings = {reading.column.name: reading for reading in read.readings}
    assumed = []
    for name, position in fitted.repeated:
        reading = readings[name]
        if reading.held is None or reading.column.identifier:
            continue
        again = columns[position]
        other = reading_again(
            connection,
            reading.column,
            again if isinstance(again, Texts) else texts_of(as_text(again.values)),
            fitted,
            read,
            manner,
        )
        differing = rows[_differ(reading, other, rows)]
        where = (
            f"`{headers[position]}` in columns {column_letters(fitted.positions[name] + 1)} and"
            f" {column_letters(position + 1)}"
        )
        if len(differing):
            readings[name] = _doubted(reading, other, differing)
            said = Assumed(
                what="repeated_header",
                taken=f"{where}, which differ: neither is taken there",
                cells=len(differing),
                columns=name,
                is_open=True,
            )
        else:
            said = Assumed(what="repeated_header", taken=f"{where}, which nowhere differ", columns=name)
        assumed.append(said)
    return replace(read, readings=list(readings.values())), assumed


def _differ(reading: Reading, other: Reading, rows: Rows) -> Flags:
    """In which of the rows the second column says something, and not what the first one says."""
    kind = typed.ARROW[reading.column.type]
    one, two = (each.stored(rows).cast(kind) for each in (reading, other))
    why_one, why_two = reading.why_of(rows), other.why_of(rows)
    is_same = flags(pc.equal(one, two)) | (
        (why_one == why_two) & flags(pc.is_null(one)) & flags(pc.is_null(two))
    )
    differs: Flags = (why_two != _BLANK) & ~is_same
    return differs


def _doubted(reading: Reading, other: Reading, differing: Rows) -> Reading:
    """A reading without a value in some rows; each shows what both columns hold."""
    problem = "the same in both columns of this header"
    assert reading.values is not None and reading.why is not None  # noqa: S101, PT018 - the sheet has it
    if not isinstance(reading.held, Texts) or not isinstance(other.held, Texts):
        doubt = np.zeros(len(reading.values), np.bool_)
        doubt[differing] = True
        values = pc.if_else(
            pa.array(doubt), pa.scalar(None, typed.ARROW[reading.column.type]), reading.values
        )
        why = np.where(doubt, np.int8(_DOUBT), reading.why).astype(np.int8)
        return replace(
            reading,
            values=values,
            why=why,
            problems=(*reading.problems, Problem(name="columns_differ", expected=problem, flags=doubt)),
        )
    held = reading.held
    pairs, places = np.unique(
        np.stack([held.codes[differing], other.held.codes[differing]], axis=1), axis=0, return_inverse=True
    )
    one, two = (_texts(each, pairs[:, place]) for place, each in enumerate((held, other.held)))
    both = pc.binary_join_element_wise(one, two, " | ")
    codes = held.codes.copy()
    codes[differing] = (len(held.distinct) + places.reshape(-1)).astype(np.int32)
    more = np.zeros(len(pairs), np.bool_)
    doubt = np.append(np.zeros(len(held.distinct), np.bool_), ~more)
    return replace(
        reading,
        held=Texts(
            codes=codes,
            distinct=pa.concat_arrays([held.distinct, both]),
            trimmed=pa.concat_arrays([held.trimmed, both]),
            withheld=np.append(held.withheld, more),
        ),
        values=_longer(reading.values, len(pairs)),
        why=np.append(reading.why, np.full(len(pairs), _DOUBT, np.int8)),
        lo=_longer(reading.lo, len(pairs)),
        hi=_longer(reading.hi, len(pairs)),
        problems=(
            *(replace(each, flags=np.append(each.flags, more)) for each in reading.problems),
            Problem(name="columns_differ", expected=problem, flags=doubt),
        ),
        marks=(
            *((name, np.append(flagged, more)) for name, flagged in reading.marks),
            ("columns_differ", doubt),
        ),
    )


def _texts(held: Texts, codes: Codes) -> pa.Array:
    return pc.fill_null(held.trimmed.take(pa.array(codes, pa.int32(), mask=codes < 0)), "")


def _longer(values: pa.Array | None, by: int) -> pa.Array | None:
    return None if values is None else pa.concat_arrays([values, pa.nulls(by, values.type)])
