"""Which ids name somebody: words and signs that stand for nobody, ids whose digits a spreadsheet lost, ids
that differ only in how they are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.held import Flags, flags
from paradero.sources.missing import declared

_AROUND = r"^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$"
# the odds below which it is no chance that all long numbers of a column are such as a spreadsheet can hold
_SURE = 0.01
_LONG = r"^[1-9][0-9]{15,18}$"
_EXACT = 1 << 53  # whole numbers up to which a double holds each


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """What all ids of a column say of each, where it is read in pieces.

    `has_one_and_two`: 1 and 2 are ids beside 0; `are_numbers`: most of them have a digit; `neighbours`: those
    of numbers of one digit again and again that are ids too. `is_exact`, `is_padded`: what `lost_digits`
    asks of all long ids. `twins` as `alike` gives them.
    """

    has_one_and_two: bool
    are_numbers: bool
    neighbours: frozenset[str]
    is_exact: bool = False
    is_padded: bool = False
    twins: dict[str, list[str]] = field(default_factory=dict)


def names_nobody(ids: pa.Array, others: Others | None = None) -> Flags:
    """Which ids stand for nobody: the words of `nobody` in missing.toml, zeros only, a sign again and again,
    no letter and no digit at all.

    The words of `nobody_among_numbers` do where most other ids of the column have a digit in them. A digit
    again and again is an id after all where the numbers before and behind it are ids of the column too, and 0
    where 1 and 2 are.
    """
    plain = plain_of(ids)
    found = _is_nobody(plain)
    zero = flags(pc.match_substring_regex(plain, _ZERO))
    if zero.any() and (
        others.has_one_and_two if others else set(pc.unique(plain).to_pylist()) >= {"0", "1", "2"}
    ):
        zero &= ~flags(pc.equal(plain, "0"))
    found |= zero
    loose = _is_loose(plain)
    if loose.any():
        n, digits = (0, 0) if others else numbers_among(plain, ~loose & ~found)
        if others.are_numbers if others else 2 * digits > n:
            found |= loose
    repeated = np.flatnonzero(flags(pc.match_substring_regex(plain, _REPEATED)))
    if len(repeated):
        texts = plain.take(pa.array(repeated)).to_pylist()
        if others:
            there: frozenset[str] = others.neighbours
        else:
            near = pa.array(sorted(neighbours_of(plain)), pa.string())
            there = frozenset(near.filter(pc.is_in(near, value_set=plain)).to_pylist())
        found[repeated] = [
            not (text.isdecimal() and {str(int(text) - 1), str(int(text) + 1)} <= there) for text in texts
        ]
    return found


def _is_nobody(plain: pa.Array) -> Flags:
    return flags(pc.is_in(plain, value_set=pa.array(["", *declared().nobody])))


def _is_loose(plain: pa.Array) -> Flags:
    return flags(pc.is_in(plain, value_set=pa.array(declared().nobody_among_numbers)))


def numbers_among(plain: pa.Array, asked: Flags) -> tuple[int, int]:
    """How many plain ids there are among those asked, and how many of them have a digit."""
    those = plain.filter(pa.array(asked))
    return len(those), int(flags(pc.match_substring_regex(those, "[0-9]")).sum())


def somebody_among(plain: pa.Array, *, has_one_and_two: bool) -> Flags:
    """Which plain ids do not stand for nobody by themselves, whatever the others are."""
    zero = flags(pc.match_substring_regex(plain, _ZERO))
    if has_one_and_two:
        zero &= ~flags(pc.equal(plain, "0"))
    return ~_is_nobody(plain) & ~zero & ~_is_loose(plain)


def neighbours_of(plain: pa.Array) -> set[str]:
    """The numbers before and behind those plain ids that are one digit again and again."""
    repeated = plain.filter(pc.match_substring_regex(plain, _REPEATED)).to_pylist()
    return {str(int(text) + step) for text in repeated if text.isdecimal() for step in (-1, 1)}


def plain_of(ids: pa.Array) -> pa.Array:
    """Ids in small letters of ordinary width, without the signs around them."""
    small = pc.utf8_lower(pc.utf8_normalize(ids, form="NFKC"))
    # to begin with the pattern takes longer than to look through many ids, and most have no signs
    first, last = pc.utf8_slice_codeunits(small, 0, 1), pc.utf8_slice_codeunits(small, -1)
    bare = pc.or_(pc.and_(pc.ascii_is_alnum(first), pc.ascii_is_alnum(last)), pc.equal(small, ""))
    return small if pc.all(bare).as_py() else pc.replace_substring_regex(small, _AROUND, "")


# as people fill a field that must not be empty: xx, 9999, 1111111
_ZERO = r"^0+([.,]0+)?$"
_REPEATED = "^(?:x{2,}|9{4,}|" + "|".join(f"{sign}{{7,}}" for sign in "12345678") + ")$"


def lost_digits(ids: pa.Array, others: Others | None = None) -> Flags:
    """Which ids lost digits when a spreadsheet kept them as numbers.

    Those written as 1.23E+18 or ending in three zeros after fifteen digits; and all long ids of a column
    where each of them happens to be a number that a double holds exactly, or to have zeros behind its
    fifteenth digit, which chance would give less than once in a hundred.
    """
    cut = flags(
        pc.match_substring_regex(ids, r"^(?:[0-9][.,][0-9]+[eE]\+?[0-9]+|[0-9][eE]\+[0-9]+|[0-9]{15,}000)$")
    )
    long = np.flatnonzero(flags(pc.match_substring_regex(ids, _LONG)))
    texts = ids.take(pa.array(long)).to_pylist()
    odds = Odds() if others else odds_of(texts)
    if others.is_exact if others else odds.is_exact:
        cut[[place for place, text in zip(long, texts, strict=True) if int(text) >= _EXACT]] = True
    if others.is_padded if others else odds.is_padded:
        cut[long] = True
    return cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """How likely chance makes all of some long ids exact in a double, or zeros behind their fifteenth digit;
    and whether all are so.
    """

    exact: float = 1.0
    padded: float = 1.0
    all_exact: bool = True
    all_padded: bool = True

    def __add__(self, more: Odds) -> Odds:
        return Odds(
            exact=self.exact * more.exact,
            padded=self.padded * more.padded,
            all_exact=self.all_exact and more.all_exact,
            all_padded=self.all_padded and more.all_padded,
        )

    @property
    def is_exact(self) -> bool:
        """Whether it is no chance that a double holds each exactly."""
        return self.all_exact and self.exact < _SURE

    @property
    def is_padded(self) -> bool:
        """Whether it is no chance that each has zeros behind its fifteenth digit."""
        return self.all_padded and self.padded < _SURE


def odds_of(long: list[str]) -> Odds:
    """The odds of some ids of sixteen to nineteen digits."""
    odds = Odds()
    for text in long:
        number = int(text)
        odds += Odds(
            exact=1 / max(1, 1 << max(0, number.bit_length() - 53)),
            padded=10.0 ** (15 - len(text)),
            all_exact=int(float(number)) == number,
            all_padded=set(text[15:]) == {"0"},
        )
        if not odds.all_exact and not odds.all_padded:
            break
    return odds


def long_among(ids: pa.Array) -> list[str]:
    """The ids of sixteen to nineteen digits."""
    found: list[str] = ids.filter(pc.match_substring_regex(ids, _LONG)).to_pylist()
    return found


def alike(ids: pa.Array) -> dict[str, list[str]]:
    """Ids of which another differs only in capitals, in signs around it or in full-width letters: what they
    share, and each spelling in order.
    """
    once = pc.unique(ids.drop_null())
    plain = plain_of(once)
    counted = pc.value_counts(plain)
    several = counted.field(0).filter(pc.greater(counted.field(1), 1))
    found: dict[str, list[str]] = {}
    there = pc.is_in(plain, value_set=several)
    for text, shared in zip(once.filter(there).to_pylist(), plain.filter(there).to_pylist(), strict=True):
        found.setdefault(shared, []).append(text)
    return {shared: sorted(found[shared]) for shared in sorted(found)}
