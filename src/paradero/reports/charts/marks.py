"""The marks of charts, each once: colours, hatches, texts. What is not known has its own: an even bar for a
span of time, a band with two edges for bounds, a dashed empty box where no custodian is on record, grey
hatch where the release has no cover.

Colours are those of a palette that colour-blind readers and grey printers tell apart; text has 7:1 on white.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from paradero.model.safe_text import shown

INK, INK_2, RULE = "#1a1a1a", "#454545", "#d9d8d2"
RECORDS, BAND = "#0b4a82", "#bdd3e8"
OFFICIAL = "#b35400"
LAW, LAW_BAND = "#4a1230", "#efe3e8"
OPEN, OPEN_BAND = "#5f4600", "#e8cf8e"
COMPLIED = "#0b5a52"
ABSENT = "#8a8a86"

LETTER = 6.6  # how wide a letter of 13 px is taken to be, in px


def _escaped(text: str) -> str:
    return html.escape(shown(text))


def number(value: float) -> str:
    """A coordinate: at most one decimal, so that the same chart is the same bytes."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def words(x: float, y: float, text: str, *classes: str) -> str:
    """A text at a place; classes are `b` (bold), `e` (ends there), `m` (middle), `t2`, `rec`, `law`,
    `halo`.
    """
    kind = f' class="{" ".join(classes)}"' if classes else ""
    return f'<text{kind} x="{number(x)}" y="{number(y)}">{_escaped(text)}</text>'


def line(
    x1: float, y1: float, x2: float, y2: float, colour: str = INK, *, dash: str = "", wide: float = 1
) -> str:
    """A line; `dash` as SVG has it."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    width = f' stroke-width="{number(wide)}"' if wide != 1 else ""
    return (
        f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        f' stroke="{colour}"{width}{dashed}/>'
    )


def box(x: float, y: float, width: float, height: float, fill: str, *, edge: str = "", dash: str = "") -> str:
    """A box; `fill` may be the name of a hatch."""
    inked = f"url(#{fill})" if fill in _HATCHES else fill
    edged = f' stroke="{edge}"' if edge else ""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(max(width, 0.5))}" height="{number(height)}"'
        f' fill="{inked}"{edged}{dashed}/>'
    )


def path(drawn: str, *, fill: str = "none", edge: str = "", wide: float = 1, dash: str = "") -> str:
    """A path as SVG has it; `fill` may be the name of a hatch, `dash` is as SVG has it."""
    inked = f"url(#{fill})" if fill in _HATCHES else fill
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    edged = f' stroke="{edge}" stroke-width="{number(wide)}"' if edge else ""
    return f'<path d="{drawn}" fill="{inked}"{edged}{dashed}/>'


def diamond(x: float, y: float) -> str:
    """The mark of an official figure: open, so that the records stay to be seen under it."""
    return (
        f'<path class="pub" d="M{number(x)} {number(y - 4.5)}l4.5 4.5l-4.5 4.5l-4.5 -4.5z" fill="#fff"'
        f' stroke="{OFFICIAL}" stroke-width="1.6"/>'
    )


_HATCHES = {"absent": (ABSENT, "#fff", 5, 2), "open": (OPEN_BAND, "#fff", 8, 4)}


def svg(width: float, height: float, name: str, title: str, description: str, marks: Iterable[str]) -> str:
    """A picture with its title and description; hatches are named after it, as ids are the page's."""
    return (
        f'<svg viewBox="0 0 {number(width)} {number(height)}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{_escaped(title)}</title>'
        f'<desc id="{name}-d">{_escaped(description)}</desc>' + _hatched(name, "".join(marks)) + "</svg>"
    )


def picture(width: float, height: float, name: str, marks: Iterable[str]) -> str:
    """A picture that repeats what stands beside it in words: it is not read out."""
    return (
        f'<svg viewBox="0 0 {number(width)} {number(height)}" aria-hidden="true" focusable="false">'
        + _hatched(name, "".join(marks))
        + "</svg>"
    )


def _hatched(name: str, body: str) -> str:
    """The marks, before them the hatches that they are filled with."""
    patterns = ""
    for hatch, (colour, ground, step, wide) in _HATCHES.items():
        if f"url(#{hatch})" in body:
            own = f"{name}-{hatch}"
            body = body.replace(f"url(#{hatch})", f"url(#{own})")
            patterns += (
                f'<pattern id="{own}" width="{step}" height="{step}" patternUnits="userSpaceOnUse"'
                f' patternTransform="rotate(45)"><rect width="{step}" height="{step}" fill="{ground}"/>'
                f'<rect width="{wide}" height="{step}" fill="{colour}"/></pattern>'
            )
    return (f"<defs>{patterns}</defs>" if patterns else "") + body


def bar(lo: float | None, hi: float | None, least: float, most: float) -> str:
    """A range on a scale from `least` to `most`, for a cell: decoration beside words that say the same.
    Solid from zero to the bound that is certain, a band to the other; an open side runs to the frame,
    hatched.
    """
    width = 160.0
    scale = width / (most - least) if most > least else 0.0

    def x(value: float) -> float:
        return (value - least) * scale

    zero = x(min(max(0, least), most))
    inner = 0.0 if lo is None or hi is None else min(lo, hi, key=abs) if lo * hi >= 0 else 0.0
    inner = lo if hi is None and lo is not None else inner
    marks = [_from_to(zero, x(inner), RECORDS)] if inner else []
    if lo is not None and hi is not None and lo != hi:
        ends = (lo, hi) if lo * hi < 0 else (inner, max(lo, hi, key=abs))
        marks.append(_from_to(x(ends[0]), x(ends[1]), BAND))
    elif hi is None:
        marks.append(box(x(lo or 0), 3, width - x(lo or 0), 10, "#fff", edge=ABSENT, dash="3 2"))
    marks.append(line(zero, 0, zero, 16, ABSENT))
    return (
        f'<svg viewBox="0 0 {number(width)} 16" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false">' + "".join(marks) + "</svg>"
    )


def bar_apart(value: float, most: float, *, is_missing: bool = False) -> str:
    """A bar on a scale from zero that is no part of the list beside it: outlined for all others together,
    dashed for what is missing.
    """
    width = 160.0
    edge, dash = (ABSENT, "3 2") if is_missing else (RECORDS, "")
    drawn = box(0, 3, value / most * width if most else 0, 10, "#fff", edge=edge, dash=dash)
    return (
        f'<svg viewBox="0 0 {number(width)} 16" preserveAspectRatio="none" aria-hidden="true"'
        f' focusable="false">{drawn}{line(0, 0, 0, 16, ABSENT)}</svg>'
    )


def _from_to(begin: float, end: float, ink: str) -> str:
    first, last = sorted((begin, end))
    return box(first, 3, max(last - first, 1.5), 10, ink, edge=RECORDS)
