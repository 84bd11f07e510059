"""The columns of a sheet as held while it is typed: text as codes into its distinct texts, so that each is
looked at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]

BLANKS = " \t\n\r\u00a0"
# A cell that is nothing but exemption marks: b(6), b(7)c | (b)(6);(B)(7)(C) | (b)(7)(E ) | b)(4) |
# (b)(6),(b)(7)c) | (b)(6) and (b)(7)(C)
_MARK = r"\(?b\s*\)?\s*\(\s*[1-9][0-9]?\s*\)"
_LETTER = r"\(?\s*[a-f](?:\s*\)|\b)"
REDACTED = (
    rf"(?i)^{_MARK}(?:[\s,;&]|and\b|{_MARK}|\(\s*[1-9][0-9]?\s*\)|{_LETTER}|[a-f]{_MARK}|[1-9]\s*\)|\))*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """A column of text: row i holds `distinct[codes[i]]`, or nothing where the code is -1.

    `trimmed` is null where a distinct text is blank; `withheld` marks those that are nothing but an exemption
    mark.
    """

    codes: Codes
    distinct: pa.Array
    trimmed: pa.Array
    withheld: Flags

    def rows_of(self, flags: Flags) -> Flags:
        """For each row whether its text is among the flagged ones."""
        return np.append(flags, False)[self.codes]

    def filled(self) -> Flags:
        """For each row whether it holds more than blanks."""
        return self.rows_of(flags(pc.is_valid(self.trimmed)))

    def times(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """How often each distinct text stands in the given rows."""
        return np.bincount(self.codes[rows] + 1, minlength=len(self.distinct) + 1)[1:]

    def taken(self, rows: npt.NDArray[np.int64], values: pa.Array) -> pa.Array:
        """For the given rows the value that goes with their text."""
        codes = self.codes[rows]
        return values.take(pa.array(codes, pa.int32(), mask=codes < 0))

    def raw(self) -> pa.Array:
        """The column as it stands in the source."""
        return encoded(self.codes, self.distinct)


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """A column that came typed (Parquet, Feather): null where blank."""

    values: pa.Array

    def filled(self) -> Flags:
        """For each row whether it holds a value."""
        return flags(pc.is_valid(self.values))


Held = Texts | Values

_MANY = (
    10_000  # texts above which a dictionary costs more than it saves: Parquet repeats it in every row group
)


def encoded(codes: Codes, texts: pa.Array) -> pa.Array:
    """Texts by their codes (-1 is null): as a dictionary where it is a small one, else plain."""
    places = pa.array(codes, pa.int32(), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(places, texts) if len(texts) <= _MANY else texts.take(places)


def texts_of(column: pa.ChunkedArray | pa.Array) -> Texts:
    """A column of text (plain or dictionary-encoded) as codes."""
    whole = _whole(column)
    if not pa.types.is_dictionary(whole.type):
        whole = whole.dictionary_encode()
    codes = pc.fill_null(whole.indices.cast(pa.int32()), -1).to_numpy(zero_copy_only=False)
    return distinct_texts(codes, whole.dictionary.cast(pa.string()))


def _whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    if isinstance(column, pa.Array):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    whole = column.unify_dictionaries().combine_chunks()
    return (
        pa.concat_arrays(whole.cast(pa.large_string()).chunks)
        if isinstance(whole, pa.ChunkedArray)
        else whole
    )  # more text than one array of strings holds


def distinct_texts(codes: Codes, distinct: pa.Array) -> Texts:
    """Codes with their texts, looked at."""
    trimmed = pc.utf8_trim(distinct, BLANKS)
    empty = flags(pc.equal(trimmed, ""))
    return Texts(codes=codes, distinct=distinct, trimmed=without(trimmed, empty), withheld=_withheld(trimmed))


def without(texts: pa.Array, marked: Flags) -> pa.Array:
    """The texts with null in place of the marked ones."""
    return pc.if_else(pa.array(marked), pa.scalar(None, pa.string()), texts) if marked.any() else texts


def _withheld(trimmed: pa.Array) -> Flags:
    marked = flags(
        pc.or_(pc.starts_with(trimmed, "("), pc.starts_with(trimmed, "b", ignore_case=True))
    )  # a cheap look first
    places = np.flatnonzero(marked)
    marked[places] = flags(pc.match_substring_regex(trimmed.take(pa.array(places)), REDACTED))
    return marked


def flags(booleans: pa.Array | pa.ChunkedArray) -> Flags:
    """Arrow booleans as numpy ones, null as false."""
    return np.array(pc.fill_null(booleans, False).to_numpy(zero_copy_only=False), dtype=np.bool_)
