"""Tell what a file is by its first bytes, never by its name."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from paradero.model.errors import SourceError

Container = Literal["xlsx", "xls", "parquet", "feather", "csv"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED = {b"%PDF": "a PDF document", b"{\\rt": "a rich-text document", b"\x89PNG": "a picture", b"Rar!": "a RAR archive"}


def container_of(path: Path, name: str) -> Container:
    """The container of a file by content; raises SourceError for what is no table, with what to do.

    `name` is the name to speak of in messages. Gzipped text counts as csv.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(8192)
    except OSError as error:
        raise SourceError(f"{name}: expected a file that can be read, found none ({error.strerror}). Check its path.") from error
    if not head:
        raise SourceError(f"{name}: expected a table, found an empty file. Download or copy it again.")
    if head[:4] == b"PK\x03\x04":
        return _inside_zip(path, name)
    if head[:8] == _OLE:
        return _inside_ole(path, name)
    if head[:4] == b"PAR1":
        with path.open("rb") as stream:
            stream.seek(-4, 2)
            if stream.read(4) != b"PAR1":
                raise SourceError(f"{name}: expected a whole Parquet file, found its end missing (truncated). Copy it again.")
        return "parquet"
    if head[:6] == b"ARROW1" or head[:4] == b"FEA1":
        return "feather"
    for magic, what in _REFUSED.items():
        if head.startswith(magic):
            raise SourceError(f"{name}: expected a workbook, Parquet, Feather or text table, found {what}. Extract the table first.")
    _refuse_no_text(_gunzipped_head(path, name) if head[:2] == b"\x1f\x8b" else head, name)
    return "csv"


def _refuse_no_text(head: bytes, name: str) -> None:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise SourceError(f"{name}: expected UTF-8 or Windows-1252 text, found UTF-16. Save it as CSV UTF-8.")
    if b"\x00" in head:
        raise SourceError(f"{name}: expected a text table, found binary content of no known kind. See `paradero add --help` for what is read.")
    if head.lstrip()[:1] == b"<":
        raise SourceError(f"{name}: expected a table, found HTML or XML saved under this name. Save it as .xlsx or .csv.")
    if head.lstrip()[:1] in (b"{", b"["):
        raise SourceError(f"{name}: expected a table, found JSON. No source kind of this version reads JSON.")


def _inside_zip(path: Path, name: str) -> Container:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise SourceError(f"{name}: expected a whole workbook, found a damaged or truncated one ({error}). Copy or download it again.") from error
    if any(entry.startswith("xl/") for entry in names):
        return "xlsx"
    raise SourceError(f"{name}: expected an Excel workbook, found another kind of zip archive. Unpack it and add its files.")


def _inside_ole(path: Path, name: str) -> Container:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise SourceError(f"{name}: expected a readable workbook, found one locked by a password. Save a copy without password and add that.")
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return "xls"
    raise SourceError(f"{name}: expected a workbook, found another old Office document. Extract the table first.")


def _gunzipped_head(path: Path, name: str) -> bytes:
    try:
        with gzip.open(path) as stream:
            return stream.read(8192)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"{name}: expected whole gzipped text, found a damaged or truncated file ({error}). Copy it again.") from error
