"""Fetch files politely: one request at a time, a pause between two, an agent that names itself, and the
server's word when it asks to wait.

What arrives goes to `NAME.part`, which a later try goes on with (`Range`, with `If-Range`, so that pieces of
two versions are never mixed). It becomes `NAME` when its length is what the server said, its content is whole
(gzip, JSON and tar are read to their ends) and what it should be; a broken or foreign one never replaces a
whole one. `manifest.json` in the folder lists address, size, SHA-256 and time of every file. Sources: RFC
9110, sections 10.2.3, 13.1.2, 13.1.5, 14, 15.4, 15.5.17; RFC 6585, section 4.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from paradero.fetching.asking import AGENT, Key, Refused, asked
from paradero.fetching.whole import Interrupted, check_no_page, check_whole
from paradero.model.errors import SourceError

T = TypeVar("T")

MANIFEST = "manifest.json"
TRIES = 6
LONGEST_WAIT_S = 900.0
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One file to fetch: its address, the name it is kept under, whether its absence ends a series of parts,
    and whether another file can stand at the address by now, so that one that is there is asked about.
    """

    url: str
    file: str
    is_part: bool = False
    may_change: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What became of one wish: `fetched`, `renewed` (another file than before stands at the address), `kept`
    (it was there, whole) or `absent` (the server has no such file).
    """

    file: str
    url: str
    outcome: str
    size: int
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How politely: seconds between requests, tries a file, and the functions that wait and tell the time
    (tests give their own).
    """

    pause_seconds: float = 2.0
    tries: int = TRIES
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)


def _is_of_one_server(entry: Mapping[str, Any], wish: Wish) -> bool:
    return urlsplit(str(entry["url"])).netloc == urlsplit(wish.url).netloc


Check = Callable[[Path, Wish], None]


def fetch(
    wishes: Iterable[Wish],
    folder: Path,
    manners: Manners,
    tell: Callable[[str], None],
    *,
    check: Check | None = None,
    key: Key | None = None,
) -> list[Fetched]:
    """Fetch all files into a folder, one after the other. Raises SourceError where a file cannot be had
    whole; those before it stay, and so does its beginning.

    `check` raises SourceError over a file that arrived whole and is not what it should be: it is removed, and
    what was there before stays. `key` goes to its own host alone.
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
        if there is None or wish.may_change:
            if not is_first:
                manners.sleep(manners.pause_seconds)
            is_first = False
            there = _fetch(wish, folder, manners, tell, check, key, there)
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
    if entry is not None and entry["url"] != wish.url and wish.may_change and _is_of_one_server(entry, wish):
        return None  # a page of a list that goes on at another address by now
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


def _fetch(
    wish: Wish,
    folder: Path,
    manners: Manners,
    tell: Callable[[str], None],
    check: Check | None,
    key: Key | None,
    there: Fetched | None,
) -> Fetched:
    part = folder / f"{wish.file}.part"
    before = manifest_of(folder).get(wish.file) if there else None

    def attempt() -> Fetched:
        headers = _receive(wish, part, key, before)
        if headers is None:
            return there or Fetched(file=wish.file, url=wish.url, outcome="absent", size=0, sha256=None)
        check_no_page(part, wish.file, wish.url)
        check_whole(part, wish.file)
        if check is not None:
            _checked(check, part, wish)
        return _finish(wish, folder, part, headers, manners, there)

    left = f"What arrived is kept in {part.name}; run the same command later."
    return patiently(attempt, wish.file, wish.url, manners, tell, left=left)


def _checked(check: Check, part: Path, wish: Wish) -> None:
    try:
        check(part, wish)
    except SourceError:
        part.unlink(missing_ok=True)
        _note_of(part).unlink(missing_ok=True)
        raise


def patiently(
    attempt: Callable[[], T],
    name: str,
    url: str,
    manners: Manners,
    tell: Callable[[str], None],
    *,
    left: str = "Run the same command later.",
) -> T:
    """Try until it goes well, as often and with such pauses as the manners say. Raises SourceError where it
    never does, saying what is `left`.
    """
    reason = ""
    for number in range(manners.tries):
        try:
            return attempt()
        except Interrupted as error:
            reason = str(error.args[0])
            wait = _wait(error, number, manners)
            if number + 1 < manners.tries:
                tell(f"{name}: {reason}; again in {wait:g} s")
                manners.sleep(wait)
    raise SourceError(f"{url}: not whole after {manners.tries} tries ({reason}). {left}")


def _note_of(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _wait(error: Interrupted, number: int, manners: Manners) -> float:
    """Seconds to wait: as many as the server asks for, and more with each try. Raises SourceError where it
    asks for more than a quarter of an hour.
    """
    until = error.args[1] if len(error.args) > 1 else None
    wait: float = manners.pause_seconds * 2**number
    if until is not None:
        try:
            wait = max(wait, float(until))
        except ValueError:
            moment = email.utils.parsedate_to_datetime(until) if until else None
            wait = max(wait, (moment - manners.now()).total_seconds() if moment else 0.0)
    if wait > LONGEST_WAIT_S and until is not None:
        raise SourceError(
            f"The server asks for a pause of {wait:,.0f} seconds ({error.args[0]}). Run the same command"
            " then; it resumes."
        )
    return min(wait, LONGEST_WAIT_S)


def _receive(
    wish: Wish, part: Path, key: Key | None, before: Mapping[str, Any] | None
) -> dict[str, str] | None:
    """One try: the rest of the file into `part`; the headers, or None where there is no such file, or none
    but the one that was fetched `before`. Raises Interrupted, SourceError.
    """
    note = _note_of(part)
    begun = part.stat().st_size if part.exists() else 0
    known = json.loads(note.read_text(encoding="utf-8")) if note.exists() and begun else {}
    if known.get("url") != wish.url or not known.get("validator"):
        begun = 0  # without the server's word for its version a rest may be of another file
    headers = {}
    if begun:
        headers = {"Range": f"bytes={begun}-", "If-Range": known["validator"]}
    elif before is not None and before.get("etag"):
        headers = {"If-None-Match": before["etag"]}
    elif before is not None and before.get("last_modified"):
        headers = {"If-Modified-Since": before["last_modified"]}
    try:
        with asked(wish.url, headers=headers, key=key) as answer:
            received = {name.lower(): value for name, value in answer.headers.items()}
            is_rest, total = _placed(answer.status, received, begun)
            note.write_text(
                json.dumps({"url": wish.url, "validator": _validator(received), "total": total}),
                encoding="utf-8",
            )
            _copy(answer, part, "ab" if is_rest else "wb")
    except Refused as error:
        _refused(error, wish, part, begun)
        return None
    size = part.stat().st_size
    if total is not None and size != total:
        if size > total:
            part.unlink()
        raise Interrupted(f"{size:,} of {total:,} bytes")
    return received


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


def _refused(error: Refused, wish: Wish, part: Path, begun: int) -> None:
    if error.status in (304, 404, 410):
        return
    if error.status == 416 and begun:
        part.unlink()
        raise Interrupted("no more bytes where the file was to go on; it begins anew") from error
    raise error.sentence(wish.url) from error


def _finish(
    wish: Wish, folder: Path, part: Path, headers: dict[str, str], manners: Manners, there: Fetched | None
) -> Fetched:
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
    _note_of(part).unlink(missing_ok=True)
    beside = folder / f".{MANIFEST}.part"
    beside.write_text(
        json.dumps({"files": [entries[name] for name in sorted(entries)]}, indent=1) + "\n", encoding="utf-8"
    )
    os.replace(beside, folder / MANIFEST)
    outcome = "fetched" if there is None else "kept" if there.sha256 == sha256 else "renewed"
    return Fetched(file=wish.file, url=wish.url, outcome=outcome, size=size, sha256=sha256)
