"""Attribution: who says a figure, how, of when and where it was seen. No figure enters without it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from paradero.authored.declared import AuthoredError
from paradero.authored.evidence import Sourced
from paradero.model.formulas import FormulaError, exact
from paradero.model.time.moments import MomentError
from paradero.model.time.reading import parse_moment
from paradero.model.units import Unit, UnitError, parse_unit

UNDATED = "unknown"  # said where nobody dates a figure


class Attributed(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody says; `dated` is the time it is of, `unknown` where nobody says."""

    dated: str

    def cited(self) -> dict[str, Any]:
        """The attribution as a citation."""
        return {
            "by": self.by,
            "evidence": self.evidence,
            "dated": self.dated,
            "seen": self.seen,
            "fact": self.fact,
            "note": self.note,
        }


def check_attributed(one: Attributed, *, what: str, place: str) -> None:
    """Raises AuthoredError naming `place` (file and line) where a figure has no source, no address or no
    date.
    """
    if not one.by.strip() or not [each for each in one.seen if each.strip()]:
        raise AuthoredError(
            f"{place}: `by` or `seen` is blank for {what}. Write who says it and where it was seen."
        )
    if one.dated == UNDATED:
        return
    try:
        parse_moment(one.dated, zones=["UTC"])
    except MomentError as error:
        raise AuthoredError(
            f"{place}: `dated` of {what} must be a date, a period or `{UNDATED}`. {error}"
        ) from error


def number(value: float | None, *, place: str) -> Fraction | None:
    """A figure as it was written; raises AuthoredError naming `place` for what is no finite number."""
    try:
        return None if value is None else exact(value)
    except FormulaError as error:
        raise AuthoredError(f"{place}: {error}.") from error


def unit_at(text: str, *, place: str) -> Unit:
    """A unit; raises AuthoredError naming `place` where there is none or it cannot be read."""
    try:
        return parse_unit(text)
    except UnitError as error:
        raise AuthoredError(f"{place}: {error}.") from error
