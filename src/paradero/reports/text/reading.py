"""What reading a file did, in words: the account of its rows, its sheets, what was assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

_ACCOUNTS = (
    ("taken", "taken", "taken"),
    ("above", "above the table", "above the table"),
    ("header", "header", "headers"),
    ("repeated_headers", "repeated header", "repeated headers"),
    ("notes", "note or total", "notes or totals"),
    ("blank", "blank", "blank"),
    ("stray", "stray", "stray"),
    ("not_taken", "not taken", "not taken"),
)
_ASSUMED = {
    "encoding": "encoding",
    "delimiter": "columns parted by",
    "stray_quotes": "quotes that nobody closes",
    "nul_bytes": "NUL bytes",
    "decimal_sign": "decimal sign",
    "date_order": "order of day and month",
    "word_for_nothing": "words for nothing",
    "stand_in_date": "dates that stand for none",
    "error_cell": "error cells",
    "invisible_letters": "letters nobody sees",
    "zone": "time zone",
    "date_and_time": "date and time",
    "serial_number": "serial numbers",
    "two_digit_years": "years of two digits",
    "repeated_header": "headers that stand twice",
    "word_for_nobody": "ids that stand for nobody",
    "id_precision_lost": "ids that lost digits",
    "id_twins": "ids that differ only in how they are written",
    "letter_case": "codes in small letters",
}


def ledger_words(ledger: Mapping[str, int]) -> str:
    """The account of a file's rows in one sentence; "" where there is none."""
    if not ledger.get("in_file"):
        return ""
    parts = [
        f"{ledger[name]:,} {one if ledger[name] == 1 else many}"
        for name, one, many in _ACCOUNTS
        if ledger.get(name)
    ]
    return (
        f"{ledger['in_file']:,} {'row' if ledger['in_file'] == 1 else 'rows'} in the file: {', '.join(parts)}"
    )


def assumption_lines(assumed: Sequence[Row]) -> list[str]:
    """What was assumed, a line for each thing of which something was."""
    lines = []
    for what, label in _ASSUMED.items():
        these = [each for each in assumed if each["what"] == what]
        if these:
            columns = list(
                dict.fromkeys(name for each in these for name in each["columns"].split(", ") if name)
            )
            lines.append(
                f"{label}: {', '.join(map(_taken, these))}" + (f" in {', '.join(columns)}" if columns else "")
            )
    return lines


def _taken(assumed: Row) -> str:
    cells = assumed["cells"]
    return str(assumed["taken"]) + (
        "" if cells is None else f" ({cells:,} {'cell' if cells == 1 else 'cells'})"
    )


def sheet_lines(sheets: Sequence[Row]) -> list[str]:
    """What is to be said of single sheets: those not taken and why, hidden ones, those that go on from
    another or repeat it.
    """
    lines = []
    for sheet in sheets:
        name = f"sheet {sheet['name']!r}" if sheet["name"] else "the table"
        rows = (sheet.get("ledger") or {}).get("in_file", 0)
        if not sheet.get("kinds"):
            lines.append(
                f"{name} was not taken ({rows:,} {'row' if rows == 1 else 'rows'}): {sheet.get('why', '')}"
            )
        lines += [f"{name}: {remark}" for remark in sheet.get("remarks") or ()]
    return lines


def overlap_words(overlap: Row) -> str:
    """What is said of a file whose rows stand in another one too."""
    rows = (
        f"{overlap['rows']:,} of its {overlap['kind']} {'is a row' if overlap['rows'] == 1 else 'are rows'}"
        f" of {overlap['file_name']} ({overlap['source']}) too"
    )
    if overlap["is_same_release"]:
        return f"{rows}: counted once"
    return (
        f"{rows}, of release {overlap['release']}: counted in both. If they are one release, add both with"
        " the same --release"
    )


def reading_lines(report: Row) -> list[str]:
    """All of it, as `add` prints it below the file's name."""
    words = ledger_words(report.get("ledger") or {})
    return [
        *([words] if words else []),
        *(overlap_words(each) for each in report.get("overlaps") or ()),
        *sheet_lines(report.get("sheets") or ()),
        *(f"assumed: {line}" for line in assumption_lines(report.get("assumed") or ())),
    ]
