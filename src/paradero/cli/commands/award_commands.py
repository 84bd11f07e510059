"""awards: federal money, each award once."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from paradero.cli.commands.law_commands import Language
from paradero.cli.options import AsCsv, AsJson, Limit, case_of, shown_at_most
from paradero.cli.output import Form, form_of, print_csv, print_json, print_table, say

_DEFINED = ("obligated", "outlayed", "current_value", "ceiling", "subawarded", "as_of")


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
    from paradero.answers.companies import awards as report
    from paradero.answers.words import Words
    from paradero.building.tables import open_tables

    words, form = Words(language), form_of(as_json, as_csv)
    with open_tables(case_of(context), *report.TABLES) as built:
        rows = report.award_rows(built, names or ())
        recipients = report.recipient_rows(built, rows)
        scope, digest = built.receipt.scope, built.receipt.digest
    total, defined = report.total_row(rows), {name: words(f"award_definitions_{name}") for name in _DEFINED}
    most = shown_at_most(limit, form) or max(len(rows), 1)
    if form is Form.JSON:
        about = {
            "scope": scope,
            "digest": digest,
            "unit": report.UNIT,
            "definitions": defined,
            "total": total,
        }
        print_json({**about, "n_rows": len(rows), "rows": rows[:most], "recipients": recipients[:most]})
    elif form is Form.CSV and by_recipient:
        print_csv(
            [{**row, "awards": " ".join(row["awards"])} for row in recipients[:most]],
            report.RECIPIENT_COLUMNS,
        )
    elif form is Form.CSV:
        print_csv([report.flat(row) for row in rows[:most]], report.COLUMNS)
    else:
        table = (
            report.recipient_table(recipients[:most], words)
            if by_recipient
            else report.award_table(rows[:most], words)
        )
        _say(table, len(recipients if by_recipient else rows) - len(table), total, words, scope)


def _say(table: list[dict[str, Any]], more: int, total: dict[str, Any], words: Any, scope: str) -> None:
    from paradero.answers.companies.awards import money_text

    if table:
        print_table(table, list(table[0]), widest=60)
    if more > 0:
        say(words("award_more", n=f"{more:,}"))
    counted = {name: f"{total[name]:,}" for name in ("n_actions", "n_action_rows")}
    say(
        "\n"
        + words(
            "award_total",
            n=f"{total['n_awards']:,}",
            obligated=money_text(total["obligated"]),
            earliest=total["as_of_earliest"],
            latest=total["as_of"],
            **counted,
        )
    )
    if total["obligated_lo"] != total["obligated_hi"]:
        say(
            words(
                "award_bounds",
                lo=money_text(total["obligated_lo"]) or "…",
                hi=money_text(total["obligated_hi"]) or "…",
            )
        )
    say("\n".join(f"  {flag}: {n:,}" for flag, n in total["flags"].items()))
    say("\n" + "\n".join(words(f"award_definitions_{name}") for name in _DEFINED) + f"\n\nScope: {scope}")
