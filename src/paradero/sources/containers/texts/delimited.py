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

import pyarrow as pa
from pyarrow import csv as arrow_csv

from paradero.model.errors import SourceError
from paradero.sources.containers.texts.encodings import decoded
from paradero.sources.containers.texts.fixed_width import Cuts, cuts_despite, cuts_of, records_of
from paradero.sources.containers.texts.stray_quotes import without_stray_quotes
from paradero.sources.containers.unpacking import unpacked

_DELIMITERS = ",|;\t"
_NAMES = {",": "comma", "|": "bar", ";": "semicolon", "\t": "tab", "": "columns in line"}
_LOOKED_AT = 200
_LONGEST = 200  # lines that one record may span


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
    if "\0" in content:
        line = content.count("\n", 0, content.index("\0")) + 1
        raise SourceError(
            f"{name}, line {line}: a NUL byte stands where text should. The file is damaged there or no"
            " text; copy or export it again."
        )
    if (
        max(line.count(each) for line in content[:4_000_000].split("\n", 200)[:200] for each in _DELIMITERS)
        >= _MOST_COLUMNS
    ):
        raise SourceError(
            f"{name}: a line has more than {_MOST_COLUMNS:,} columns, as no table does. Check that this is"
            " the table."
        )
    content, stray_quotes = without_stray_quotes(content, is_cut=most_bytes is not None)
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
        encoding=found.words,
        delimiter=delimiter,
        width=width,
        cuts=cuts,
        is_mixed=bool(found.odd_lines),
        stray_quotes=stray_quotes,
    )


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


def as_table(text: Text, name: str, *, rows: int | None = None) -> tuple[pa.Table, list[int], int]:
    """All records as an Arrow table of text (columns c0, c1, …; record j is row j + 1), the rows that were
    too long or too short, and how many records the file has.

    A short record is padded with nulls; the surplus cells of a long one are kept in further columns.
    """
    if text.cuts:
        lines = text.content.removesuffix("\n").split("\n")
        return *_from_records(
            records_of(lines if rows is None else lines[:rows], text.cuts), text.width
        ), len(lines)
    head = _records(text.content, text.delimiter, rows or _LOOKED_AT)
    if rows is not None:
        return *_from_records(head[:rows], text.width), len(head[:rows])
    preamble = 0
    while preamble < len(head) and len(head[preamble]) != text.width:
        preamble += 1
    table, count = _quickly(text, _skip_lines(text.content, head[:preamble])), _count(text, name)
    if table is None or table.num_rows != count - preamble:
        return *_from_records(list(_all_records(text, name)), text.width), count
    top, _ = _from_records(head[:preamble], text.width)
    return pa.concat_tables([top, table], promote_options="default"), [], count


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


def _all_records(text: Text, name: str) -> Iterator[list[str]]:
    """Every record; raises SourceError at a quote that is not closed, rather than take the rest of the file
    for one cell.
    """
    reader = csv.reader(io.StringIO(text.content, newline=""), delimiter=text.delimiter, strict=True)
    line = 0
    try:
        for record in reader:
            if reader.line_num - line > _LONGEST:
                raise csv.Error(f"a cell of {reader.line_num - line} lines")
            line = reader.line_num
            yield record
    except csv.Error as error:
        raise SourceError(
            f"{name}, line {line + 1}: the quotes of a record are not closed ({error}). Correct the quotes"
            " there in a copy."
        ) from error


def _count(text: Text, name: str) -> int:
    if '"' not in text.content:
        return text.content.count("\n") + (bool(text.content) and not text.content.endswith("\n"))
    return sum(1 for _ in _all_records(text, name))


def _skip_lines(content: str, records: list[list[str]]) -> int:
    position = 0
    for record in records:
        for _ in range(1 + sum(cell.count("\n") for cell in record)):
            position = content.index("\n", position) + 1
    return position


def _from_records(records: list[list[str]], width: int) -> tuple[pa.Table, list[int]]:
    widest = max([width, *map(len, records)]) if records else width
    columns = {
        f"c{i}": pa.array([record[i] if i < len(record) else None for record in records], pa.string())
        for i in range(widest)
    }
    first = next((number for number, record in enumerate(records) if len(record) == width), len(records))
    ragged = [
        number + 1
        for number, record in enumerate(records)
        if number >= first and len(record) not in (0, width)
    ]
    return pa.table(columns), ragged
