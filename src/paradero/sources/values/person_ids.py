"""Which ids name somebody: words and signs that stand for nobody, ids whose digits a spreadsheet lost, ids
that differ only in how they are written.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.held import Flags, flags
from paradero.sources.missing import declared

_AROUND = r"^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$"
# the odds below which it is no chance that all long numbers of a column are such as a spreadsheet can hold
_SURE = 0.01
_EXACT = 1 << 53  # whole numbers up to which a double holds each


def names_nobody(ids: pa.Array) -> Flags:
    """Which ids stand for nobody: the words of `nobody` in missing.toml, zeros only, a sign again and again,
    no letter and no digit at all.

    The words of `nobody_among_numbers` do where most other ids of the column have a digit in them. A digit
    again and again is an id after all where the numbers before and behind it are ids of the column too, and 0
    where 1 and 2 are.
    """
    plain = _plain(ids)
    found = flags(pc.is_in(plain, value_set=pa.array(["", *declared().nobody])))
    zero = flags(pc.match_substring_regex(plain, r"^0+([.,]0+)?$"))
    if zero.any() and set(pc.unique(plain).to_pylist()) >= {"0", "1", "2"}:
        zero &= ~flags(pc.equal(plain, "0"))
    found |= zero
    loose = flags(pc.is_in(plain, value_set=pa.array(declared().nobody_among_numbers)))
    if loose.any():
        others = plain.filter(pa.array(~loose & ~found))
        if len(others) and 2 * flags(pc.match_substring_regex(others, "[0-9]")).sum() > len(others):
            found |= loose
    repeated = np.flatnonzero(flags(pc.match_substring_regex(plain, _REPEATED)))
    if len(repeated):
        texts = plain.take(pa.array(repeated)).to_pylist()
        beside = pa.array(
            [str(int(text) + step) for text in texts if text.isdecimal() for step in (-1, 1)], pa.string()
        )
        there = set(beside.filter(pc.is_in(beside, value_set=plain)).to_pylist())
        found[repeated] = [
            not (text.isdecimal() and {str(int(text) - 1), str(int(text) + 1)} <= there) for text in texts
        ]
    return found


def _plain(ids: pa.Array) -> pa.Array:
    """Ids in small letters of ordinary width, without the signs around them."""
    small = pc.utf8_lower(pc.utf8_normalize(ids, form="NFKC"))
    # to begin with the pattern takes longer than to look through many ids, and most have no signs
    first, last = pc.utf8_slice_codeunits(small, 0, 1), pc.utf8_slice_codeunits(small, -1)
    bare = pc.or_(pc.and_(pc.ascii_is_alnum(first), pc.ascii_is_alnum(last)), pc.equal(small, ""))
    return small if pc.all(bare).as_py() else pc.replace_substring_regex(small, _AROUND, "")


# as people fill a field that must not be empty: xx, 9999, 1111111
_REPEATED = "^(?:x{2,}|9{4,}|" + "|".join(f"{sign}{{7,}}" for sign in "12345678") + ")$"


def lost_digits(ids: pa.Array) -> Flags:
    """Which ids lost digits when a spreadsheet kept them as numbers.

    Those written as 1.23E+18 or ending in three zeros after fifteen digits; and all long ids of a column
    where each of them happens to be a number that a double holds exactly, or to have zeros behind its
    fifteenth digit, which chance would give less than once in a hundred.
    """
    cut = flags(
        pc.match_substring_regex(ids, r"^(?:[0-9][.,][0-9]+[eE]\+?[0-9]+|[0-9][eE]\+[0-9]+|[0-9]{15,}000)$")
    )
    long = np.flatnonzero(flags(pc.match_substring_regex(ids, r"^[1-9][0-9]{15,18}$")))
    texts = ids.take(pa.array(long)).to_pylist()
    large = [place for place, text in zip(long, texts, strict=True) if int(text) >= _EXACT]
    if _odds([int(text) for text in texts]) < _SURE:
        cut[large] = True
    if (
        all(set(text[15:]) == {"0"} for text in texts)
        and 10.0 ** -sum(len(text) - 15 for text in texts) < _SURE
    ):
        cut[long] = True
    return cut


def _odds(numbers: list[int]) -> float:
    """How likely it is that a double holds each of some whole numbers exactly; 1 where it does not."""
    odds = 1.0
    for number in numbers:
        if int(float(number)) != number:
            return 1.0
        odds /= max(1, 1 << max(0, number.bit_length() - 53))
    return odds


def alike(ids: pa.Array) -> dict[str, list[str]]:
    """Ids of which another differs only in capitals, in signs around it or in full-width letters: what they
    share, and each spelling in order.
    """
    once = pc.unique(ids.drop_null())
    plain = _plain(once)
    counted = pc.value_counts(plain)
    several = counted.field(0).filter(pc.greater(counted.field(1), 1))
    found: dict[str, list[str]] = {}
    there = pc.is_in(plain, value_set=several)
    for text, shared in zip(once.filter(there).to_pylist(), plain.filter(there).to_pylist(), strict=True):
        found.setdefault(shared, []).append(text)
    return {shared: sorted(found[shared]) for shared in sorted(found)}
