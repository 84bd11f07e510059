"""Decode text as it comes: UTF-8, UTF-16 with and without a mark, Windows-1252; line by line where a file has
several.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

_UTF16 = "utf-16-le", "utf-16-be"
_LOOKED_AT = 4096
_SHOWN = 5  # lines of another encoding that are named


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text, and how it was decoded: `encoding` of the file, `odd_lines` those (from 1) that are in another,
    which is Windows-1252.
    """

    content: str
    encoding: str
    odd_lines: tuple[int, ...] = ()

    @property
    def is_mixed(self) -> bool:
        """Whether some lines are in another encoding."""
        return bool(self.odd_lines)

    @property
    def words(self) -> str:
        """In words, for the list of assumptions."""
        return in_words(self.encoding, self.odd_lines, len(self.odd_lines))


def in_words(encoding: str, odd_lines: Sequence[int], n_odd: int) -> str:
    """An encoding for the list of assumptions, where `n_odd` lines are in another, `odd_lines` the first."""
    if not n_odd:
        return encoding
    shown = ", ".join(f"{line:,}" for line in odd_lines[:_SHOWN]) + (", …" if n_odd > _SHOWN else "")
    return f"{encoding}, but {n_odd:,} {'line' if n_odd == 1 else 'lines'} of windows-1252 ({shown})"


def utf16_of(head: bytes) -> str | None:
    """The byte order of UTF-16, by its mark, or by zeros in every other place of the first bytes; None where
    it is none.
    """
    for mark, name in ((codecs.BOM_UTF16_LE, _UTF16[0]), (codecs.BOM_UTF16_BE, _UTF16[1])):
        if head.startswith(mark):
            return name
    looked = head[:_LOOKED_AT]
    even, odd = looked[::2].count(0), looked[1::2].count(0)
    half = len(looked) // 2
    if half < 2 or b"\0\0" in looked[: half & ~1]:
        return None
    if odd * 10 >= half * 7 and not even:
        return _UTF16[0]
    return _UTF16[1] if even * 10 >= half * 7 and not odd else None


def decoded(raw: bytes, *, cut: bool = False) -> Decoded:
    """Decode the bytes of a file; `cut`: they are its beginning, and may end within a letter."""
    if order := utf16_of(raw):
        whole = raw[: len(raw) & ~1] if cut else raw
        text = whole.decode(order, "ignore" if cut else "replace")
        return Decoded(
            content=text.removeprefix("\ufeff"),
            encoding=f"{order}, {'with' if text.startswith(chr(0xFEFF)) else 'without'} a mark",
        )
    for trim in range(4 if cut else 1):
        try:
            return Decoded(
                content=(raw[: len(raw) - trim] if trim else raw).decode("utf-8-sig"), encoding="utf-8"
            )
        except UnicodeDecodeError:
            continue
    return _by_line(raw.removeprefix(codecs.BOM_UTF8))


def _by_line(raw: bytes) -> Decoded:
    """UTF-8 where a line is that, else Windows-1252; all of it Windows-1252 where no line with an accent is
    UTF-8.
    """
    lines, odd, has_utf8 = raw.split(b"\n"), [], False
    texts = []
    for number, line in enumerate(lines, start=1):
        try:
            texts.append(line.decode("utf-8"))
            has_utf8 = has_utf8 or not line.isascii()
        except UnicodeDecodeError:
            texts.append(western(line)[0])
            odd.append(number)
    if has_utf8:
        return Decoded(content="\n".join(texts), encoding="utf-8", odd_lines=tuple(odd))
    content, name = western(raw)
    return Decoded(content=content, encoding=name)


def western(raw: bytes) -> tuple[str, str]:
    """Bytes of one letter each as text, and the encoding: Windows-1252, or Latin-1 where it has no letter."""
    try:
        return raw.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError:  # five bytes have no letter there
        return raw.decode("latin-1"), "latin-1"
