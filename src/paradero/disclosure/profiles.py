"""Profiles of publication: a file each in `profiles/`; thresholds and rounding are data."""

from __future__ import annotations

import functools
from importlib.resources import files

import msgspec

from paradero.disclosure.cells import Cell, Fact, Why
from paradero.model.errors import ParaderoError
from paradero.model.naming import unknown

STRICTEST = "private"
_FOLDER = files("paradero.disclosure") / "profiles"


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may leave. `gated`: counts pass the gate, and then counts of at most `threshold` are withheld, all
    others rounded to the nearest multiple of `base`, and no count may be known within less than `protection`.
    `rows`: whatever is about single people or rows may leave (tables, pages, exhibits, bundles).
    `registered`: it is publication, and later publications are held against it. `says` and `off` are printed
    on the output: what the profile does, and what it does not.
    """

    name: str
    name_es: str
    gated: bool
    rows: bool
    registered: bool
    threshold: int
    base: int
    protection: int
    says: str
    says_es: str
    off: str
    off_es: str

    def __post_init__(self) -> None:
        if not self.gated:
            return
        if self.base < 1 or self.threshold < 0:
            raise ValueError("`base` must be at least 1 and `threshold` at least 0")
        first = self.known_of(self.rounded(self.threshold + 1))
        if not 0 < self.protection <= min(self.base - 1, first[1] - first[0], self.threshold):
            raise ValueError(
                "`protection` must be above 0 and no more than what rounding to `base` and withholding up to"
                " `threshold` hide of one cell by itself"
            )

    def rounded(self, count: int) -> int:
        """The multiple of `base` that is shown for a count above the threshold."""
        return self.base * ((count + self.base // 2) // self.base)

    def known_of(self, shown: int) -> tuple[int, int]:
        """The least and the greatest count that are shown so."""
        least = shown - self.base // 2
        return max(least, self.threshold + 1), least + self.base - 1

    def is_small(self, count: int) -> bool:
        """Whether a count is withheld whatever else is published; none at all is small, too."""
        return count <= self.threshold

    def fact_of(self, cell: Cell) -> Fact:
        """What the reader who knows most knows of a published cell: even whether a withheld one is small."""
        if cell.why is Why.SMALL:
            return Fact(region=cell.region, lo=0, hi=self.threshold)
        if cell.why in (Why.PROTECTS, Why.FEW):
            return Fact(region=cell.region, lo=self.threshold + 1, hi=None)
        if cell.shown is None:
            raise ParaderoError(
                "A published cell shows nothing and says not why. Restore the casefile from a copy."
            )
        lo, hi = (cell.shown, cell.shown) if cell.why is Why.WHOLE else self.known_of(cell.shown)
        return Fact(region=cell.region, lo=lo, hi=hi)

    def said(self, language: str) -> str:
        """What the profile does and what it does not, as an output says it."""
        return f"{self.says_es} {self.off_es}" if language == "es" else f"{self.says} {self.off}"


@functools.cache
def profiles() -> dict[str, Profile]:
    """All profiles by their names. Raises ParaderoError naming a file that is not as it has to be."""
    found = {}
    for path in sorted(_FOLDER.iterdir(), key=lambda each: each.name):
        if path.name.endswith(".toml"):
            try:
                found[path.name.removesuffix(".toml")] = msgspec.toml.decode(path.read_bytes(), type=Profile)
            except msgspec.MsgspecError as error:
                raise ParaderoError(f"disclosure/profiles/{path.name}: {error}. Correct the file.") from error
    return found


def profile_of(name: str) -> Profile:
    """The profile of that name; raises UnknownName with near names."""
    if name not in profiles():
        raise unknown("a profile of publication", name, profiles())
    return profiles()[name]
