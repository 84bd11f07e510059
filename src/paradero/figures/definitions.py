"""The definitions of figures: a file each in `definitions/`, checked when they are read."""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import Literal

import msgspec

from paradero.model.errors import ParaderoError

_FOLDER = files("paradero.figures") / "definitions"


class Definition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a figure is made of an answer's rows. `{field}` in `title` is filled in from the first row, for a
    field of `codes` `{field_words}` with its code in words of that group (codes.toml).

    `answer` names the answer (figures/answered.py). Of its rows those count whose fields have one of the
    values of `where` and whose fields of `empty` have none; with `each` every combination of these fields
    is a figure of its own, and with `latest` only the rows with the greatest value of that field count in
    it. `lo` and `hi` are measures: `rows`, `distinct FIELD FIELD`, `sum FIELD`, `least FIELD`, `most
    FIELD`, `only FIELD` of the one row that there is, `total FIELD FIELD` of it; `hi` is `lo` where it is
    left out, over the rows of `hi_where` where that is given. `cause` says why `hi` is above `lo`, `widths`
    is how the fields begin that have the width of each cause. `rests_on` are fields with addresses of rows
    or with statements. With `nobody_may_be` each row without a person id may be the one that somebody
    counted lacks; `as_listed` counts the lines of a list, whatever it cannot judge. `unit` is a word of
    units.toml or `of FIELD`. `publish` says how figures leave where small counts are withheld: `cells` pass
    disclosure control, `open` are of what was public before, `open without records` are so where a casefile
    has no records of people to judge by, any other is refused.
    """

    title: str
    title_es: str
    definition: str
    definition_es: str
    population: str
    population_es: str
    unit: str
    answer: str
    lo: str
    hi: str = ""
    each: tuple[str, ...] = ()
    where: dict[str, list[str]] = {}
    hi_where: dict[str, list[str]] = {}
    empty: tuple[str, ...] = ()
    latest: str = ""
    cause: str = ""
    cause_es: str = ""
    widths: str = ""
    rests_on: tuple[str, ...] = ()
    by_example: bool = False
    nobody_may_be: bool = False
    as_listed: bool = False
    command: str = ""
    rounding: str = "none"
    codes: dict[str, str] = {}
    publish: Literal["", "cells", "open", "open without records"] = ""


@functools.cache
def definitions() -> dict[str, Definition]:
    """All definitions by the names of their files. Raises ParaderoError naming a file that is not as it has
    to be.
    """
    found = {}
    for path in sorted(_FOLDER.iterdir(), key=lambda each: each.name):
        if path.name.endswith(".toml"):
            try:
                found[path.name.removesuffix(".toml")] = msgspec.toml.decode(
                    path.read_bytes(), type=Definition
                )
            except msgspec.MsgspecError as error:
                raise ParaderoError(f"figures/definitions/{path.name}: {error}. Correct the file.") from error
    return found
