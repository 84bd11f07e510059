"""Tell by content whether a file is a document that mentions can be found in: a PDF, HTML, or text."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path

from paradero.documents.pages.originals import Format
from paradero.model.errors import SourceError

_HEAD = 8192
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*){0,20}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_REFUSED = (
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rt", "a rich-text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"Rar!", "a RAR archive"),
)


def clear_format(path: Path) -> Format | None:
    """`pdf` or `html` where the first bytes say so; None for everything else, text included. Raises
    SourceError where the file cannot be read.
    """
    head = _head(path)
    if head.lstrip()[:5] == b"%PDF-":
        return "pdf"
    return "html" if _HTML.match(_plain(head)) else None


def document_format(path: Path, name: str) -> Format:
    """The format of a file that is to be taken for a document; raises SourceError for what is none, saying
    what it is.
    """
    found = clear_format(path)
    if found is not None:
        return found
    head = _head(path)
    for magic, what in _REFUSED:
        if head.startswith(magic):
            raise SourceError(
                f"{name}: this is {what}, not a PDF, HTML or text file. Save it as PDF or text and add that."
            )
    if not head.strip():
        raise SourceError(f"{name}: the file is empty. Download or copy it again.")
    if not head.startswith(_BOMS) and b"\0" in head:
        raise SourceError(
            f"{name}: binary content, not a PDF, HTML or text file. Save it as PDF or text and add that."
        )
    _refuse_markup(path, head, name)
    return "text"


def _refuse_markup(path: Path, head: bytes, name: str) -> None:
    start = head.lstrip()[:5]
    if start == b"<?xml":
        raise SourceError(f"{name}: this is XML, and no HTML. Save it as HTML or text.")
    if start[:1] in (b"{", b"["):
        try:
            json.loads(path.read_bytes())
        except (ValueError, RecursionError):
            return
        raise SourceError(
            f"{name}: this is JSON, which no document or source of this version is. Save it as PDF, HTML or"
            " text."
        )


def _plain(head: bytes) -> bytes:
    """The first bytes without a byte order mark and, of UTF-16, without the zeros."""
    for mark in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].replace(b"\0", b"")
    return head


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError as error:
        raise SourceError(f"{path.name}: cannot be read ({error.strerror}). Check its path.") from error
