"""Letters of a picture, read by the program tesseract where the machine has it: words with their boxes and
how sure it is of each. The picture goes to it by a pipe; nothing is written to the disk.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

SECONDS = 60  # the most that one page may take; a page that takes more stays unread, which is told
LANGUAGES = ("eng", "spa")

_VERSION = re.compile(r"tesseract\s+v?(\S+)")
_COLUMNS = 12
_WORD = "5"  # the level of a line of its table that is a word


@dataclass(frozen=True, slots=True, kw_only=True)
class Recogniser:
    """The program as it was found. `name` says which version and languages, because another version may read
    other letters.
    """

    path: str
    languages: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word in pixels of the picture from its top left corner; `confidence` from 0 to 100 is the program's
    own, and no probability. `line` tells the lines of a page apart, `block` the paragraphs.
    """

    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int
    block: tuple[str, ...]
    line: str


def recogniser() -> Recogniser | None:
    """The tesseract on this machine's path that knows English or Spanish; None where there is none."""
    path = shutil.which("tesseract")
    return _asked(path) if path else None


@functools.cache
def _asked(path: str) -> Recogniser | None:
    version = _VERSION.search(_heard([path, "--version"], b"") or "")
    known = (_heard([path, "--list-langs"], b"") or "").split()
    languages = "+".join(each for each in LANGUAGES if each in known)
    if version is None or not languages:
        return None
    return Recogniser(path=path, languages=languages, name=f"tesseract {version[1]} {languages}")


def read_words(picture: bytes, by: Recogniser, *, dpi: int) -> list[Word] | None:
    """The words of a picture (PGM) in reading order; None where the program failed or took too long."""
    asked = [by.path, "stdin", "stdout", "-l", by.languages, "--dpi", str(dpi), "tsv"]
    table = _heard(asked, picture)
    return None if table is None else words_of(table)


def words_of(table: str) -> list[Word]:
    """The words of tesseract's table (TSV): level, page, block, paragraph, line, word, left, top, width,
    height, confidence, text. What is no word, or blank, is left out.
    """
    found = []
    for row in table.splitlines():
        cells = row.split("\t", _COLUMNS - 1)
        if len(cells) < _COLUMNS or cells[0] != _WORD or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        found.append(
            Word(
                text=cells[11].strip(),
                confidence=float(cells[10]),
                left=left,
                top=top,
                right=left + width,
                bottom=top + height,
                block=(cells[2], cells[3]),
                line=cells[4],
            )
        )
    return found


def laid_out(words: Sequence[Word]) -> tuple[str, list[tuple[int, int, Word]]]:
    """The text of words, a blank between two, a line end after a line, an empty line after a paragraph; and
    where in it each stands.
    """
    text, places = "", []
    for _, paragraph in groupby(words, key=lambda word: word.block):
        text += "\n\n" if text else ""
        for n, (_, line) in enumerate(groupby(paragraph, key=lambda word: word.line)):
            text += "\n" if n else ""
            for at, word in enumerate(line):
                text += " " if at else ""
                places.append((len(text), len(text) + len(word.text), word))
                text += word.text
    return text, places


def _heard(command: list[str], given: bytes) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - the program on the path, told no word of a file
            command,
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # the same letters each time, and no fight for cores
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    # older versions say their version and languages on the error stream
    said = done.stdout if given or done.stdout.strip() else done.stderr
    return said.decode("utf-8", "replace") if done.returncode == 0 else None
