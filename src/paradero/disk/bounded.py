"""Files that somebody made: read as far as they are files, and unpacked as far as an honest one would be."""

from __future__ import annotations

import gzip
import stat
import zlib
from pathlib import Path
from typing import IO

from paradero.model.errors import SourceError

# tables and traces shrink to a tenth or twentieth; what unpacks to more than this many times its size was
# made to fill a machine
_MOST_TIMES = 100
_ALWAYS = 64_000_000
_CHUNK = 1 << 20


def check_regular(path: Path) -> None:
    """Raises SourceError where there is no file, or what is there is a folder, a pipe or a device: reading
    those may never end.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise SourceError(f"{path}: no such file. Check its name.") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}). Check its permissions.") from error
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "a pipe" if stat.S_ISFIFO(mode) else "a device or socket"
        raise SourceError(f"{path}: this is {what}, no file. Name a file.")


def regular_bytes(path: Path) -> bytes:
    """The content of a file; raises SourceError where it is none."""
    check_regular(path)
    return path.read_bytes()


def copied(stream: IO[bytes] | gzip.GzipFile, out: IO[bytes], packed: int, name: str) -> None:
    """Write all of a stream that unpacks `packed` bytes; raises SourceError where more comes out than any
    honest file would hold.
    """
    most, size = max(_ALWAYS, _MOST_TIMES * packed), 0
    while part := stream.read(_CHUNK):
        size += len(part)
        if size > most:
            raise SourceError(_bloated(name, most))
        out.write(part)


def _bloated(name: str, most: int) -> str:
    return (
        f"{name}: unpacks to more than {most // 1_000_000:,} MB, {_MOST_TIMES} times its size, which no file"
        " of records does. Unpack it yourself to look."
    )


def gunzipped(raw: bytes, name: str) -> bytes:
    """Gzip content, unpacked. Raises SourceError where it unpacks to more than any honest file would,
    EOFError or zlib.error where it is damaged.
    """
    most = max(_ALWAYS, _MOST_TIMES * len(raw))
    parts: list[bytes] = []
    size, rest = 0, raw
    while rest:
        unpacker = zlib.decompressobj(31)
        while not unpacker.eof:
            part = unpacker.decompress(rest, _CHUNK)
            rest = unpacker.unconsumed_tail if not unpacker.eof else unpacker.unused_data
            size += len(part)
            if size > most:
                raise SourceError(_bloated(name, most))
            parts.append(part)
            if not part and not rest and not unpacker.eof:
                raise EOFError("the gzip is cut")
        if rest and not rest.startswith(b"\x1f\x8b"):
            rest = rest.lstrip(b"\0")  # padding
            if rest and not rest.startswith(b"\x1f\x8b"):
                raise EOFError("something follows the gzip")
    return b"".join(parts)
