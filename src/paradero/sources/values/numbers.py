"""Which sign parts the decimals: a point or a comma, decided on all numbers of a sheet; what could be either
is no number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.held import Flags, flags

_SIGN = r"^[-+(\x{2212}]*[$€]?\s*[-+\x{2212}]?"
# only a decimal comma explains these: two signs, the comma last; or a comma with one, two or more than three
# digits behind it
_COMMA = (
    _SIGN
    + r"(?:[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,})\)?$"
)
# only a decimal point explains these
_POINT = (
    _SIGN
    + r"(?:[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]*|[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})|0?\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,})\)?$"
)
_COMMA_EITHER = _SIGN + r"[0-9]{1,3},[0-9]{3}\)?$"
_POINT_EITHER = _SIGN + r"[0-9]{1,3}\.[0-9]{3}\)?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decimals:
    """How many distinct numbers can be read only with a decimal point, only with a decimal comma, or with
    either: 1,500 and 1.500.
    """

    point: int = 0
    comma: int = 0
    either_comma: int = 0
    either_point: int = 0

    def __add__(self, more: Decimals) -> Decimals:
        return Decimals(
            point=self.point + more.point,
            comma=self.comma + more.comma,
            either_comma=self.either_comma + more.either_comma,
            either_point=self.either_point + more.either_point,
        )

    @property
    def either(self) -> int:
        """All that can be read both ways."""
        return self.either_comma + self.either_point


def decimals_of(texts: pa.Array) -> Decimals:
    """What the texts of a column say of the decimal sign."""
    if not pc.any(pc.match_substring_regex(texts, "[.,]")).as_py():
        return Decimals()
    return Decimals(
        point=_count(texts, _POINT),
        comma=_count(texts, _COMMA),
        either_comma=_count(texts, _COMMA_EITHER),
        either_point=_count(texts, _POINT_EITHER),
    )


def _count(texts: pa.Array, pattern: str) -> int:
    return pc.sum(pc.match_substring_regex(texts, pattern)).as_py() or 0


def with_point(
    texts: pa.Array, found: Decimals, *, comma_land: bool, in_workbook: bool
) -> tuple[pa.Array, Flags]:
    """The texts with a decimal point and no sign between thousands where a comma was one; and which of them
    could be either, and are no numbers.

    Where nothing in the sheet settles it, 1,500 is taken as English writes it, unless the file is of a kind
    that is written where commas are decimal (`comma_land`: semicolons between its columns); 1.500 is either.
    The numbers of a workbook have points.
    """
    none = np.zeros(len(texts), np.bool_)
    if not found.comma:
        if found.point or not found.either or in_workbook:
            return texts, none
        either = flags(pc.match_substring_regex(texts, _POINT_EITHER))
        return texts, either | flags(pc.match_substring_regex(texts, _COMMA_EITHER)) if comma_land else either
    comma = flags(pc.match_substring_regex(texts, _COMMA))
    either = flags(pc.match_substring_regex(texts, _COMMA_EITHER)) | flags(
        pc.match_substring_regex(texts, _POINT_EITHER)
    )
    if not found.point:
        comma, either = comma | either, none
    swapped = pc.replace_substring(pc.replace_substring(texts, ".", ""), ",", ".")
    return pc.if_else(pa.array(comma), swapped, texts), either
