"""Numbers as written, in figures or in words of English and Spanish; where the marks can be read two ways,
both readings.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from fractions import Fraction

from paradero.documents.kinds.vocabulary import kinds

_BARE = re.compile(r"(?:hundred|thousand|million|billion|millón|millones)\b", re.IGNORECASE)
_MARKS = re.compile(r"[., \u00a0\u202f\u2009\u2019']")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as it can be read: one value, or two where a mark may part thousands or decimals. `step` is
    the unit of its last written figure.
    """

    values: tuple[Fraction, ...]
    step: Fraction


def read_number(text: str, *, spanish: bool, scale: Fraction = Fraction(1)) -> Number | None:
    """Read figures or words and multiply by `scale`; None where words make no number (`two three`).

    `spanish` says what language the words around are in: there a point parts thousands, but not everywhere in
    the Americas.
    """
    found = _figures(text, spanish=spanish, is_scaled=scale > 1) if text[:1].isdigit() else _words(text)
    if found is None:
        return None
    return Number(values=tuple(sorted({value * scale for value in found.values})), step=found.step * scale)


def _figures(text: str, *, spanish: bool, is_scaled: bool) -> Number | None:
    marks = _MARKS.findall(text)
    groups = _MARKS.split(text)
    if not marks:
        return Number(values=(Fraction(text),), step=Fraction(1))
    if len(groups[-1]) != 3 and (marks[-1] not in ".," or marks[-1] in marks[:-1]):
        return None  # 1,234,56
    is_decimal = len(groups[-1]) != 3 or (
        len(marks) > 1 and marks[-1] not in marks[:-1] and marks[-1] in ".,"
    )
    if len(marks) == 1 and len(groups[-1]) == 3 and marks[0] in ".,":
        return _either_way(groups, marks[0], spanish=spanish, is_scaled=is_scaled)
    if is_decimal and len(groups[-1]) == 3 and len(marks) == 2:
        return _mixed(groups, marks)
    if is_decimal:
        return _with_decimals("".join(groups[:-1]), groups[-1])
    return Number(values=(Fraction("".join(groups)),), step=Fraction(1))


def _either_way(groups: list[str], mark: str, *, spanish: bool, is_scaled: bool) -> Number:
    """One mark before three figures: thousands or thousandths. `1.234` and, before a scale in Spanish,
    `1,234` are read both ways.
    """
    whole, parts = Number(values=(Fraction("".join(groups)),), step=Fraction(1)), _with_decimals(*groups)
    if groups[0].startswith("0"):  # 0.125 is never thousands
        return parts
    if mark == ",":
        return (
            Number(values=(*parts.values, *whole.values), step=parts.step) if spanish and is_scaled else whole
        )
    if is_scaled and not spanish:
        return parts
    return (
        whole if spanish and not is_scaled else Number(values=(*parts.values, *whole.values), step=parts.step)
    )


def _mixed(groups: list[str], marks: list[str]) -> Number:
    """Two marks, the last before three figures: `6'000,000` is thousands twice, `6,000.000` can be that or
    decimals.
    """
    whole, parts = (
        Number(values=(Fraction("".join(groups)),), step=Fraction(1)),
        _with_decimals("".join(groups[:-1]), groups[-1]),
    )
    if marks[0] in "'\u2019" and marks[1] == ",":
        return whole
    return Number(values=(*parts.values, *whole.values), step=parts.step)


def _with_decimals(whole: str, decimals: str) -> Number:
    return Number(values=(Fraction(f"{whole}.{decimals}"),), step=Fraction(1, 10 ** len(decimals)))


def _words(text: str) -> Number | None:
    value = _value_of(text)
    return None if value is None else Number(values=(Fraction(value),), step=Fraction(1))


def _value_of(text: str) -> int | None:
    """The number that words name; None where they stand in no such order."""
    total, current, multiplier = 0, 0, 0
    parts = _parts(text)
    if _BARE.match(text):  # several hundred, medio millón: what they multiply stands outside
        return None
    for number, is_hundred in parts:
        if number >= 1000:
            total = (
                (total + current) * number if 0 < multiplier < number else total + max(current, 1) * number
            )
            current, multiplier = 0, number
        elif is_hundred and 0 < current < 10:
            current *= 100
        elif _fits_below(number, current) or (number == 0 and len(parts) == 1):
            current += number
        else:
            return None
    return total + current if parts else None


def _fits_below(number: int, current: int) -> bool:
    """Whether a part can follow what was said of the same thousand: forty two, but neither two forty nor ten
    one.
    """
    if number < 10:
        return number > 0 and current % 10 == 0 and current % 100 != 10
    return current % int(10 ** len(str(number))) == 0


@functools.cache
def _word() -> re.Pattern[str]:
    tables = kinds()["count"].words
    words = sorted({*tables["ones_en"], *tables["ones_es"]}, key=lambda word: (-len(word), word))
    return re.compile("|".join(rf"\b{re.escape(word.casefold())}\b" for word in words))


def _parts(text: str) -> list[tuple[int, bool]]:
    """Each word's number, and whether it is the English hundred, which multiplies."""
    count = kinds()["count"]
    found: list[tuple[int, bool]] = []
    for word in _word().findall(" ".join(text.casefold().replace("-", " ").split())):
        english = count.meaning("ones_en", word)
        number = count.meaning("ones_es", word) if english is None else english
        found.append((int(number or 0), word == "hundred"))
    return found
