"""Counts of a table as a file: by columns, whole for one's own eyes, through the gate where they are
published.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from paradero.building.tables import Built, legible
from paradero.casefile.outside import check_outside
from paradero.disclosure.admitting import check_may_be_counted
from paradero.disclosure.asked import Publishing
from paradero.disclosure.cells import Cell, Region, in_words
from paradero.disclosure.counting import Asked, cells_of, counted, has_rows_without_id
from paradero.disclosure.gate import Passed, Population, pass_gate, profile_for, ungated
from paradero.disclosure.shown import Line, lines_of, note_of_profile, words
from paradero.exports.publishing import file_of, put
from paradero.model.answer import Answer
from paradero.model.errors import ParaderoError


class Written(Answer, frozen=True, kw_only=True):
    """A file of counts: how many cells it has and withholds, what its reader has to know of cells that
    spreadsheets would run, what it says of disclosure control, and its number, where small counts are
    withheld.
    """

    n_cells: int
    n_withheld: int
    formulas: str | None
    disclosure_control: str
    publication: int | None


def export_counts(
    built: Built,
    asked: Asked,
    output: Path,
    *,
    note: dict[str, str],
    language: str,
    publishing: Publishing | None,
) -> Written:
    """Write the counts that are asked for to `output`. With `publishing` they pass the gate, and are
    registered before the file is there. Raises what the gate, `counted` and `export` raise.
    """
    check_outside(output)
    relation = legible(built, asked.table)
    population = counted(relation, asked)
    profile = None if publishing is None else profile_for(built.case, publishing.named)[0]
    is_gated = profile is not None and profile.gated
    if profile is not None and profile.gated:
        n_releases = len({source.release for source in built.receipt.sources})
        check_may_be_counted(relation, asked, population, profile, n_releases=n_releases)
    remarks = _remarks(relation, asked, population, language, is_gated=is_gated)
    made: list[Written] = []

    def render(passed: Passed) -> bytes:
        lines = lines_of(asked, cells_of(asked, population.dimensions), _decisions(passed))
        said = (
            words()["unpublished"](language)
            if publishing is None
            else note_of_profile(
                passed.profile, passed.is_default, [*passed.cells().values()], language, number=passed.number
            )
        )
        said = " ".join([said, *remarks])
        table = _table(asked, lines, said, language)
        content, formulas = file_of(
            built.connection.from_arrow(table),
            output,
            name=asked.table,
            note=note_to_leave(note, passed.number) | {"disclosure control": said},
        )
        cells = [line for line in lines if line.mark != "sum"]
        n_withheld = sum(line.number is None for line in cells)
        made.append(
            Written(
                n_cells=len(cells),
                n_withheld=n_withheld,
                formulas=formulas,
                disclosure_control=said,
                publication=passed.number,
            )
        )
        return content

    if publishing is None:
        content = render(ungated(population))
    else:
        _, content = pass_gate(
            built.case,
            publishing.named,
            [population],
            what=what_of(asked),
            build=built.receipt.digest,
            render=render,
        )
    put(output, content, is_out=publishing is not None)
    return made[0]


def note_to_leave(note: dict[str, str], number: int | None) -> dict[str, str]:
    """The note of a file: that of a numbered publication names neither the casefile nor the digest of its
    build, by which a guess at the records could be tried.
    """
    if number is None:
        return note
    kept = {name: said for name, said in note.items() if name not in ("case", "digest")}
    return kept | {"publication": str(number)}


def what_of(asked: Asked) -> str:
    """What is asked for, as the register has it."""
    by = f" by {', '.join(asked.by)}" if asked.by else ""
    return f"{asked.of} of {asked.table}{by}: {in_words(asked.where)}"


def _decisions(passed: Passed) -> dict[Region, Cell]:
    return {cell.region: cell for counts in passed.counts for cell in counts.cells}


def _remarks(
    relation: duckdb.DuckDBPyRelation, asked: Asked, population: Population, language: str, *, is_gated: bool
) -> list[str]:
    found = []
    # under the gate always: whether there are such rows among those that were asked for tells of them
    if (is_gated and asked.of == "people") or has_rows_without_id(relation, asked):
        found.append(words()["without_id"](language))
    if not all(one.parts for one in population.dimensions if one.column in asked.by):
        found.append(words()["several"](language))
    return found


def _table(asked: Asked, lines: list[Line], said: str, language: str) -> pa.Table:
    every = words()["all"](language)
    columns: dict[str, pa.Array] = {
        column: pa.array([every if place in line.sums else line.values[place] for line in lines], pa.string())
        for place, column in enumerate(asked.by)
    }
    own = {
        asked.of: pa.array([line.number for line in lines], pa.int64()),
        "mark": pa.array([words()[line.mark](language) for line in lines], pa.string()),
        "cells_withheld": pa.array([line.n_withheld for line in lines], pa.int64()),
        "disclosure_control": pa.array([said] * len(lines), pa.string()),
    }
    clashing = sorted(own.keys() & columns.keys())
    if clashing:
        raise ParaderoError(
            f"`--by {clashing[0]}` is the name of a column of the counts. Count by another column."
        )
    return pa.table(columns | own)
