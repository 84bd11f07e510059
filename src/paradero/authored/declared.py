"""Read a file that somebody wrote, in TOML of a declared form; all that is wrong in it is said at once, each
mistake with its line and what to do.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import msgspec

from paradero.authored.forms import deviations
from paradero.authored.lines import Step, line_of
from paradero.authored.mending import mended
from paradero.disk.bounded import regular_bytes
from paradero.model.errors import ParaderoError

Form = TypeVar("Form", bound=msgspec.Struct)

_TOML_PLACE = re.compile(r" \(at line (\d+), column \d+\)$")
_ID = re.compile(r"[\w-][\w.-]*")


class AuthoredError(ParaderoError):
    """Files that somebody wrote are not as they have to be. Each of `mistakes` names the file and the line,
    what is wrong and what to do.
    """

    def __init__(self, *mistakes: str) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class Mistakes:
    """What is wrong in a file, or in several, gathered so that all of it is said at once."""

    def __init__(self) -> None:
        self._found: list[str] = []

    @contextlib.contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep what is raised inside, and go on after it."""
        try:
            yield
        except AuthoredError as error:
            self._found += error.mistakes

    def add(self, mistake: str) -> None:
        """Keep a mistake."""
        self._found.append(mistake)

    def settle(self) -> None:
        """Raise AuthoredError with everything that was gathered; each mistake once."""
        if self._found:
            raise AuthoredError(*dict.fromkeys(self._found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(Generic[Form]):
    """A file as it was read: `form` is what it declares, `text` how it is written."""

    form: Form
    text: str
    file: str

    def place(self, *steps: Step) -> str:
        """The file and the line of what the names and numbers lead to."""
        return place_in(self.text, self.file, steps)


class Placed(Protocol):
    """What was read from a file, and where it stands."""

    @property
    def id(self) -> str: ...
    @property
    def place(self) -> str: ...


Read = TypeVar("Read", bound=Placed)
Read_co = TypeVar("Read_co", bound=Placed, covariant=True)


class Reader(Protocol[Read_co]):
    """Reads the text of one file, which is named for what is wrong in it."""

    def __call__(self, text: str, *, file: str) -> Read_co: ...


def place_in(text: str, file: str, steps: Sequence[Step]) -> str:
    """The file and the line of what the names and numbers lead to."""
    return f"{file} line {line_of(text, steps)}"


def seen_from(place: str, other: str) -> str:
    """Another place, as a mistake at `place` names it: only by its line where both are in one file.

    >>> seen_from("costs/a.toml line 12", "costs/a.toml line 4")
    'line 4'
    >>> seen_from("costs/a.toml line 12", "costs/b.toml line 4")
    'costs/b.toml line 4'
    """
    file, _, line = other.rpartition(" line ")
    return f"line {line}" if file and file in (place, place.rpartition(" line ")[0]) else other


def text_of(path: Path) -> str:
    """The text of a file that somebody wrote; raises AuthoredError where it is no text in UTF-8, SourceError
    where it is no file.
    """
    return decoded(regular_bytes(path), file=str(path))


def decoded(content: bytes, *, file: str) -> str:
    """Bytes as text, with or without a byte-order mark; raises AuthoredError where they are not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise AuthoredError(
            f"{file} line {line}: not UTF-8 text (byte {error.start}). Save the file as UTF-8."
        ) from error


def read(text: str, form: type[Form], *, file: str) -> Declared[Form]:
    """The text as `form`; raises AuthoredError with every mistake in it."""
    text = text.removeprefix("\ufeff")
    loaded = _loaded(text, file)
    try:
        return Declared(form=msgspec.convert(loaded, form), text=text, file=file)
    except msgspec.ValidationError as error:
        raise AuthoredError(*_refusals(text, loaded, form, file=file)) from error


def read_on(text: str, form: type[Form], *, file: str) -> tuple[Declared[Form], Mistakes]:
    """The text as `form` as far as it is plain what is meant, with the mistakes so far, to which those of
    what it says are added before they settle. Raises AuthoredError where it cannot be read on.
    """
    try:
        return read(text, form, file=file), Mistakes()
    except AuthoredError as error:
        text, mistakes = text.removeprefix("\ufeff"), Mistakes()
        try:
            meant = mended(_loaded(text, file), form)
        except (AuthoredError, RecursionError):
            raise error from None
        if meant is None:
            raise
        for each in error.mistakes:
            mistakes.add(each)
        return Declared(form=meant, text=text, file=file), mistakes


def _loaded(text: str, file: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise AuthoredError(_too_deep(file)) from error
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        reason = str(error)[: place.start()] if place else str(error)
        reason = reason.replace(" (at end of document)", " at the end of the file")
        line = place[1] if place else text.count("\n") + 1
        raise AuthoredError(
            f"{file} line {line}: not valid TOML ({reason[:1].lower() + reason[1:]}). Fix that line."
        ) from error


def _refusals(text: str, loaded: object, form: type[Form], *, file: str) -> list[str]:
    """Everything in which a file is not of its form, from its first line to its last."""
    try:
        found = sorted(
            ((line_of(text, steps), said) for steps, said in deviations(loaded, form)), key=lambda one: one[0]
        )
    except RecursionError:
        return [_too_deep(file)]
    return [f"{file} line {line}: {said}" for line, said in found]


def _too_deep(file: str) -> str:
    return (
        f"{file} line 1: tables are nested deeper than in any file of this kind. Write the file again, with"
        " fewer levels."
    )


def read_folder(folder: Path, one: Reader[Read]) -> tuple[Read, ...]:
    """Every TOML file of a folder as `one` reads it; raises AuthoredError with the mistakes of all of them,
    an id that stands twice among these.
    """
    found: dict[str, Read] = {}
    mistakes = Mistakes()
    for path in sorted(folder.glob("*.toml")):
        with mistakes.gathered():
            this = one(text_of(path), file=str(path))
            if this.id in found:
                raise AuthoredError(
                    f"{path} line 1: the id `{this.id}` is taken ({found[this.id].place}). Choose another."
                )
            found[this.id] = this
    mistakes.settle()
    return tuple(found.values())


def check_ids(
    text: str, file: str, own: list[tuple[str, list[str | int]]], tables: dict[str, list[str]]
) -> None:
    """Refuse ids that cannot stand in the id of a verdict, and an id that a kind of table has twice.

    `own` are ids with the steps that lead to them in the file, `tables` the ids of each kind of table in the
    file's order.
    """
    mistakes = Mistakes()
    listed = list(own)
    for kind, ids in tables.items():
        listed += [(one, [kind, number, "id"]) for number, one in enumerate(ids)]
    for one, steps in listed:
        if not _ID.fullmatch(one):
            mistakes.add(
                f"{place_in(text, file, steps)}: the id `{one}` may hold only letters, digits, `-`, `_` and"
                " `.`. Rename it."
            )
    for kind, ids in tables.items():
        for number, one in enumerate(ids):
            if one in ids[:number]:
                first = line_of(text, [kind, ids.index(one), "id"])
                mistakes.add(
                    f"{place_in(text, file, [kind, number, 'id'])}: the id `{one}` is taken by line {first}."
                    " Choose another."
                )
    mistakes.settle()
