"""How a headcount is printed for people: the counts, the bound without unknown places where it differs, why
the bounds are apart, what is assumed.
"""

from __future__ import annotations

from paradero.answers.counts.counting import RestsOn
from paradero.answers.counts.headcounts import Counted, Headcounts, Totals, width_lines
from paradero.cli.output import Form, print_rows, print_table, say
from paradero.model.answer import row_of


def print_headcount(answer: Headcounts, found: Counted, totals: Totals) -> None:
    """Print the counts of an answer, `totals` over all of them, and what others printed of the same places
    and days.
    """
    say(
        f"{answer.definition}: {answer.title}\nunit: {answer.unit}; n_lo and n_hi are what the record"
        " shows and what it allows"
    )
    for line in answer.cannot_be_judged:
        say(line[0].upper() + line[1:])
    if found.rests_on:
        say(_rests_on(found.rests_on))
    columns = [answer.by, *(["facility"] if "facility" in found.columns else []), "date", "n", "n_lo", "n_hi"]
    if totals.widths["hi_less_lo_place_unknown"]:
        columns.append("n_hi_placed")
        say("n_hi_placed: n_hi without those of whom no row says where (--assuming placed)")
    rows = [{**row_of(row), "n_hi_placed": row.n_hi_placed} for row in answer.rows]
    print_rows(rows, columns, Form.TEXT, banner=answer.scope, total=answer.n_rows)
    if rows:
        say("\n".join(width_lines(totals)))
    for each in found.assumed:
        say(f"ASSUMED ({each.assumption}): {each.left_out}")
    if answer.published:
        say("\nAs others printed it:")
        print_table(
            answer.published,
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


def _rests_on(rows: RestsOn) -> str:
    """Say how much of a count is imputed."""
    words = (
        f"rests on {rows.n_rows:,} detention rows: {rows.without_book_out:,} without a book-out,"
        f" {rows.without_book_in:,} without a book-in, {rows.without_person:,} without a"
        " person id"
    )
    if rows.without_book_out == rows.n_rows:
        words += (
            "\nWARNING: no row has a book-out. n is what the definition puts in its place, not what anybody"
            " recorded"
        )
    elif rows.without_book_out * 2 >= rows.n_rows:
        words += (
            f"\nWARNING: {rows.without_book_out:,} of {rows.n_rows:,} rows have no book-out. n is mostly what"
            " the definition puts in its place. Lists without book-outs may stand beside others in one"
            " release: name it when adding (`paradero add FILE --release NAME`), and count each by itself"
        )
    return words + "\n"
