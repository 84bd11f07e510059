"""longest, capacity, changes, watch: questions that a reporter puts to releases and workbooks."""

from __future__ import annotations

from typing import Annotated

import typer

from paradero.cli.options import AsCsv, AsJson, Limit, Release, case_of, shown_at_most
from paradero.cli.output import Findings, form_of


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (longest, capacity, changes, watch):
        app.command()(command)


def longest(
    context: typer.Context,
    facility: Annotated[
        str | None,
        typer.Option(help="Only these facilities: a code, or a part of a name or type, such as hold."),
    ] = None,
    release: Release = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Stints by length, the longest first, people by their pseudonyms: what the record shows at least, and
    allows at most.
    """
    from paradero.answers.counts import questions
    from paradero.cli.answer_text import print_answer

    form = form_of(as_json, as_csv)
    found = questions.longest(
        case_of(context), facility=facility, release=release, limit=shown_at_most(limit, form)
    )
    print_answer(
        found,
        [
            "unique_identifier",
            "detention_facility_code",
            "detention_facility",
            "book_in",
            "book_out",
            "at_least",
            "at_most",
            "row_id_address",
        ],
        form,
        as_table=questions.LONGEST_COLUMNS,
    )


def capacity(
    context: typer.Context,
    all_rows: Annotated[bool, typer.Option("--all", help="Also facilities that were not above it.")] = False,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Facilities above their stated capacity, by the records and by published midnights and averages."""
    from paradero.answers.counts import questions
    from paradero.cli.answer_text import print_answer

    form = form_of(as_json, as_csv)
    found = questions.capacity(case_of(context), all_rows=all_rows, limit=shown_at_most(limit, form))
    print_answer(
        found,
        [
            "detention_facility_code",
            "detention_facility",
            "capacity",
            "most",
            "over_by",
            "on_date",
            "n_over",
            "counted_by",
        ],
        form,
        as_table=questions.CAPACITY_COLUMNS,
    )


def changes(
    context: typer.Context,
    earlier: Annotated[
        str | None,
        typer.Argument(
            help="A workbook: its file name or source id. Each and the next one unless two are named."
        ),
    ] = None,
    later: Annotated[str | None, typer.Argument(help="The workbook to compare it with.")] = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """What changed between two of ICE's workbooks: facilities that come and go, and what is said otherwise of
    those that stay.
    """
    from paradero.answers.counts import questions
    from paradero.cli.answer_text import print_answer

    form = form_of(as_json, as_csv)
    found = questions.changes(
        case_of(context), earlier=earlier, later=later, limit=shown_at_most(limit, form)
    )
    print_answer(
        found,
        [
            "change",
            "name",
            "city",
            "column_name",
            "earlier_said",
            "later_said",
            "later_file",
            "later_row_address",
        ],
        form,
        as_table=questions.CHANGE_COLUMNS,
    )


def watch(
    context: typer.Context,
    workbook: Annotated[
        str | None, typer.Argument(help="A workbook: its file name or source id; else the newest.")
    ] = None,
    all_files: Annotated[bool, typer.Option("--all", help="Every workbook.")] = False,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """What cannot be in a workbook of ICE's, by itself or beside the one before: counts since 1 October that
    fall, totals that are not their parts, facilities that vanish and return. Exit code 2 where there is any.
    """
    from paradero.answers.counts.watching import WATCH_COLUMNS, watched
    from paradero.cli.answer_text import print_answer

    form = form_of(as_json, as_csv)
    found = watched(case_of(context), file=workbook, all_files=all_files, limit=shown_at_most(limit, form))
    print_answer(found, WATCH_COLUMNS[:-1], form, as_table=WATCH_COLUMNS)
    if any(row.status == "impossible" for row in found.rows):
        raise Findings
