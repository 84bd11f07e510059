"""The rows of a large table in pieces, as often as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
from pyarrow import feather

from paradero.sources.containers.columnar import batches_of, unpacked_size
from paradero.sources.containers.texts.delimited import as_table
from paradero.sources.containers.texts.large import pieces_of, unpacked_file
from paradero.sources.sheets.loading import loaded_text
from paradero.sources.sheets.tasks import Loaded, SheetTask

_ROW = 128  # bytes that a row is reckoned at, where a piece of Parquet is measured by its rows


def is_large(task: SheetTask) -> bool:
    """Whether a table is taken in pieces: text or Parquet of more than may be held, as far as can be told."""
    if task.container == "csv":
        size = task.path.stat().st_size
        with task.path.open("rb") as stream:
            is_packed = stream.read(2) == b"\x1f\x8b"
        return size * (8 if is_packed else 1) > task.most_held  # text of tables packs to an eighth or so
    if task.container == "parquet":
        return unpacked_size(task.path, task.file_name) > task.most_held
    return False


class Pieces:
    """The pieces of a table. Text is parsed once, and kept in files of `folder` from then on."""

    def __init__(self, task: SheetTask, folder: Path) -> None:
        self._task, self._folder = task, folder
        self._kept: list[Loaded] = []
        self._plain: Path | None = None
        self._size = task.most_held // 4

    def first(self) -> Loaded:
        """The first piece."""
        return next(self._parsed())

    def __iter__(self) -> Iterator[Loaded]:
        if self._task.container != "csv":
            yield from self._parsed()
        elif self._kept:
            for number, loaded in enumerate(self._kept):
                yield replace(loaded, table=feather.read_table(self._file(number), memory_map=False))
        else:
            kept = []
            for number, loaded in enumerate(self._parsed()):
                encoded = [column.combine_chunks().dictionary_encode() for column in loaded.table.columns]
                table = pa.table(encoded, names=loaded.table.column_names)
                feather.write_feather(table, self._file(number), compression="lz4")
                kept.append(replace(loaded, table=pa.table({})))
                yield replace(loaded, table=table)
            self._kept = kept

    def _file(self, number: int) -> Path:
        return self._folder / f"piece-{number}.arrow"

    def _parsed(self) -> Iterator[Loaded]:
        """Each piece read from the file; all have the head of the first."""
        head: list[list[str | None]] | None = None
        for loaded in self._text() if self._task.container == "csv" else self._parquet():
            head = loaded.head if head is None else head
            yield replace(loaded, head=head)

    def _text(self) -> Iterator[Loaded]:
        name = self._task.file_name
        self._plain = self._plain or unpacked_file(self._task.path, name, self._folder)
        start = 0
        for text in pieces_of(self._plain, name, size=self._size):
            loaded = loaded_text(text, as_table(text, name, goes_on=start > 0), start)
            yield loaded
            start += loaded.rows

    def _parquet(self) -> Iterator[Loaded]:
        start = 0
        for table in batches_of(self._task.path, self._task.file_name, rows=max(self._size // _ROW, 1)):
            yield Loaded(
                table=table,
                rows=table.num_rows,
                head=[list(table.column_names)],
                in_file=table.num_rows,
                start=start,
            )
            start += table.num_rows
