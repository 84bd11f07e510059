"""Public archives of positions by name, and the addresses of a day's files in them. The archives are data:
`archives.toml`.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from paradero.fetching.downloading import Wish
from paradero.model.errors import UnknownName

_HEX = re.compile(r"~?[0-9a-f]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """One archive: its title, the terms of its data, and the pause it is left between two requests."""

    name: str
    title: str
    url: str
    file: str
    terms: str
    pause_seconds: float
    parts: tuple[str, ...]
    by_hour: bool


@cache
def archives() -> dict[str, Archive]:
    """All archives by name."""
    found = tomllib.loads((files("paradero.flights.tracks") / "archives.toml").read_text(encoding="utf-8"))
    return {
        name: Archive(
            name=name,
            title=one["title"],
            url=one["url"],
            file=one["file"],
            terms=one["terms"],
            pause_seconds=float(one["pause_seconds"]),
            parts=tuple(one.get("parts", ())),
            by_hour=bool(one.get("hours", False)),
        )
        for name, one in found.items()
    }


def wishes(source: str, *, days: list[dt.date], hexes: list[str]) -> list[Wish]:
    """The files wanted: of an archive by its name, or of one address (http or https), in which the same
    blanks are filled in.

    Raises UnknownName where the archive is not known, where a hex code or a day is missing that the address
    asks for, or where it is no address.
    """
    is_url = source.startswith(("http://", "https://"))
    if not is_url and source not in archives():
        near = difflib.get_close_matches(source, archives(), n=3, cutoff=0.3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UnknownName(
            f"`{source}` is not an archive. Name {', '.join(archives())}, or an address (https://…).{hint}"
        )
    archive = None if is_url else archives()[source]
    url = source if archive is None else archive.url
    name = archive.file if archive else PurePosixPath(urlsplit(url).path).name
    if not name:
        raise UnknownName(f"`{source}` is an address that ends in no name of a file. Name the file.")
    if "{hex}" in url and not hexes:
        raise UnknownName(f"`{source}` has a file for each aircraft, and no hex code is given. Add --hex.")
    if any(blank in url for blank in ("{y}", "{m}", "{d}")) and not days:
        raise UnknownName(f"`{source}` needs days, and none is given. Add --date.")
    hours = [f"{hour:02}" for hour in range(24)] if archive and archive.by_hour else [""]
    parts = archive.parts if archive and archive.parts else ("",)
    found = []
    for day in days or [dt.date(1970, 1, 1)]:
        for code in [_code(one) for one in hexes] if "{hex}" in url else [""]:
            for hour in hours:
                for part in parts:
                    blanks = {
                        "y": f"{day.year:04}",
                        "m": f"{day.month:02}",
                        "d": f"{day.day:02}",
                        "hex": code,
                        "last2": code[-2:],
                        "hour": hour,
                        "part": part,
                    }
                    found.append(
                        Wish(url=_filled(url, blanks), file=_filled(name, blanks), is_part=bool(part))
                    )
    return found


def _filled(text: str, blanks: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: blanks.get(found[1], found[0]), text)


def _code(text: str) -> str:
    code = text.strip().lower()
    if not _HEX.fullmatch(code):
        raise UnknownName(f"`{text}` is not a hex code. Write it as six hexadecimal digits.")
    return code
