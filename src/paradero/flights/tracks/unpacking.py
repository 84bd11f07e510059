"""Take the files of positions out of fetched tars, whole or in parts, without trusting the names inside: a
name's last piece alone is used.
"""

from __future__ import annotations

import io
import re
import shutil
import tarfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from paradero.disk.whole_files import written_whole
from paradero.model.errors import SourceError

_TRACE = re.compile(r"trace_full_(~?[0-9a-f]{6})\.json")
_STATES = re.compile(r"states_.*\.csv(?:\.gz)?")
_PART = re.compile(r"\.tar(?:\.[a-z]{2})?$")


def unpacked(paths: Iterable[Path], folder: Path, *, hexes: Collection[str] = ()) -> list[Path]:
    """Write the traces (of these aircraft, or of all) and tables of states in tars to a folder; the files
    written or already there, in order.

    Parts of one tar (`.tar.aa`, `.tar.ab`, …) are read as one. Raises SourceError where a tar is damaged;
    what was written before it stays, each file whole.
    """
    series: dict[str, list[Path]] = {}
    for path in sorted(paths):
        if _PART.search(path.name):
            series.setdefault(_PART.sub("", path.name), []).append(path)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {code.lower() for code in hexes}
    found: list[Path] = []
    for name, parts in sorted(series.items()):
        joined: Any = _Joined(parts)
        try:
            with tarfile.open(fileobj=joined, mode="r|*") as archive:
                found += list(_members(archive, folder, wanted))
        except (tarfile.TarError, EOFError, OSError) as error:
            raise SourceError(
                f"{name}: the tar in {len(parts)} files is damaged ({error}). Fetch its parts again."
            ) from error
    return sorted(found)


def _members(archive: tarfile.TarFile, folder: Path, wanted: set[str]) -> Iterator[Path]:
    for member in archive:
        name = PurePosixPath(member.name).name
        trace = _TRACE.fullmatch(name)
        if (
            not member.isfile()
            or not (trace or _STATES.fullmatch(name))
            or (trace and wanted and trace[1] not in wanted)
        ):
            continue
        path = folder / name
        if not path.exists():
            file = archive.extractfile(member)
            assert file is not None  # noqa: S101 - it is a file
            with written_whole(path) as beside, beside.open("wb") as out:
                shutil.copyfileobj(file, out)  # raises ReadError where the tar ends before its member
        yield path


class _Joined(io.RawIOBase):
    """Several files read as one."""

    def __init__(self, paths: list[Path]) -> None:
        self._paths = list(paths)
        self._file: io.BufferedReader | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while True:
            if self._file is None:
                if not self._paths:
                    return 0
                self._file = self._paths.pop(0).open("rb")
            n_read = self._file.readinto(buffer)
            if n_read:
                return n_read
            self._file.close()
            self._file = None

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        super().close()
