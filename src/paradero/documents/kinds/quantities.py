"""Amounts and counts: from the parts that a pattern found to bounds with a unit."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from paradero.documents.kinds.numbers import Number, read_number
from paradero.documents.kinds.vocabulary import Kind
from paradero.documents.mentions import Form, Value
from paradero.model.ranges import ABOUT

_Bounds = tuple[Fraction | None, Fraction | None, Fraction | None]
_ARTICLE = ("un", "una", "uno")


def amount_of(kind: Kind, groups: dict[str, str], *, spanish: bool) -> Value | None:
    """Money, a percentage or a plain number; None where the words make no number."""
    if (
        not spanish
        and "mil" in (groups.get("a_scale"), groups.get("b_scale"))
        and not _is_spanish({**groups, "a_scale": "", "b_scale": ""})
    ):
        return None  # "$4.76 mil": a million as often as the Spanish thousand
    is_percent = bool(groups.get("percent") or groups.get("percent_word"))
    sign, coin = groups.get("sign", ""), groups.get("coin", "")
    currency = str(kind.meaning("money", coin) or "") if coin else str(kind.meaning("currency", sign) or "")
    named = coin or sign
    unit = "percent" if is_percent else currency or "1"
    for per in (groups.get("per"), groups.get("per_also")):
        unit += f"/{kind.meaning('per', per)}" if per else ""
    assumed = (
        str(kind.meaning("assumed", named) or "") if currency and not (sign and coin and sign != "$") else ""
    )
    value = _figure(kind, groups, spanish=spanish or _is_spanish(groups), unit=unit, least=Fraction(0))
    return None if value is None else replace(value, currency=currency, assumed=assumed)


def count_of(kind: Kind, groups: dict[str, str], *, spanish: bool, language: str) -> Value | None:
    """A count in the unit of its noun; None where the words make no number, or are an article."""
    if groups["a"].casefold() in _ARTICLE:
        return None
    noun = kind.meaning(f"noun_{language}", groups["noun"])
    value = _figure(kind, groups, spanish=spanish and language == "es", unit=str(noun), least=Fraction(1))
    if value is None or any(each is not None and each.denominator != 1 for each in (value.mode,)):
        return None
    return value


def _is_spanish(groups: dict[str, str]) -> bool:
    words = " ".join(groups.get(name, "") for name in ("a_scale", "b_scale", "coin", "vague")).casefold()
    return (
        any(word in words for word in ("mill", "dólar", "dolar", "más de", "menos de", "mil ", "billones"))
        and "million" not in words
    )


def _figure(kind: Kind, groups: dict[str, str], *, spanish: bool, unit: str, least: Fraction) -> Value | None:
    first, second = _ends(kind, groups, spanish=spanish)
    if first is None or (groups.get("b") and second is None):
        return None
    vague = " ".join(
        part
        for part in (groups.get("open", ""), groups.get("vague", ""), groups.get("vague_after", ""))
        if part
    )
    if second is not None:
        return _range(
            first,
            second,
            unit=unit,
            vague=vague,
            least=least,
            about=kind.meaning("vague", groups.get("vague", "")) == "about",
        )
    form = _form(kind, groups)
    if form is None:
        return None
    spans = [_bounds(value, form, least) for value in first.values]
    lows, highs = [lo for lo, _, _ in spans if lo is not None], [hi for _, _, hi in spans if hi is not None]
    return Value(
        lo=min(lows) if lows else None,
        mode=spans[0][1] if len(spans) == 1 else None,
        hi=max(highs) if highs else None,
        unit=unit,
        form=form,
        figure=first.values[0] if len(spans) == 1 else None,
        step=first.step,
        vague=vague,
        readings=tuple(_plain(value) for value in first.values) if len(spans) > 1 else (),
    )


def _form(kind: Kind, groups: dict[str, str]) -> Form | None:
    """What the vague words make of the figure; None where one before and one after do not go together."""
    before, after = (
        kind.meaning("vague", groups.get("vague", "")),
        kind.meaning("vague_after", groups.get("vague_after", "")),
    )
    if before and after and before != after:
        return None
    # the tables hold only forms; a test reads them all
    found: Form = before or after or "exact"  # type: ignore[assignment]
    return found


def _ends(kind: Kind, groups: dict[str, str], *, spanish: bool) -> tuple[Number | None, Number | None]:
    """The figure, or both ends of a range; an end without a scale takes the other's where it is the smaller
    figure: `5 to 6 million`.
    """
    a_scale, b_scale = _scale(kind, groups, "a"), _scale(kind, groups, "b")
    if not groups.get("b"):
        return read_number(groups["a"], spanish=spanish, scale=a_scale or b_scale or Fraction(1)), None
    bare_a, bare_b = (read_number(groups[name], spanish=spanish, scale=Fraction(1)) for name in ("a", "b"))
    if (
        a_scale is None
        and b_scale is not None
        and bare_a
        and bare_b
        and min(bare_a.values) < 1000
        and bare_a.step <= 1
    ):
        a_scale = b_scale
    first, second = (
        read_number(groups[name], spanish=spanish, scale=scale or Fraction(1))
        for name, scale in (("a", a_scale), ("b", b_scale))
    )
    if a_scale is None and b_scale is None and first and second:
        first = _with_scale_of(groups["b"], first, second)
    return first, second


def _with_scale_of(written: str, first: Number, second: Number) -> Number:
    """`12 to 15,000` and `two to three hundred`: the first end is read as written, and in the hundreds or
    thousands of the second too.
    """
    if len(first.values) > 1 or len(second.values) > 1 or first.step != 1:
        return first
    (value,), (last,) = first.values, second.values
    is_words = not written[:1].isdigit()
    for scale in (1_000_000, 1000, 100):
        if (
            value
            and value < min(scale, 1000)
            and value * scale < last
            and last % scale == 0
            and (is_words or (scale == 1000 and len(written) > len(str(last))))
        ):
            return Number(values=(value, value * scale), step=first.step)
    return first


def _scale(kind: Kind, groups: dict[str, str], end: str) -> Fraction | None:
    letter, word = groups.get(f"{end}_letter", ""), groups.get(f"{end}_scale", "")
    found = kind.meaning("letter", letter) if letter else kind.meaning("scale", word) if word else None
    return None if found is None else Fraction(str(found))


def _range(
    first: Number, second: Number, *, unit: str, vague: str, least: Fraction, about: bool
) -> Value | None:
    """Both ends belong to it; a range that falls is none."""
    lo, hi = min(first.values), max(second.values)
    if lo >= hi:
        return None
    if about:
        lo, hi = _up(lo - lo * ABOUT, least), _down(hi + hi * ABOUT, least)
    readings = tuple(f"{_plain(a)} to {_plain(b)}" for a in first.values for b in second.values if a < b)
    return Value(
        lo=lo,
        hi=hi,
        unit=unit,
        form="range",
        step=min(first.step, second.step),
        vague=vague,
        readings=readings if len(readings) > 1 else (),
    )


def _bounds(value: Fraction, form: Form, least: Fraction) -> _Bounds:
    """(lo, mode, hi): `least` is the smallest step away from a figure that is itself left out, 1 for what is
    counted.
    """
    if form == "about":
        return _up(value - value * ABOUT, least), value, _down(value + value * ABOUT, least)
    if form == "almost":
        return _up(value - value * ABOUT, least), None, value - least
    if form in ("over", "at_least"):
        return value + (least if form == "over" else 0), None, None
    if form in ("under", "at_most"):
        return None, None, value - (least if form == "under" else 0)
    return value, value, value


def _up(value: Fraction, least: Fraction) -> Fraction:
    """The next whole number where only whole ones are counted."""
    return Fraction(ceil(value)) if least else value


def _down(value: Fraction, least: Fraction) -> Fraction:
    return Fraction(floor(value)) if least else value


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.12g}"
