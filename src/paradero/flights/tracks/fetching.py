"""Fetch files politely: one request at a time, a pause between two, an agent that names itself, and the
server's word when it asks to wait.

What arrives goes to `NAME.part`, which a later try goes on with (`Range`, with `If-Range`, so that pieces of
two versions are never mixed). It becomes `NAME` when its length is what the server said and its content is
whole (gzip, JSON and tar are read to their ends); a broken one never replaces a whole one. `manifest.json` in
the folder lists address, size, SHA-256 and time of every file. Sources: RFC 9110, sections 10.2.3, 13.1.5,
14, 15.5.17; RFC 6585, section 4.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
import http.client
import json
import os
import tarfile
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from paradero import __version__
from paradero.flights.tracks.archives import Wish
from paradero.model.errors import SourceError

AGENT = f"paradero/{__version__} (audit of public flight records; one request at a time)"
MANIFEST = "manifest.json"
TRIES = 6
LONGEST_WAIT_S = 900.0
_BLOCK = 1 << 18
_TIMEOUT_S = 60.0
_AGAIN = {408, 425, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What became of one wish: `fetched`, `kept` (it was there, whole) or `absent` (the server has no such
    file).
    """

    file: str
    url: str
    outcome: str
    size: int
    sha256: str | None


class Interrupted(Exception):
    """A try failed in a way that the next one may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How politely: seconds between requests, tries a file, and the functions that wait and tell the time
    (tests give their own).
    """

    pause_seconds: float = 2.0
    tries: int = TRIES
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)


def fetch(
    wishes: Iterable[Wish], folder: Path, manners: Manners, tell: Callable[[str], None]
) -> list[Fetched]:
    """Fetch all files into a folder, one after the other. Raises SourceError where a file cannot be had
    whole; those before it stay, and so does its beginning.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found: list[Fetched] = []
    is_over: set[str] = set()
    is_first = True
    for wish in wishes:
        series = wish.file.rpartition(".")[0]
        if wish.is_part and series in is_over:
            continue
        there = _kept(folder, wish)
        if there is None:
            if not is_first:
                manners.sleep(manners.pause_seconds)
            is_first = False
            there = _fetch(wish, folder, manners, tell)
        if wish.is_part and there.outcome == "absent":
            is_over.add(series)
        tell(
            f"{there.outcome} {there.file}"
            + (f" {there.size:,} bytes, SHA-256 {there.sha256}" if there.sha256 else "")
        )
        found.append(there)
    return found


def manifest_of(folder: Path) -> dict[str, dict[str, Any]]:
    """The entries of a folder's manifest by file name; none where there is no manifest. Raises SourceError
    where it is damaged.
    """
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"files": []}
        return {entry["file"]: entry for entry in found["files"]}
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{path}: the manifest of an earlier fetch is damaged ({error}). Move the folder away and fetch"
            " again."
        ) from error


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _kept(folder: Path, wish: Wish) -> Fetched | None:
    """The file where an earlier fetch of the same address left it whole; None where it is to be fetched.
    Raises SourceError over a file that is not ours.
    """
    path = folder / wish.file
    if not path.exists():
        return None
    entry = manifest_of(folder).get(wish.file)
    if entry is None or entry["url"] != wish.url:
        where = "that the manifest does not know" if entry is None else f"from {entry['url']}"
        raise SourceError(
            f"{path}: there is no room for {wish.url}: a file stands {where}. Name another folder."
        )
    if sha256_of(path) != entry["sha256"]:
        raise SourceError(
            f"{path}: its SHA-256 is not {entry['sha256']}: it was changed. Move it away to fetch it again."
        )
    return Fetched(file=wish.file, url=wish.url, outcome="kept", size=entry["bytes"], sha256=entry["sha256"])


def _fetch(wish: Wish, folder: Path, manners: Manners, tell: Callable[[str], None]) -> Fetched:
    part = folder / f"{wish.file}.part"
    reason = ""
    for number in range(manners.tries):
        try:
            headers = _receive(wish, part)
            if headers is None:
                return Fetched(file=wish.file, url=wish.url, outcome="absent", size=0, sha256=None)
            _check(part, wish)
            return _finish(wish, folder, part, headers, manners)
        except Interrupted as error:
            reason = str(error)
            wait = _wait(error, number, manners)
            if number + 1 < manners.tries:
                tell(f"{wish.file}: {reason}; again in {wait:g} s")
                manners.sleep(wait)
    raise SourceError(
        f"{wish.url}: not whole after {manners.tries} tries ({reason}). What arrived is kept in {part.name};"
        " run the same command later."
    )


def _wait(error: Interrupted, number: int, manners: Manners) -> float:
    """Seconds to wait: as many as the server asks for, and more with each try. Raises SourceError where it
    asks for more than a quarter of an hour.
    """
    asked = error.args[1] if len(error.args) > 1 else None
    wait: float = manners.pause_seconds * 2**number
    if asked is not None:
        try:
            wait = max(wait, float(asked))
        except ValueError:
            moment = email.utils.parsedate_to_datetime(asked) if asked else None
            wait = max(wait, (moment - manners.now()).total_seconds() if moment else 0.0)
    if wait > LONGEST_WAIT_S and asked is not None:
        raise SourceError(
            f"The server asks for a pause of {wait:,.0f} seconds ({error.args[0]}). Run the same command"
            " then; it resumes."
        )
    return min(wait, LONGEST_WAIT_S)


def _receive(wish: Wish, part: Path) -> dict[str, str] | None:
    """One try: the rest of the file into `part`; the headers, or None where there is no such file. Raises
    Interrupted, SourceError.
    """
    note = part.with_name(part.name + ".json")
    begun = part.stat().st_size if part.exists() else 0
    known = json.loads(note.read_text(encoding="utf-8")) if note.exists() and begun else {}
    if known.get("url") != wish.url or not known.get("validator"):
        begun = 0  # without the server's word for its version a rest may be of another file
    # `wishes` lets only http and https through
    request = urllib.request.Request(wish.url, headers={"User-Agent": AGENT, "Accept": "*/*"})  # noqa: S310
    if begun:
        request.add_header("Range", f"bytes={begun}-")
        request.add_header("If-Range", known["validator"])
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310 - see above
            headers = {name.lower(): value for name, value in answer.headers.items()}
            is_rest, total = _placed(answer.status, headers, begun)
            note.write_text(
                json.dumps({"url": wish.url, "validator": _validator(headers), "total": total}),
                encoding="utf-8",
            )
            _copy(answer, part, "ab" if is_rest else "wb")
    except urllib.error.HTTPError as error:
        return _refused(error, wish, part, begun)
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        raise Interrupted(f"the connection failed ({error})") from error
    size = part.stat().st_size
    if total is not None and size != total:
        if size > total:
            part.unlink()
        raise Interrupted(f"{size:,} of {total:,} bytes")
    return headers


def _placed(status: int, headers: dict[str, str], begun: int) -> tuple[bool, int | None]:
    """Whether the answer is the rest of the file, and how long the whole is (None: not said)."""
    length = headers.get("content-length")
    if status != 206:
        return False, int(length) if length and length.isdigit() else None
    unit, _, about = headers.get("content-range", "").partition(" ")
    stretch, _, total = about.partition("/")
    if unit != "bytes" or stretch.partition("-")[0] != str(begun):
        raise Interrupted(
            f"an answer with another stretch ({headers.get('content-range')}) than the one asked for"
        )
    return True, int(total) if total.isdigit() else None


def _copy(answer: Any, part: Path, mode: str) -> None:
    with part.open(mode) as file:
        while block := answer.read(_BLOCK):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _validator(headers: dict[str, str]) -> str | None:
    tag = headers.get("etag")
    return tag if tag and not tag.startswith("W/") else headers.get("last-modified")


def _refused(error: urllib.error.HTTPError, wish: Wish, part: Path, begun: int) -> dict[str, str] | None:
    if error.code in (404, 410):
        return None
    if error.code == 416 and begun:
        part.unlink()
        raise Interrupted("no more bytes where the file was to go on; it begins anew") from error
    if error.code in _AGAIN:
        raise Interrupted(f"status {error.code} {error.reason}", error.headers.get("Retry-After")) from error
    hint = (
        "The archive wants a login or refuses programs; fetch the file by hand."
        if error.code in (401, 403)
        else "Check the address."
    )
    raise SourceError(f"{wish.url}: not sent (status {error.code} {error.reason}). {hint}") from error


def _check(part: Path, wish: Wish) -> None:
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
        elif wish.file.endswith(".json"):
            msgspec.json.decode(part.read_bytes())
        elif wish.file.endswith(".tar"):
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


def _finish(wish: Wish, folder: Path, part: Path, headers: dict[str, str], manners: Manners) -> Fetched:
    """Give the file its name and enter it into the manifest, which is replaced whole."""
    sha256, size = sha256_of(part), part.stat().st_size
    entries = manifest_of(folder)
    entries[wish.file] = {
        "file": wish.file,
        "url": wish.url,
        "bytes": size,
        "sha256": sha256,
        "fetched_at": manners.now().isoformat(timespec="seconds"),
        "etag": headers.get("etag"),
        "last_modified": headers.get("last-modified"),
        "agent": AGENT,
    }
    os.replace(part, folder / wish.file)
    part.with_name(part.name + ".json").unlink(missing_ok=True)
    beside = folder / f".{MANIFEST}.part"
    beside.write_text(
        json.dumps({"files": [entries[name] for name in sorted(entries)]}, indent=1) + "\n", encoding="utf-8"
    )
    os.replace(beside, folder / MANIFEST)
    return Fetched(file=wish.file, url=wish.url, outcome="fetched", size=size, sha256=sha256)
