"""Cases that come with paradero, to be copied and built upon."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from paradero.authored.declared import read
from paradero.casefile.folder import SETTINGS, Casefile, CaseSettings, create
from paradero.disk.whole_files import write_whole
from paradero.model.naming import unknown


def example_names() -> list[str]:
    """The names of the cases that come with paradero."""
    return sorted(each.name for each in (files("paradero") / "cases").iterdir() if each.is_dir())


def create_from(folder: Path, name: str, *, title: str | None = None) -> Casefile:
    """Make a casefile that begins with an example's title, scope, events and orders. Raises UnknownName where
    there is none of that name.
    """
    if name not in example_names():
        raise unknown("a case that comes with paradero", name, example_names())
    example = files("paradero") / "cases" / name
    settings = read(
        (example / SETTINGS).read_text(encoding="utf-8"), CaseSettings, file=f"{name}/{SETTINGS}"
    ).form
    case = create(folder, title=title or settings.title, scope=settings.scope)
    _copy(example, case.root)
    return case


def _copy(source: Traversable, target: Path) -> None:
    for entry in source.iterdir():
        if entry.is_dir():
            (target / entry.name).mkdir(exist_ok=True)
            _copy(entry, target / entry.name)
        elif entry.name != SETTINGS:
            write_whole(target / entry.name, entry.read_bytes())
