"""Files as people bring them: by themselves, in a folder, or in an archive within an archive.

What an archive holds is unpacked beside, one file at a time, under a name that the archive cannot choose a
place by. What is not taken is told, each with why.
"""

from __future__ import annotations

import lzma
import shutil
import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from paradero.disk.bounded import copied
from paradero.model.errors import SourceError

_DEEPEST = 3
_MOST_FILES = 10_000
_OTHER_ZIPS = ("xl/", "word/", "ppt/", "mimetype")  # by these an office document is told from an archive
_FOREIGN = {
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\xfd7zXZ\x00": "packed with xz",
    b"BZh": "packed with bzip2",
    b"\x28\xb5\x2f\xfd": "packed with Zstandard",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file to be added: where it lies now, the name to speak of it by, and the archives it was in, the
    outermost first, with its place in the last.
    """

    path: Path
    name: str
    within: tuple[str, ...] = ()

    @property
    def origin(self) -> str | None:
        """Where it was taken from, in words; None where it was given by itself."""
        return " in ".join(reversed(self.within)) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A file that is not taken, and why: `is_odd` where somebody may miss it, not where it is the computer's
    own.
    """

    name: str
    why: str
    is_odd: bool = True


def brought(paths: list[Path], *, casefile: str) -> Iterator[Brought | Left]:
    """All files under the paths, folders gone through by name, archives unpacked; each unpacked file is there
    until the next is asked for. A folder that holds a file named `casefile` is a casefile: its files are none
    that somebody brings.
    """
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, casefile)
        else:
            yield from _opened(path, path.name, (), 0)


def _in_folder(folder: Path, casefile: str) -> Iterator[Brought | Left]:
    folder = folder.resolve()
    if (folder / casefile).exists() or any(
        (above / casefile).exists() and folder.relative_to(above).parts[0] in ("sources", "build")
        for above in folder.parents
    ):
        yield Left(
            name=str(folder), why="a folder of a casefile itself. Name the folder that the files are in."
        )
        return
    casefiles = [each.parent for each in folder.rglob(casefile)]
    if not any(path.is_file() for path in folder.rglob("*")):
        yield Left(name=folder.name, why="this folder holds no file.")
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder.parent))
        if path.is_dir() or any(path.is_relative_to(each) for each in casefiles):
            if path in casefiles:
                yield Left(name=name, why="a casefile", is_odd=False)
            continue
        if own := _of_the_computer(PurePosixPath(path.relative_to(folder).as_posix())):
            yield Left(name=name, why=own, is_odd=False)
        elif path.is_symlink() or not path.is_file():
            yield Left(name=name, why="a link or device, no file of its own. Name the file it points at.")
        else:
            yield from _opened(path, name, (), 0)


def _opened(path: Path, name: str, within: tuple[str, ...], depth: int) -> Iterator[Brought | Left]:
    reader = _reader(path) if path.is_file() else None
    if reader is None:
        packed = _foreign(path) if path.is_file() else None
        if packed:
            yield Left(name=name, why=f"this is {packed}, which is not read. Unpack it and add its files.")
        else:
            yield Brought(path=path, name=name, within=within)
        return
    if depth == _DEEPEST:
        yield Left(name=name, why=f"an archive within {_DEEPEST} others. Unpack it and add its files.")
        return
    with tempfile.TemporaryDirectory(prefix="paradero-unpacked-") as folder:
        try:
            for found in reader(path, name, Path(folder)):
                if isinstance(found, Left):
                    yield found
                    continue
                yield from _opened(
                    found.path, found.name, (*within, *_places(within, path.name, found)), depth + 1
                )
                found.path.unlink(missing_ok=True)
        except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError) as error:
            yield Left(name=name, why=f"the archive is damaged or cut ({error}). Copy or download it again.")


def _places(within: tuple[str, ...], archive: str, found: Brought) -> tuple[str, ...]:
    member = found.within[-1]
    return (member,) if within else (archive, member)


Reader = Callable[[Path, str, Path], Iterator[Brought | Left]]


def _reader(path: Path) -> Reader | None:
    """What unpacks the file; None where it is no archive."""
    try:
        if zipfile.is_zipfile(path):
            return None if _is_office(path) else _zipped
        return _tarred if path.stat().st_size and tarfile.is_tarfile(path) else None
    except (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile):
        return None


def _is_office(path: Path) -> bool:
    with path.open("rb") as stream:
        if stream.read(2) != b"PK":  # something else with a zip behind it
            return True
    with zipfile.ZipFile(path) as archive:
        return any(name.startswith(_OTHER_ZIPS) for name in archive.namelist())


def _foreign(path: Path) -> str | None:
    with path.open("rb") as stream:
        head = stream.read(8)
    return next((what for magic, what in _FOREIGN.items() if head.startswith(magic)), None)


def _zipped(path: Path, name: str, folder: Path) -> Iterator[Brought | Left]:
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        for number, member in enumerate(members):
            if number == _MOST_FILES:
                yield _too_many(name, len(members))
                return
            place = member.filename
            if stat.S_ISLNK(member.external_attr >> 16):
                yield Left(name=f"{name}/{place}", why="a link, no file of its own.")
            elif member.flag_bits & 1:
                yield Left(
                    name=f"{name}/{place}", why="locked by a password. Unpack it and add the file itself."
                )
            else:
                try:
                    with archive.open(member) as stream:
                        yield _laid_out(stream, folder, number, name, place, member.compress_size)
                except NotImplementedError as error:
                    yield Left(
                        name=f"{name}/{place}",
                        why=f"packed in a way that is not read ({error}). Unpack it and add it.",
                    )
                except (SourceError, zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError) as error:
                    yield Left(name=f"{name}/{place}", why=f"cannot be unpacked ({error}).")


def _tarred(path: Path, name: str, folder: Path) -> Iterator[Brought | Left]:
    packed = path.stat().st_size
    with tarfile.open(path, "r:*") as archive:
        for number, member in enumerate(archive):
            if number == _MOST_FILES:
                yield _too_many(name, None)
                return
            if member.isdir():
                continue
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is None:
                yield Left(name=f"{name}/{member.name}", why="a link or device, no file of its own.")
                continue
            try:
                with stream:
                    yield _laid_out(stream, folder, number, name, member.name, packed)
            except SourceError as error:
                yield Left(name=f"{name}/{member.name}", why=f"cannot be unpacked ({error}).")


def _too_many(name: str, files: int | None) -> Left:
    holds = f"{files:,} files" if files else f"more than {_MOST_FILES:,} files"
    return Left(
        name=name, why=f"holds {holds}; the first {_MOST_FILES:,} were taken. Unpack it for the rest."
    )


def _laid_out(
    stream: IO[bytes], folder: Path, number: int, name: str, place: str, packed: int
) -> Brought | Left:
    """The member written beside under its last name alone, in a folder of its own."""
    inside = PurePosixPath(place.replace("\\", "/"))
    if own := _of_the_computer(inside):
        return Left(name=f"{name}/{place}", why=own, is_odd=False)
    last = inside.name
    if not last.isprintable() or last in ("", ".", ".."):
        return Left(
            name=f"{name}/{place!a}", why="a name that cannot be read. Unpack it, rename it and add it."
        )
    shutil.rmtree(folder / str(number - 1), ignore_errors=True)
    into = folder / str(number)
    into.mkdir()
    path = into / last[-200:]
    with path.open("wb") as out:
        copied(stream, out, packed, f"{name}/{place}")
    return Brought(path=path, name=f"{name}/{place}", within=(place,))


def _of_the_computer(place: PurePosixPath) -> str | None:
    """Why a file is none that a person put there, or None."""
    if "__MACOSX" in place.parts or place.name.startswith("._"):
        return "a file of macOS about another"
    if place.name in (".DS_Store", "Thumbs.db", "desktop.ini") or place.name.startswith("~$"):
        return "a file of the file manager or of a program that has another open"
    return "hidden" if any(part.startswith(".") and part not in (".", "..") for part in place.parts) else None
