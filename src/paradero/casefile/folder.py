"""The casefile on disk: where its parts lie, how one is made, found, locked and configured."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from paradero.authored.declared import AuthoredError, decoded, read
from paradero.casefile import pending
from paradero.disk.whole_files import is_half, remove, write_whole
from paradero.model.errors import CasefileError
from paradero.model.time.clock import HOUR_US, us_of

SETTINGS = "paradero.toml"

_MOST_SECONDS = 86_400
_MOST_HOURS = 876_000  # a hundred years: longer is a slip of the pen

# what people write, a folder each
AUTHORED = (
    "agreements",
    "balances",
    "cited",
    "claims",
    "companies",
    "costs",
    "events",
    "hand",
    "indices",
    "orders",
    "rules",
    "standards",
)

PUBLISHED = "published"  # what left under a profile of disclosure control

# everything that is the casefile's own: no output may be written there
PARTS = (SETTINGS, "log.jsonl", ".lock", pending.FOLDER, "sources", "build", "kept", PUBLISHED, *AUTHORED)

_BUILT = re.compile(
    r"[0-9a-f]{12}-[a-z]+(-2)?"
)  # without its receipt no build: killed before the log named it
_SCRATCH = re.compile(r"\.(verify-|spill).*")
# what versions before 0.2 left half-made
_HALF_BUILT = re.compile(r"\.(new-|current\.).*")
_HALF_READ = re.compile(r"\.[0-9a-f]{12}.*")

_TEMPLATE = """\
# A casefile of paradero. Everything in `build/` is derived from `sources/` and this file; delete it and
# `paradero build` makes it again.
title = {title}
# Said on every output that counts something: what these records cover and what they do not.
scope = {scope}

[settings]
# A gap between two stints of a stay that is longer than this many hours is listed as unaccounted.
gap_hours = 24.0
# Taken for a missing book-out only to choose the longest stint of a stay (the Deportation Data Project's own
# constant).
longest_open_until = 2026-03-10T23:59:59
# Whether the clocks that the records were read from may change with the seasons; false where they are known
# to be in UTC.
clock_changes = true

# From when and until when a release looks: `released_at` where its latest event does not tell; `covers_from`,
# the first instant from which everybody held is in it, for sums over days (costs) to have an upper bound and
# for published figures of its first days to be compared.
# [releases."2026-ICLI-00005"]
# covers_from = 2022-10-01T00:00:00
# released_at = 2026-03-10T23:59:59
"""

DEFAULT_SCOPE = (
    "What the added records say, for the period and places they cover; nothing is known of persons and events"
    " they leave out."
)


def _require_clock(name: str, reading: dt.datetime) -> None:
    if reading.tzinfo is not None:
        raise ValueError(
            f"`{name}` must be a clock reading without time zone, such as 2026-03-10T23:59:59;"
            f" {reading.isoformat()} is not"
        )


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[settings]`: gap_hours in hours; rule_seconds, how long a rule may take; longest_open_until a clock
    reading; clock_changes, whether the clocks of the records may change with the seasons.
    """

    gap_hours: float = 24.0
    rule_seconds: float = 600.0
    clock_changes: bool = True
    longest_open_until: dt.datetime = dt.datetime(2026, 3, 10, 23, 59, 59)

    def __post_init__(self) -> None:
        if not 0 <= self.gap_hours <= _MOST_HOURS:
            raise ValueError(
                f"`gap_hours` must be a number of hours from 0 to {_MOST_HOURS:,}; {self.gap_hours} is not"
            )
        if not 0 < self.rule_seconds <= _MOST_SECONDS:
            raise ValueError(
                f"`rule_seconds` must be a number of seconds above 0, up to {_MOST_SECONDS:,};"
                f" {self.rule_seconds} is not"
            )
        _require_clock("longest_open_until", self.longest_open_until)

    @property
    def gap_us(self) -> int:
        return round(self.gap_hours * HOUR_US)

    @property
    def longest_open_until_us(self) -> int:
        return us_of(self.longest_open_until)


class ReleaseSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[releases."NAME"]`: the first and the last instant that the release looks at, on the clock as
    recorded, each where somebody states it.

    From `covers_from` on every row there is of every table was released; no table tells that by itself, since
    the oldest row can be older than what was asked for.
    """

    released_at: dt.datetime | None = None
    covers_from: dt.datetime | None = None

    def __post_init__(self) -> None:
        for name, reading in (("released_at", self.released_at), ("covers_from", self.covers_from)):
            if reading is not None:
                _require_clock(name, reading)


class PublishingSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[publishing]`: the profile of disclosure control that `--publish` takes."""

    profile: str


class CaseSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of paradero.toml."""

    title: str
    scope: str = DEFAULT_SCOPE
    settings: Settings = Settings()
    # left out of what builds keep where it is not stated: their prints are those of versions without it
    publishing: PublishingSettings | msgspec.UnsetType = msgspec.UNSET
    releases: dict[str, ReleaseSettings] = {}


@dataclass(frozen=True, slots=True)
class Casefile:
    """A casefile by its folder. Holds nothing open."""

    root: Path

    @property
    def sources(self) -> Path:
        return self.root / "sources"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def ingested(self) -> Path:
        return self.build / "ingested"

    @property
    def documents(self) -> Path:
        return self.build / "documents"

    @property
    def log(self) -> Path:
        return self.root / "log.jsonl"

    def settings(self) -> CaseSettings:
        """Read paradero.toml; raises CasefileError naming what is wrong in it."""
        path = self.root / SETTINGS
        try:
            return read(decoded(path.read_bytes(), file=str(path)), CaseSettings, file=str(path)).form
        except OSError as error:
            raise CasefileError(
                f"{path}: the settings of the casefile cannot be read ({error.strerror}). Restore the file."
            ) from error
        except AuthoredError as error:
            raise CasefileError(str(error)) from error


def sweep(case: Casefile) -> None:
    """Remove what killed processes left half-made, in every part of the casefile. Call it with the casefile
    locked.
    """
    older = {
        case.build: _HALF_BUILT,
        case.ingested: _HALF_READ,
        case.documents: _HALF_READ,
        case.sources: _HALF_READ,
    }
    folders = [
        case.root,
        case.build,
        *(folder for part in PARTS if (case.root / part).is_dir() for folder in _folders(case.root / part)),
    ]
    for folder in folders:
        ours = older.get(folder)
        for entry in list(folder.iterdir()) if folder.is_dir() else ():
            is_scratch = folder == case.build and _SCRATCH.fullmatch(entry.name)
            is_unnamed = (
                folder == case.build
                and _BUILT.fullmatch(entry.name)
                and not (entry / "receipt.json").exists()
            )
            if (
                is_half(entry)
                or is_scratch
                or is_unnamed
                or (ours is not None and ours.fullmatch(entry.name))
            ):
                remove(entry)


def _folders(folder: Path) -> Iterator[Path]:
    """A folder and all below it, but for those that are half-made themselves."""
    yield folder
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink() and not is_half(entry):
            yield from _folders(entry)


def create(root: Path, *, title: str | None = None, scope: str = DEFAULT_SCOPE) -> Casefile:
    """Make an empty casefile. Raises CasefileError where the folder holds one already, or other files."""
    if (root / SETTINGS).exists():
        raise CasefileError(f"{root} is a casefile already. Work in it, or name a new folder.")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise CasefileError(f"{root} has something in it. Name an empty or new folder.")
    text = _TEMPLATE.format(title=_quoted(title or root.resolve().name), scope=_quoted(scope))
    try:
        for folder in (root / "sources", root / "hand", root / "build" / "ingested"):
            folder.mkdir(parents=True, exist_ok=True)
        write_whole(root / SETTINGS, text.encode())
    except OSError as error:
        raise CasefileError(
            f"{root}: no folder can be made here ({error.strerror}). Name another folder."
        ) from error
    return Casefile(root)


def find(start: Path) -> Casefile:
    """The casefile that `start` lies in, looking upwards as git does; raises CasefileError where there is
    none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / SETTINGS).is_file():
            return Casefile(folder)
    raise CasefileError(
        f"No casefile in {start} or in a folder above. Create one with `paradero new DIR`, or give `--case"
        " DIR`."
    )


@contextlib.contextmanager
def locked(case: Casefile, *, patience: float = 600.0) -> Iterator[None]:
    """Hold the casefile against other processes that write to it; waits `patience` seconds, then raises
    CasefileError.
    """
    try:
        handle = os.open(case.root / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise CasefileError(
            f"{case.root}: the folder cannot be written to ({error.strerror}). Check its permissions."
        ) from error
    try:
        give_up = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() > give_up:
                    raise CasefileError(
                        f"{case.root} is being written to by another paradero process. Wait for it to end and"
                        " try again."
                    ) from None
                time.sleep(0.05)
        pending.finish(case.root, case.log)
        yield
    finally:
        os.close(handle)


def _quoted(text: str) -> str:
    """A TOML basic string: the escapes of JSON are a part of TOML's."""
    return json.dumps(text, ensure_ascii=False)
