"""How a headcount is printed for people: the counts, the bound without unknown places where it differs, why
the bounds are apart, what is assumed.
"""

from __future__ import annotations

from typing import Any

from paradero.answers.counts.headcounts import Counted, width_lines
from paradero.cli.output import Form, print_rows, print_table, say

Row = dict[str, Any]


def print_headcount(rows: list[Row], found: Counted, about: Row, totals: Row, *, banner: str) -> None:
    """Print an answer of `paradero.answers.counts.headcounts.counted` and what others printed of the same
    places and days.
    """
    by = about["by"]
    say(
        f"{about['definition']}: {about['title']}\nunit: {about['unit']}; n_lo and n_hi are what the record"
        " shows and what it allows"
    )
    for line in found.cannot_be_judged:
        say(line[0].upper() + line[1:])
    if found.rests_on:
        say(_rests_on(found.rests_on))
    columns = [by, *(["facility"] if "facility" in found.columns else []), "date", "n", "n_lo", "n_hi"]
    if totals["hi_less_lo_place_unknown"]:
        columns.append("n_hi_placed")
        for row in rows:
            row["n_hi_placed"] = None if row[by] is None else row["n_hi"] - row["hi_less_lo_place_unknown"]
        say("n_hi_placed: n_hi without those of whom no row says where (--assuming placed)")
    print_rows(rows, columns, Form.TEXT, banner=banner, total=totals["n"])
    if rows:
        say("\n".join(width_lines(totals)))
    for each in found.assumed:
        say(f"ASSUMED ({each.assumption}): {each.left_out}")
    if about.get("published"):
        say("\nAs others printed it:")
        print_table(
            about["published"],
            [
                "date",
                "detention_facility_code",
                "detention_facility",
                "counted_as",
                "published",
                "file_name",
                "address",
            ],
            widest=40,
        )


def _rests_on(missing: Row) -> str:
    """Say how much of a count is imputed."""
    words = (
        f"rests on {missing['n_rows']:,} detention rows: {missing['without_book_out']:,} without a book-out,"
        f" {missing['without_book_in']:,} without a book-in, {missing['without_person']:,} without a"
        " person id"
    )
    if missing["without_book_out"] == missing["n_rows"]:
        words += (
            "\nWARNING: no row has a book-out. n is what the definition puts in its place, not what anybody"
            " recorded"
        )
    return words + "\n"
