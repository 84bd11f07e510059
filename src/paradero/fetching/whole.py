"""Whether what arrived is whole: gzip, JSON and tar are read to their ends, since a server's length can be
wrong; and whether it is a page of a site instead of the file.
"""

from __future__ import annotations

import re
import tarfile
import zlib
from pathlib import Path

import msgspec

from paradero.model.errors import SourceError

_BLOCK = 1 << 18
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_POINTER = b"version https://git-lfs"


class Interrupted(Exception):
    """A try failed in a way that the next one may not."""


def check_no_page(part: Path, name: str, url: str) -> None:
    """Raises SourceError, and removes it, where a page came in place of a file, as sites answer who is to log
    in or whose address is out of date, or only a pointer to a file kept elsewhere.
    """
    with part.open("rb") as file:
        head = file.read(2048).removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(head) and not name.lower().endswith((".html", ".htm")):
        what = "a web page came (a login, a notice or an error)"
    elif head.startswith(_POINTER):
        what = "a pointer of Git LFS came, not the file that it stands for"
    else:
        return
    part.unlink(missing_ok=True)
    raise SourceError(
        f"{url}: {what} in place of {name}. Open the address in a browser, and add the file by hand."
    )


def check_whole(part: Path, name: str) -> None:
    """Read what arrived to its end. Raises Interrupted, and removes it, where it is broken: a server's length
    can be wrong.
    """
    try:
        with part.open("rb") as file:
            head = file.read(512)
        if not head:
            raise ValueError("no bytes")
        if head[:2] == b"\x1f\x8b":
            _read_gzip(part)
        elif name.endswith(".json"):
            msgspec.json.decode(part.read_bytes())
        elif name.endswith(".tar"):
            _read_tar(part)
    except (ValueError, zlib.error, EOFError, tarfile.TarError, msgspec.DecodeError) as error:
        part.unlink(missing_ok=True)
        raise Interrupted(f"content that is broken ({error or type(error).__name__})") from error


def _read_gzip(part: Path) -> None:
    reader = zlib.decompressobj(31)
    with part.open("rb") as file:
        while block := file.read(_BLOCK):
            while block:
                reader.decompress(block)
                block = reader.unused_data if reader.eof else b""
                if reader.eof and block:
                    reader = zlib.decompressobj(31)
    if not reader.eof:
        raise EOFError("the gzip is cut")


def _read_tar(part: Path) -> None:
    with tarfile.open(part) as archive:
        for member in archive:
            if member.isfile():
                file = archive.extractfile(member)
                assert file is not None  # noqa: S101 - it is a file
                while file.read(_BLOCK):  # raises ReadError where the tar ends before its member
                    pass
