"""Texts of others on a screen or in a spreadsheet: shown as they are written, never obeyed."""

from __future__ import annotations

import re

# control characters but tab and line feed; marks that turn the direction of writing, hide, or break lines
_COMMANDS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)

# what a spreadsheet takes for a formula; a plain signed number is none
FORMULA = r"^[\s]*[=+\-@|%\t\r＝＋－＠]"
PLAIN_NUMBER = r"^[+-]?([0-9][0-9., ]*)?$"
_FORMULA = re.compile(FORMULA)
_PLAIN_NUMBER = re.compile(PLAIN_NUMBER)


def shown(text: str) -> str:
    """The text with control characters and invisible marks written out, such as `\\x1b` and `\\u202e`: a
    terminal obeys those, and a reader misses these.
    """
    return _COMMANDS.sub(_written_out, text)


def shown_in_line(text: str) -> str:
    """As `shown`, line breaks and tabs written out too: for a cell of a table, where a break would fake a
    row.
    """
    return shown(text).replace("\t", "\\t").replace("\n", "\\n")


def shown_in_json(text: str) -> str:
    """JSON text, in which the same characters stand as `\\uXXXX`: the value that a program reads is
    the same.
    """
    return _COMMANDS.sub(lambda found: "".join(f"\\u{ord(unit):04x}" for unit in _utf16(found[0])), text)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet that opens the text as a cell may take it for a formula."""
    return _FORMULA.match(text) is not None and _PLAIN_NUMBER.match(text) is None


def disarmed(text: str) -> str:
    """The text, an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if is_formula(text) else text


def disarmed_note(n_cells: int) -> str:
    """What a reader of a file has to know of its apostrophes."""
    return (
        f"{n_cells:,} cells that a spreadsheet would run as formulas have an apostrophe (') before them, or"
        " are marked as text."
    )


def _written_out(found: re.Match[str]) -> str:
    number = ord(found[0])
    return (
        f"\\x{number:02x}"
        if number < 0x100
        else f"\\u{number:04x}"
        if number < 0x10000
        else f"\\U{number:08x}"
    )


def _utf16(letter: str) -> str:
    number = ord(letter)
    if number < 0x10000:
        return letter
    number -= 0x10000
    return chr(0xD800 + (number >> 10)) + chr(0xDC00 + (number & 0x3FF))
