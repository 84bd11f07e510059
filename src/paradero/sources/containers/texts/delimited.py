"""Read delimited text as it comes: any of four delimiters or columns in line, three line ends, several
encodings, gzipped or not, preamble rows first.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from paradero.model.errors import SourceError
from paradero.sources.containers.texts.encodings import decoded
from paradero.sources.containers.texts.fixed_width import Cuts, cuts_despite, cuts_of, records_of
from paradero.sources.containers.texts.stray_quotes import without_stray_quotes
from paradero.sources.containers.unpacking import unpacked

_DELIMITERS = ",|;\t"
_NAMES = {",": "comma", "|": "bar", ";": "semicolon", "\t": "tab", "": "columns in line"}
_LOOKED_AT = 200
LONGEST = 200  # lines that one record may span


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A delimited file, decoded. `encoding` is what it was read as; `delimiter` one character, "" where
    `cuts` part its columns; `width` their usual number; `stray_quotes` on how many lines a quote stands for
    itself.
    """

    content: str
    encoding: str
    delimiter: str
    width: int
    cuts: Cuts = ()
    is_mixed: bool = False
    stray_quotes: int = 0

    @property
    def delimiter_words(self) -> str:
        """What parts its columns."""
        return _NAMES[self.delimiter]


def read_text(path: Path, name: str, *, most_bytes: int | None = None) -> Text:
    """Decode a file (gzipped or not) and find its delimiter.

    Raises SourceError for damaged gzip and for text without any row of two columns.
    """
    found = decoded(unpacked(path, name, most=most_bytes), cut=most_bytes is not None)
    content = found.content.replace("\r\n", "\n").replace("\r", "\n")
    return text_of(
        content, name, is_cut=most_bytes is not None, encoding=found.words, is_mixed=found.is_mixed
    )


def text_of(content: str, name: str, *, is_cut: bool, encoding: str, is_mixed: bool) -> Text:
    """Text with its delimiter found and its stray quotes freed; `is_cut`: it is the beginning of a file.

    NUL bytes stay in it, to be told by their rows (`without_nuls`). Raises SourceError as `read_text`.
    """
    if content.count("\0") * _MOST_NULS > len(content):
        line = content.count("\n", 0, content.index("\0")) + 1
        raise SourceError(
            f"{name}, line {line}: NUL bytes stand where text should, too many to be strays. The file is"
            " damaged there or no text; copy or export it again."
        )
    if (
        max(line.count(each) for line in content[:4_000_000].split("\n", 200)[:200] for each in _DELIMITERS)
        >= _MOST_COLUMNS
    ):
        raise SourceError(
            f"{name}: a line has more than {_MOST_COLUMNS:,} columns, as no table does. Check that this is"
            " the table."
        )
    content, stray_quotes = without_stray_quotes(content, is_cut=is_cut)
    delimiter, width, is_even = delimiter_of(content)
    lines = content[:1_000_000].split("\n")
    cuts = cuts_despite(lines, delimiter) if is_even else cuts_of(lines)
    if width < 2 or cuts:
        if not cuts:
            raise SourceError(
                f"{name}: no columns found (comma, bar, semicolon, tab, or kept in line by blanks). Check"
                " that this is the table."
            )
        delimiter, width = "", len(cuts)
    return Text(
        content=content,
        encoding=encoding,
        delimiter=delimiter,
        width=width,
        cuts=cuts,
        is_mixed=is_mixed,
        stray_quotes=stray_quotes,
    )


_MOST_NULS = 20  # letters for one NUL byte: holes of a damaged file have more
_MOST_COLUMNS = 16_384  # of a spreadsheet's sheet; a line of millions takes gigabytes to part


def delimiter_of(content: str) -> tuple[str, int, bool]:
    """The delimiter that parts most rows alike, and into how many columns: "," into 1 where none does; and
    whether most rows are so parted.
    """
    best, looked = (0, ",", 1), 1
    for delimiter in _DELIMITERS:
        widths = Counter(len(record) for record in _records(content, delimiter, _LOOKED_AT) if record)
        width, times = max(
            widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0)
        )
        if width > 1 and (times, width) > (best[0], best[2]):
            best, looked = (times, delimiter, width), widths.total()
    return best[1], best[2], best[0] * 5 >= looked * 4


def _records(content: str, delimiter: str, most: int) -> list[list[str]]:
    head = content if len(content) < 4_000_000 else content[:4_000_000]
    records = []
    try:
        for record in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            records.append(record)
            if len(records) >= most:
                break
    except csv.Error:
        pass
    return records


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Records of a text as a table of text: columns c0, c1, …; record j is row j + 1.

    `ragged` are the rows that were too long or too short: a short record is padded with nulls, the surplus
    cells of a long one are kept in further columns. `count` is how many records there are by another count.
    `nuls` are the cells out of which NUL bytes were left: row, position of the column, how many.
    """

    table: pa.Table
    ragged: tuple[int, ...]
    count: int
    nuls: tuple[tuple[int, int, int], ...] = ()


def as_table(text: Text, name: str, *, rows: int | None = None, goes_on: bool = False) -> Records:
    """All records, or the first `rows`; `goes_on`: others stand before them, of as many columns.

    Raises SourceError at quotes that nobody closes.
    """
    table, ragged, count = _records_of(text, name, rows, goes_on=goes_on)
    table, nuls = without_nuls(table) if "\0" in text.content else (table, ())
    return Records(table=table, ragged=tuple(ragged), count=count, nuls=nuls)


def _records_of(text: Text, name: str, rows: int | None, *, goes_on: bool) -> tuple[pa.Table, list[int], int]:
    if text.cuts:
        lines = text.content.removesuffix("\n").split("\n")
        cells = records_of(lines if rows is None else lines[:rows], text.cuts)
        return *_from_records(cells, text.width, goes_on=goes_on), len(lines)
    head = _records(text.content, text.delimiter, rows or _LOOKED_AT)
    if rows is not None:
        return *_from_records(head[:rows], text.width, goes_on=goes_on), len(head[:rows])
    preamble = 0
    while not goes_on and preamble < len(head) and len(head[preamble]) != text.width:
        preamble += 1
    table, count = _quickly(text, _skip_lines(text.content, head[:preamble])), _count(text, name)
    if table is None or table.num_rows != count - preamble:
        return *_from_records(list(all_records(text, name)), text.width, goes_on=goes_on), count
    top, _ = _from_records(head[:preamble], text.width, goes_on=goes_on)
    return pa.concat_tables([top, table], promote_options="default"), [], count


def without_nuls(table: pa.Table) -> tuple[pa.Table, tuple[tuple[int, int, int], ...]]:
    """The table without NUL bytes, and the cells that had any: row (from 1), position, how many."""
    nuls: list[tuple[int, int, int]] = []
    for position, column in enumerate(table.columns):
        counts = pc.fill_null(pc.count_substring(column, "\0"), 0).to_numpy()
        rows = np.flatnonzero(counts)
        if len(rows):
            nuls += [(int(row) + 1, position, int(counts[row])) for row in rows]
            clean = pc.replace_substring(column, "\0", "")
            table = table.set_column(position, table.column_names[position], clean)
    return table, tuple(sorted(nuls))


def _quickly(text: Text, start: int) -> pa.Table | None:
    """The records from a place in the text by Arrow's reader; None where one is of another width or cannot be
    parsed.
    """
    names = [f"c{position}" for position in range(text.width)]
    try:
        return arrow_csv.read_csv(
            io.BytesIO(text.content[start:].encode()),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=16 << 20),
            parse_options=arrow_csv.ParseOptions(
                delimiter=text.delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None


def all_records(text: Text, name: str) -> Iterator[list[str]]:
    """Every record; raises SourceError at a quote that is not closed, rather than take the rest of the file
    for one cell.
    """
    reader = csv.reader(io.StringIO(text.content, newline=""), delimiter=text.delimiter, strict=True)
    line = 0
    try:
        for record in reader:
            if reader.line_num - line > LONGEST:
                raise csv.Error(f"a cell of {reader.line_num - line} lines")
            line = reader.line_num
            yield record
    except csv.Error as error:
        raise not_closed(name, line, str(error)) from error


def not_closed(name: str, lines: int, why: str) -> SourceError:
    """What is said of a record behind so many `lines` whose quotes are broken."""
    return SourceError(
        f"{name}, line {lines + 1}: the quotes of a record are not closed ({why}). Correct the quotes"
        " there in a copy."
    )


def _count(text: Text, name: str) -> int:
    if '"' not in text.content:
        return text.content.count("\n") + (bool(text.content) and not text.content.endswith("\n"))
    return sum(1 for _ in all_records(text, name))


def _skip_lines(content: str, records: list[list[str]]) -> int:
    position = 0
    for record in records:
        for _ in range(1 + sum(cell.count("\n") for cell in record)):
            position = content.index("\n", position) + 1
    return position


def _cell(record: list[str], place: int, width: int) -> str | None:
    """A cell of a record; a line without a letter has as many empty ones as others, as Arrow reads it."""
    if place < len(record):
        return record[place]
    return "" if not record and place < width else None


def _from_records(records: list[list[str]], width: int, *, goes_on: bool) -> tuple[pa.Table, list[int]]:
    widest = max([width, *map(len, records)]) if records else width
    columns = {
        f"c{i}": pa.array([_cell(record, i, width) for record in records], pa.string()) for i in range(widest)
    }
    whole = (number for number, record in enumerate(records) if len(record) == width)
    first = 0 if goes_on else next(whole, len(records))
    ragged = [
        number + 1
        for number, record in enumerate(records)
        if number >= first and len(record) not in (0, width)
    ]
    return pa.table(columns), ragged
