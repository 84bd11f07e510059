"""balance, cost, agreements, claims: counts, money and what was said of them."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from paradero.cli.law_commands import Language, Without
from paradero.cli.options import AsCsv, AsJson, case_of
from paradero.cli.output import Findings, Form, form_of, print_csv, print_json, print_table, say

Trusted = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--trust", help="Believe only statements of these kinds: court, sworn, record, official, tracker, press, derived; comma-separated."),
]


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (balance,):
        app.command()(command)


def balance(
    context: typer.Context,
    language: Language = "en",
    trust: Trusted = None,
    without: Without = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Balance the counts of people: every count with the bounds that follow, who is unaccounted for, and what cannot all be true.

    Bounds are in whole people; a bound that nothing gives stays open. Exit code 2 where numbers cannot all hold.
    """
    from paradero.casefile.balancing import balanced_case
    from paradero.reports.balance import balance_rows, balance_table, conflict_rows, conflict_text, unaccounted_rows, unaccounted_text
    from paradero.reports.words import Words

    words = Words(language)
    case = case_of(context)
    found = balanced_case(case, trust=trust, without=without or ())
    rows, conflicts = balance_rows(found.balanced, found.others), conflict_rows(found.balanced, found.others)
    unaccounted = unaccounted_rows(found.balanced)
    form, scope = form_of(as_json, as_csv), case.settings().scope
    if form is Form.JSON:
        about = {"evidence": list(found.trust.evidence), "without": list(found.trust.without), "rounding": words("balance_rounding")}
        print_json({"scope": scope, **about, "n_rows": len(rows), "rows": rows, "conflicts": conflicts, "unaccounted": unaccounted})
    elif form is Form.CSV:
        flat = [{**row, "lo_rests_on": " ".join(row["lo_rests_on"]), "hi_rests_on": " ".join(row["hi_rests_on"])} for row in rows]
        print_csv(flat, ["id", "what", "what_es", "of", "unit", "lo", "hi", "unaccounted", "disputed", "rounded", "lo_rests_on", "hi_rests_on", "note"])
    else:
        print_table(balance_table(rows, words), ["count", "lo", "hi", "unit", "disputed", "what"])
        say("\n" + words("balance_rounding"))
        if unaccounted:
            say("\n" + words("balance_unaccounted_head") + "\n" + unaccounted_text(unaccounted, words))
        if conflicts:
            say("\n" + words("balance_conflict_head", n=len(conflicts)) + "\n" + conflict_text(conflicts, found.balanced, words))
        say(f"\nScope: {scope}")
    if conflicts:
        raise Findings
