"""Rows that stand in two files of a release (the same table as workbook and as text), or in two sheets of
one: counted once, and told.

Rows of two parts (a sheet of a source each) are compared by their prints: the second of two equal rows of a
part matches the second of the other. A part repeats an earlier one of another file where at least half of the
rows of the smaller one match, and one of the same file where all of them do: then each match is a repeated
row. Fewer matches are chance, in tables without ids, and every row counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from paradero.building.ingested import ingested_folder
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import Source, sources_of
from paradero.casefile.seals import is_sealed
from paradero.engines.lending import lent
from paradero.model.addresses import ROWS_A_SOURCE
from paradero.sources.sheets.prints import print_files

REPEATED_ROWS = pa.schema([("row_id", pa.int64()), ("repeats_row", pa.int64())])
_NOT_COUNTED = (
    "facilities",
    "award_summaries",
    "award_transactions",
    "subawards",
)  # lists of names, and awards, which count each action once by its key

_MATCHES = f"""
WITH numbered AS (
  SELECT p.part, p.source_rank * {ROWS_A_SOURCE} + r.ordinal AS row_id, r.print,
    row_number() OVER (PARTITION BY p.part, r.print ORDER BY r.ordinal) AS copy
  FROM prints r JOIN parts p ON r.filename = p.path
),
sized AS (SELECT part, count(*) AS n FROM numbered GROUP BY part),
matched AS (
  SELECT l.part AS later, e.part AS earlier, l.row_id, e.row_id AS repeats_row
  FROM numbered l JOIN numbered e ON e.print = l.print AND e.copy = l.copy AND e.part < l.part
),
accepted AS (
  SELECT m.later, m.earlier, count(*) AS n
  FROM matched m JOIN sized s ON s.part = m.later JOIN sized z ON z.part = m.earlier
    JOIN parts a ON a.part = m.later JOIN parts b ON b.part = m.earlier
  GROUP BY m.later, m.earlier, s.n, z.n, a.source_rank, b.source_rank
  HAVING count(*) >= CASE WHEN a.source_rank = b.source_rank THEN s.n ELSE (least(s.n, z.n) + 1) // 2 END
)
"""
_SHARED = """
SELECT count(DISTINCT m.row_id), 0
FROM matched m JOIN accepted USING (later, earlier) JOIN parts a ON a.part = m.later
  JOIN parts b ON b.part = m.earlier
WHERE a.source_rank <> b.source_rank
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How many rows of a file repeat rows of another, of one kind."""

    kind: str
    other: Source
    rows: int
    is_same_release: bool


def repeated_rows(case: Casefile, sources: list[Source]) -> pa.Table:
    """The rows that repeat an earlier one of their release, each with that one: sources in the order
    given.
    """
    found: dict[int, int] = {}
    for release in dict.fromkeys(source.release for source in sources):
        parts: dict[str, list[dict[str, Any]]] = {}
        for rank, source in enumerate(sources):
            if source.release == release:
                for kind, path in _files(case, source):
                    parts.setdefault(kind, []).append(
                        {"path": str(path), "part": len(parts.get(kind, [])), "source_rank": rank}
                    )
        for of_kind in parts.values():
            if len(of_kind) > 1:
                text = (
                    _MATCHES
                    + "SELECT m.row_id, min(m.repeats_row) FROM matched m JOIN accepted USING (later,"
                    " earlier) GROUP BY m.row_id"
                )
                found |= dict(_asked(of_kind, text))
    rows = sorted(found.items())
    return pa.table(
        {"row_id": [row for row, _ in rows], "repeats_row": [other for _, other in rows]},
        schema=REPEATED_ROWS,
    )


def overlaps_of(case: Casefile, source: Source) -> list[Overlap]:
    """Which other files of the casefile hold rows of this one, whatever their release."""
    found = []
    own = list(_files(case, source))
    for other in sources_of(case):
        if (
            other.sha256 == source.sha256
            or not set(other.kinds) & set(source.kinds)
            or not is_sealed(ingested_folder(case, other))
        ):
            continue
        for kind in dict.fromkeys(kind for kind, _ in own):
            theirs = [path for of, path in _files(case, other) if of == kind]
            paths = [(0, path) for path in theirs] + [(1, path) for of, path in own if of == kind]
            parts = [
                {"path": str(path), "part": part, "source_rank": rank}
                for part, (rank, path) in enumerate(paths)
            ]
            rows = next(_asked(parts, _MATCHES + _SHARED))[0] if theirs else 0
            if rows:
                found.append(
                    Overlap(
                        kind=kind,
                        other=other,
                        rows=int(rows),
                        is_same_release=other.release == source.release,
                    )
                )
    return found


def _files(case: Casefile, source: Source) -> Iterator[tuple[str, Path]]:
    """(kind, prints) of each sheet of a source, in order."""
    for kind, path in print_files(ingested_folder(case, source)):
        if kind not in _NOT_COUNTED:
            yield kind, path


def _asked(parts: list[dict[str, Any]], text: str) -> Iterator[tuple[int, int]]:
    with lent() as connection:
        connection.register("parts", pa.Table.from_pylist(parts))
        connection.read_parquet([part["path"] for part in parts], filename=True).create_view("prints")
        rows: Iterable[tuple[int, int]] = connection.execute(text).fetchall()
        yield from rows
