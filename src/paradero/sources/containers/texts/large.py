"""Read a delimited text of any size a piece at a time: whole records, decoded as all of it is encoded."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from paradero.disk.bounded import copied
from paradero.model.errors import SourceError
from paradero.sources.containers.texts.delimited import LONGEST, Text, not_closed, text_of
from paradero.sources.containers.texts.encodings import in_words, utf16_of, western
from paradero.sources.containers.texts.stray_quotes import columns_of, freed

_HEAD = 4_000_000  # letters in which the delimiter is looked for, as in a text that is read whole
_BLOCK = 1 << 20
_NO_WESTERN = [bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)]  # no letters of Windows-1252
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How all of a file is decoded: by `codec`, or line by line where it is None, as UTF-8 or else
    Windows-1252; `words` say so.
    """

    codec: str | None
    words: str
    is_mixed: bool = False


def unpacked_file(path: Path, name: str, beside: Path) -> Path:
    """The file itself, or its content as a file of its own in the folder `beside` where it is gzipped; raises
    SourceError where it is damaged or unpacks beyond all measure.
    """
    with path.open("rb") as stream:
        if stream.read(2) != b"\x1f\x8b":
            return path
    plain = beside / "unpacked"
    try:
        with gzip.open(path) as packed, plain.open("wb") as out:
            copied(packed, out, path.stat().st_size, name)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(
            f"{name}: the gzipped text is damaged or truncated ({error}). Copy it again."
        ) from error
    return plain


def encoding_of(path: Path) -> Encoding:
    """How a file is encoded, by all of its bytes; the same as `decoded` says of them."""
    with path.open("rb") as stream:
        head = stream.read(4096)
        order = utf16_of(head)
        if order:
            mark = codecs.BOM_UTF16_LE if order == "utf-16-le" else codecs.BOM_UTF16_BE
            return Encoding(
                codec=order, words=f"{order}, {'with' if head.startswith(mark) else 'without'} a mark"
            )
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
            return Encoding(codec="utf-8", words="utf-8")
        except UnicodeDecodeError:
            pass
    return _by_line(path)


def _by_line(path: Path) -> Encoding:
    has_utf8, is_western, n_odd, number = False, True, 0, 0
    odd: list[int] = []
    for block in _lines_of(path):
        is_western = is_western and not any(code in block for code in _NO_WESTERN)
        try:
            block.decode("utf-8")
            has_utf8 = has_utf8 or not block.isascii()
            number += block.count(b"\n")
        except UnicodeDecodeError:
            for line in block.removesuffix(b"\n").split(b"\n"):
                number += 1
                try:
                    line.decode("utf-8")
                    has_utf8 = has_utf8 or not line.isascii()
                except UnicodeDecodeError:
                    n_odd += 1
                    odd += [number] if len(odd) < _SHOWN else []
    if has_utf8:
        return Encoding(codec=None, words=in_words("utf-8", odd, n_odd), is_mixed=True)
    return (
        Encoding(codec="cp1252", words="windows-1252")
        if is_western
        else Encoding(codec="latin-1", words="latin-1")
    )


def _lines_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file in blocks of whole lines, without a mark at its beginning."""
    rest = b""
    with path.open("rb") as stream:
        if stream.read(3) != codecs.BOM_UTF8:
            stream.seek(0)
        while block := stream.read(_BLOCK):
            end = block.rfind(b"\n") + 1
            if not end:
                rest += block
                continue
            yield rest + block[:end]
            rest = block[end:]
    if rest:
        yield rest


def _letters(path: Path, encoding: Encoding) -> Iterator[str]:
    """The text of a file block by block, its line ends as they are."""
    if encoding.codec is None:
        for block in _lines_of(path):
            try:
                yield block.decode("utf-8")
            except UnicodeDecodeError:
                yield "\n".join(map(_line, block.split(b"\n")))
        return
    decoder = codecs.getincrementaldecoder(encoding.codec)(
        "replace" if encoding.codec.startswith("utf-16") else "strict"
    )
    is_first = True
    with path.open("rb") as stream:
        if stream.read(3) != codecs.BOM_UTF8:
            stream.seek(0)
        while block := stream.read(_BLOCK):
            text = decoder.decode(block)
            yield text.removeprefix("\ufeff") if is_first else text
            is_first = False
        yield decoder.decode(b"", final=True)


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return western(line)[0]


def _blocks(path: Path, encoding: Encoding, size: int) -> Iterator[str]:
    """The text in blocks of some `size` letters, each line ended by a line feed."""
    parts: list[str] = []
    length, held = 0, ""
    for letters in _letters(path, encoding):
        text, held = held + letters, ""
        if text.endswith("\r"):  # the line feed that belongs to it may be the next letter
            text, held = text[:-1], "\r"
        parts.append(text.replace("\r\n", "\n").replace("\r", "\n"))
        length += len(parts[-1])
        if length >= size:
            yield "".join(parts)
            parts, length = [], 0
    yield "".join(parts) + held.replace("\r", "\n")


def pieces_of(path: Path, name: str, *, size: int) -> Iterator[Text]:
    """The text of a file in pieces of whole records, some `size` letters each; of each as much is known as of
    the whole, its stray quotes apart.

    Raises SourceError as `read_text` does, and at quotes that nobody closes.
    """
    encoding = encoding_of(path)
    head = next(_blocks(path, encoding, _HEAD))[:_HEAD]
    shape = text_of(head, name, is_cut=True, encoding=encoding.words, is_mixed=encoding.is_mixed)
    columns = columns_of(head)
    rest, n_lines = "", 0
    for content, n_stray in _freed(_blocks(path, encoding, size), columns):
        text = rest + content
        end = len(text) if shape.cuts or '"' not in text else _end_of_records(text, shape, name, n_lines)
        if end:
            yield replace(shape, content=text[:end], stray_quotes=n_stray)
            n_lines += text.count("\n", 0, end)
        rest = text[end:]
    if rest:
        raise not_closed(name, n_lines, "unexpected end of data")


def _freed(blocks: Iterator[str], columns: tuple[str, int]) -> Iterator[tuple[str, int]]:
    """Blocks of whole lines with their stray quotes freed, and how many lines had any: the last line waits
    for the one after it.
    """
    waiting = ""
    for block in blocks:
        text = waiting + block
        end = text.rfind("\n") + 1
        last = text.rfind("\n", 0, max(end - 1, 0)) + 1
        if not last:
            waiting = text
            continue
        clean, n_stray = freed(text[:end], columns, is_cut=True)
        yield clean[: len(clean) - (end - last)], n_stray
        waiting = text[last:]
    if waiting:
        yield freed(waiting, columns, is_cut=False)


def _end_of_records(text: str, shape: Text, name: str, n_lines: int) -> int:
    """Where the last record of a text ends whose last one may be cut within its quotes."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=shape.delimiter, strict=True)
    line = 0
    try:
        for _ in reader:
            if reader.line_num - line > LONGEST:
                raise not_closed(name, n_lines + line, f"a cell of {reader.line_num - line} lines")
            line = reader.line_num
        return len(text)
    except csv.Error as error:
        if str(error) != "unexpected end of data" or reader.line_num - line > LONGEST:
            raise not_closed(name, n_lines + line, str(error)) from error
    end = 0
    for _ in range(line):
        end = text.index("\n", end) + 1
    return end
