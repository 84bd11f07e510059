"""Read gzipped bytes with an eye on how much comes out: what unpacks to hundreds of times its size is no
table, but meant to fill the memory.
"""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from pathlib import Path

from paradero.disk.bounded import gunzipped
from paradero.model.errors import SourceError

_ALWAYS = 100 << 20  # bytes that may come out whatever went in
_TIMES = 150  # of its own size: text of tables packs 5 to 50 times


def unpacked(path: Path, name: str, *, most: int | None = None) -> bytes:
    """The bytes of a file, uncompressed where it is gzipped, `most` at most; raises SourceError where it is
    damaged or unpacks beyond all measure.
    """
    with path.open("rb") as stream:
        zipped = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
        if not zipped:
            return stream.read() if most is None else stream.read(most)
    try:
        if most is None:
            return gunzipped(path.read_bytes(), name)
        with gzip.open(path) as unzipping:
            return unzipping.read(most)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(
            f"{name}: the gzipped text is damaged or truncated ({error}). Copy it again."
        ) from error


_COUNT = re.compile(rb'(?i)count="([0-9]{1,30})"')
_STRINGS = "xl/sharedStrings.xml"


def check_parts(archive: zipfile.ZipFile, name: str) -> None:
    """Raises SourceError where a part of a workbook unpacks beyond all measure."""
    for part in archive.infolist():
        if part.file_size > _ALWAYS and part.file_size > part.compress_size * _TIMES:
            raise SourceError(
                f"{name}: its part {part.filename} unpacks to {part.file_size:,} bytes, more than {_TIMES}"
                " times its size, as no workbook does. Save a copy of it in a spreadsheet program and add"
                " that."
            )
    if _STRINGS in archive.namelist():
        # the fast reader makes room for as many texts as the part says it has; each takes five letters at the
        # least
        with archive.open(_STRINGS) as stream:
            counts = [int(count) for count in _COUNT.findall(stream.read(2048))]
        if max(counts, default=0) > 10_000_000 and max(counts) > archive.getinfo(_STRINGS).file_size:
            raise SourceError(
                f"{name}: states {max(counts):,} texts, more than its part {_STRINGS} can hold. Save a copy"
                " of it in a spreadsheet program and add that."
            )
