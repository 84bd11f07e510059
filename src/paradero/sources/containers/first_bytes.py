"""Tell what a file is by its first bytes, never by its name."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from paradero.model.errors import SourceError
from paradero.sources.containers.dockets import is_docket
from paradero.sources.containers.texts.encodings import decoded, utf16_of
from paradero.sources.containers.unpacking import check_parts, unpacked

Container = Literal[
    "xlsx", "xls", "ods", "spreadsheetml", "html", "docket", "pdf", "parquet", "feather", "csv"
]

WORKBOOKS: tuple[Container, ...] = (
    "xlsx",
    "xls",
    "ods",
    "spreadsheetml",
    "html",
    "docket",
    "pdf",
)  # those that have sheets

_HTML = re.compile(rb"<(?:!doctype|html|head|body|table|meta|style|div|p|tr|td)\b", re.IGNORECASE)
_POINTERS = (
    (b"version https://git-lfs.github.com/spec/", "Git LFS", "git lfs pull"),
    (b"/annex/objects/", "git-annex", "git annex get"),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_MANIFEST = "META-INF/manifest.xml"
_LOCKED = "{name}: the workbook is locked by a password. Save a copy without password and add that."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED = {b"{\\rt": "a rich-text document", b"\x89PNG": "a picture", b"Rar!": "a RAR archive"}


# what a browser calls a file that it has not finished
_UNFINISHED = (".crdownload", ".part", ".partial", ".opdownload", ".download")
_SAVE_AS_TABLE = {
    b"SQLite format 3\0": "a database of SQLite",
    b"RDX": "a file of R",
    b"RDA": "a file of R",
    b"X\n\0\0": "a file of R",
    b"<stata_dta>": "a file of Stata",
    b"$FL2": "a file of SPSS",
    b"$FL3": "a file of SPSS",
}


def container_of(path: Path, name: str) -> Container:
    """The container of a file by content; raises SourceError for what is no table, with what to do.

    `name` is the name to speak of in messages. Gzipped text counts as csv.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(8192)
    except OSError as error:
        raise SourceError(f"{name}: cannot be read ({error.strerror}). Check its path.") from error
    if not head:
        raise SourceError(f"{name}: the file is empty. Download or copy it again.")
    if head[:4] == b"PK\x03\x04":
        return _inside_zip(path, name)
    if head[:8] == _OLE:
        return _inside_ole(path, name)
    if head[:4] == b"PAR1":
        with path.open("rb") as stream:
            stream.seek(-4, 2)
            if stream.read(4) != b"PAR1":
                raise SourceError(
                    f"{name}: the end of the Parquet file is missing (truncated). Copy it again."
                )
        return "parquet"
    if head[:6] == b"ARROW1" or head[:4] == b"FEA1" or head.lstrip()[:5] == b"%PDF-":
        return "pdf" if head.lstrip()[:1] == b"%" else "feather"
    for magic, what in _REFUSED.items():
        if head.startswith(magic):
            raise SourceError(
                f"{name}: this is {what}, not a workbook, Parquet, Feather or text table. Extract the table"
                " first."
            )
    check_pointer(head, name)
    head = unpacked(path, name, most=8192) if head[:2] == b"\x1f\x8b" else head
    _check_other_programs(head, name)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[", b"<") and is_docket(path):
        return "docket"
    return _of_text(head, name)


def _check_other_programs(head: bytes, name: str) -> None:
    """Raises SourceError for a download that a browser has not finished and for files of other programs."""
    if name.lower().endswith(_UNFINISHED):
        raise SourceError(
            f"{name}: a browser has not finished this file, and what is missing cannot be told from it."
            " Download it again; if it is whole, give it its own ending."
        )
    for magic, what in _SAVE_AS_TABLE.items():
        if head.startswith(magic):
            raise SourceError(
                f"{name}: this is {what}, which is not read. Save its table as .csv or .parquet."
            )


def check_pointer(head: bytes, name: str) -> None:
    """Raises SourceError where a file only names another that large-file storage holds."""
    for magic, program, fetch in _POINTERS:
        if head.startswith(magic):
            raise SourceError(
                f"{name}: this is only a pointer of {program} to the file. Fetch it (`{fetch}`) or download"
                " it from where it is kept, and add that."
            )


# letters of no text; databases write stray NUL bytes into theirs, other files hold many of all of these
_CONTROL = [bytes([code]) for code in (*range(9), *range(14, 32))]
_MOST_CONTROL = 50  # letters for one of them


def _of_text(head: bytes, name: str) -> Container:
    if utf16_of(head):
        head = decoded(head, cut=True).content.encode()
    if b"\x00" in head and sum(map(head.count, _CONTROL)) * _MOST_CONTROL > len(head):
        raise SourceError(
            f"{name}: binary content of no known kind, not a text table. See `paradero add --help` for what"
            " is read."
        )
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"<":
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
            return "spreadsheetml"
        if _HTML.search(start):
            return "html"
        raise SourceError(
            f"{name}: this is XML, and no workbook saved under this name. Save it as .xlsx or .csv."
        )
    if start[:1] in (b"{", b"["):
        raise SourceError(
            f"{name}: this is JSON, which no source kind of this version reads. Save it as a table, such as"
            " .csv."
        )
    return "csv"


def _inside_zip(path: Path, name: str) -> Container:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            check_parts(archive, name)
            form = archive.read("mimetype")[:100] if "mimetype" in names else b""
            locked = b"manifest:encryption-data" in archive.read(_MANIFEST) if _MANIFEST in names else False
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, zlib.error) as error:
        raise SourceError(
            f"{name}: the workbook is damaged or truncated ({error}). Copy or download it again."
        ) from error
    if any(entry.startswith("xl/") for entry in names):
        return "xlsx"
    if form.startswith(_OPEN_DOCUMENT):
        if locked:
            raise SourceError(_LOCKED.format(name=name))
        if form.startswith(_OPEN_DOCUMENT + b"spreadsheet") and "content.xml" in names:
            return "ods"
    if form.startswith(_OPEN_DOCUMENT) or "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise SourceError(
            f"{name}: this is a text or presentation of an office program, not a workbook. Save it as PDF and"
            " add that."
        )
    raise SourceError(
        f"{name}: this is a zip archive, not a workbook. Give it to `paradero add`, which takes its files."
    )


def _inside_ole(path: Path, name: str) -> Container:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise SourceError(_LOCKED.format(name=name))
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return "xls"
    raise SourceError(f"{name}: this is an old Office document, not a workbook. Extract the table first.")
