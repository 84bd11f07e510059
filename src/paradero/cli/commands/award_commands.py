"""awards: federal money, each award once."""

from __future__ import annotations

from typing import Annotated

import typer

from paradero.cli.options import AsCsv, AsJson, Language, Limit, case_of, shown_at_most
from paradero.cli.output import Form, form_of, print_csv, print_json, print_table, say


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(awards)


def awards(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME", help="Award key, PIID, UEI, or the name of a recipient or parent; else all."
        ),
    ] = None,
    by_recipient: Annotated[
        bool, typer.Option("--by-recipient", help="One line per recipient instead of one per award.")
    ] = False,
    limit: Limit = None,
    language: Language = "en",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List federal awards, each once however often it was modified or downloaded: obligated, paid out, value,
    ceiling, with source rows and flags.
    """
    from paradero.answers.companies.awards import awards_of
    from paradero.answers.words import Words
    from paradero.reports.text import awards_text as text

    words, form = Words(language), form_of(as_json, as_csv)
    found = awards_of(case_of(context), names or ())
    most = shown_at_most(limit, form) or max(len(found.rows), 1)
    rows, recipients = found.rows[:most], found.recipients[:most]
    if form is Form.JSON:
        whole = found.as_json()
        head = {name: whole[name] for name in ("scope", "digest", "unit")}
        about = {**head, "definitions": text.definitions(words), "total": whole["total"]}
        print_json({**about, "n_rows": len(found.rows), "rows": rows, "recipients": recipients})
    elif form is Form.CSV and by_recipient:
        print_csv(map(text.flat_recipient, recipients), text.RECIPIENT_COLUMNS)
    elif form is Form.CSV:
        print_csv(map(text.flat_award, rows), text.AWARD_COLUMNS)
    else:
        table = (
            [text.recipient_line(one, words) for one in recipients]
            if by_recipient
            else [text.award_line(one, words) for one in rows]
        )
        if table:
            print_table(table, list(table[0]), widest=60)
        more = len(found.recipients if by_recipient else found.rows) - len(table)
        if more > 0:
            say(words("award_more", n=f"{more:,}"))
        say(f"\n{text.total_text(found.total, words)}")
        say("\n" + "\n".join(text.definitions(words).values()) + f"\n\nScope: {found.scope}")
