"""Where the texts of a column stand: at its left, at its right or in its middle. What stands elsewhere may be
of the column beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_SAME = 0.8  # points by which texts that are set alike may differ
_MOST = 0.6  # of the texts of a column that stand alike: it is set so


@dataclass(frozen=True, slots=True)
class Alignment:
    """The places at which most texts of a column begin, end, or have their middle; None where they differ."""

    left: float | None = None
    right: float | None = None
    middle: float | None = None

    def allows(self, left: float, right: float) -> bool:
        """Whether a text stands as those of the column do; True of a column whose texts stand anyhow."""
        known = [
            (place, own)
            for place, own in ((self.left, left), (self.right, right), (self.middle, (left + right) / 2))
            if place is not None
        ]
        return not known or any(abs(place - own) <= _SAME for place, own in known)


def alignment_of(texts: Sequence[tuple[float, float]]) -> Alignment:
    """The alignment of a column from where its texts begin and end."""
    return Alignment(
        left=_common([left for left, _ in texts]),
        right=_common([right for _, right in texts]),
        middle=_common([(left + right) / 2 for left, right in texts]),
    )


def _common(places: Sequence[float]) -> float | None:
    """The place at which most of them are, None where there is none such or too few to tell."""
    if len(places) < 2:
        return None
    ordered = sorted(places)
    best, at, first = 0, 0.0, 0
    for last, place in enumerate(ordered):
        while place - ordered[first] > _SAME:
            first += 1
        if last - first + 1 > best:
            best, at = last - first + 1, ordered[(first + last) // 2]
    return at if best >= max(2.0, _MOST * len(places)) else None
