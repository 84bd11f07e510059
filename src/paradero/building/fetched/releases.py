"""Releases of a publisher: each file fetched, held against what it should be before it replaces anything, and
taken into a casefile with its origin, terms and citation.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from paradero.building.adding import add
from paradero.casefile.folder import SETTINGS, Casefile
from paradero.casefile.originals import Source
from paradero.fetching.downloading import Fetched, Manners, Wish, fetch
from paradero.fetching.finding import Search, Wanted, pages_of, wanted_of
from paradero.fetching.publishers import Item, filled, items_of, key_of, publisher_of
from paradero.model.errors import SourceError
from paradero.sources import sniff
from paradero.sources.containers.archives import Left, brought


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A file that lies in the folder now, what became of it, and what it is."""

    fetched: Fetched
    item: Item


def fetch_releases(
    name: str,
    folder: Path,
    *,
    only: list[str],
    of: str | None,
    manners: Manners | None,
    tell: Callable[[str], None],
) -> list[Release]:
    """Fetch the files of a publisher into a folder, or those named. Raises UnknownName for what the publisher
    has not, SourceError where a file cannot be had or is not what it should be: those before it stay, and
    what was there of it stays as it was.
    """
    publisher = publisher_of(name)
    items = [filled(item, of) for item in items_of(publisher, only)]
    search = Search(
        publisher=publisher,
        folder=folder,
        manners=manners or Manners(pause_seconds=publisher.pause_seconds),
        key=key_of(publisher),
        tell=tell,
    )
    releases: list[Release] = []

    def fetch_one(wanted: Wanted) -> None:
        (found,) = fetch(
            [wanted.wish],
            folder,
            search.manners,
            tell,
            check=lambda part, wish: check(part, wish, wanted.item),
            key=search.key,
        )
        if found.sha256 is None:
            raise SourceError(
                f"{wanted.wish.url}: there is no such file. Look at {publisher.home} where it is."
            )
        releases.append(Release(fetched=found, item=wanted.item))

    for number, item in enumerate(items):
        if number:
            search.manners.sleep(search.manners.pause_seconds)
        for first in wanted_of(search, item):
            for _ in pages_of(search, first, fetch_one):
                pass
    return releases


def check(part: Path, wish: Wish, item: Item) -> None:
    """Raises SourceError where a file that arrived is not the table that the item declares."""
    with tempfile.TemporaryDirectory(prefix="paradero-") as folder:
        named = Path(folder) / wish.file  # what a file is goes by its name too
        os.symlink(part.resolve(), named)
        if item.kind is None:
            _check_headers(named, wish, item.headers)
        else:
            _check_kind(named, wish, item.kind)


def _check_kind(path: Path, wish: Wish, kind: str) -> None:
    kinds: list[str] = []
    why = ""
    for found in brought([path], casefile=SETTINGS):
        if isinstance(found, Left):
            why = why or found.why
            continue
        try:
            kinds += sniff(found.path).kinds
        except SourceError as error:
            why = why or str(error)
    if kind not in kinds:
        what = f"a table of {', '.join(dict.fromkeys(kinds))}" if kinds else f"no table that is known ({why})"
        raise SourceError(
            f"{wish.url}: {what} came, where {kind} should be. It is not kept; look at it in a browser."
        )


def _check_headers(path: Path, wish: Wish, headers: tuple[str, ...]) -> None:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = next(csv.reader(file), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{wish.url}: no text table came ({error}). It is not kept.") from error
    missing = [name for name in headers if name not in found]
    if missing:
        raise SourceError(
            f"{wish.url}: the table that came has no {', '.join(missing)}. It is not kept; look at it in a"
            " browser."
        )


def take_in_releases(case: Casefile, name: str, folder: Path, releases: list[Release]) -> list[Source]:
    """Add the fetched files that are sources to a casefile, each with its address as origin, the publisher's
    terms as licence and its citation as note. Raises what adding raises.
    """
    publisher = publisher_of(name)
    sources = []
    for release in releases:
        if release.item.kind is None:
            continue
        for found in brought([folder / release.fetched.file], casefile=SETTINGS):
            if isinstance(found, Left):
                if found.is_odd:
                    raise SourceError(f"{found.name}: {found.why}")
                continue
            source, _ = add(
                case,
                found.path,
                origin=release.fetched.url,
                licence=publisher.licence,
                note=f"Cite as: {publisher.citation}",
            )
            sources.append(source)
    return sources
