"""balance, cost, agreements, claims: counts, money and what was said of them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from paradero.casefile.folder import Casefile
from paradero.cli.commands.law_commands import Language, Without
from paradero.cli.menu import VerbsHelp
from paradero.cli.options import AsCsv, AsJson, case_of
from paradero.cli.output import (
    Findings,
    Form,
    form_of,
    print_answer,
    print_csv,
    print_listed,
    print_table,
    say,
    tell,
)

Trusted = Annotated[
    str | None,
    typer.Option(
        "--evidence",
        help=(
            "Believe only statements of these kinds: court, sworn, record, official, tracker, press, derived;"
            " comma-separated."
        ),
    ),
]


Keep = Annotated[
    bool, typer.Option("--keep", help="Keep the answer in kept/ and the log, for `verify` to ask again.")
]

claims_app = typer.Typer(
    cls=VerbsHelp, help="What was said, and whether it holds.", no_args_is_help=True, rich_markup_mode=None
)
costs_app = typer.Typer(
    cls=VerbsHelp,
    help="What things cost, and which assumptions that rests on.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.add_typer(claims_app, name="claims")
    app.add_typer(costs_app, name="costs")
    for command in (balance, agreements):
        app.command()(command)


def balance(
    context: typer.Context,
    language: Language = "en",
    trust: Trusted = None,
    without: Without = None,
    to_keep: Keep = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Balance the counts of people: every count with the bounds that follow, who is unaccounted for, and what
    cannot all be true.

    Bounds are in whole people; a bound that nothing gives stays open. Exit code 2 where numbers cannot all
    hold.
    """
    from paradero.answers.books.answers import balance_answer
    from paradero.answers.books.balance import balance_table, conflict_text, unaccounted_text
    from paradero.answers.books.balancing import balanced_case
    from paradero.answers.digests import digest_of_case
    from paradero.answers.words import Words

    words = Words(language)
    case = case_of(context)
    before = _before(case, to_keep)
    found = balanced_case(case, trust=trust, without=without or ())
    answer = balance_answer(case, found, language)
    rows, conflicts, unaccounted = answer["rows"], answer["conflicts"], answer["unaccounted"]
    if to_keep:
        _keep(
            case,
            "balance",
            {"trust": trust, "without": without or []},
            balance_answer(case, found),
            of=before,
        )
    form, scope = form_of(as_json, as_csv), answer["scope"]
    if form is Form.JSON:
        print_answer(answer, digest=digest_of_case(case))
    elif form is Form.CSV:
        flat = [
            {**row, "lo_rests_on": " ".join(row["lo_rests_on"]), "hi_rests_on": " ".join(row["hi_rests_on"])}
            for row in rows
        ]
        print_csv(
            flat,
            [
                "id",
                "what",
                "what_es",
                "of",
                "unit",
                "lo",
                "hi",
                "unaccounted",
                "disputed",
                "rounded",
                "lo_rests_on",
                "hi_rests_on",
                "note",
            ],
        )
    else:
        print_table(balance_table(rows, words), ["count", "lo", "hi", "unit", "disputed", "what"])
        say("\n" + words("balance_rounding"))
        if found.balanced.n_ways > 1 or found.balanced.left_out_at_once:
            say(
                words("balance_at_once")
                if found.balanced.left_out_at_once
                else words("balance_ways", n=found.balanced.n_ways)
            )
        if unaccounted:
            say("\n" + words("balance_unaccounted_head") + "\n" + unaccounted_text(unaccounted, words))
        if conflicts:
            say(
                "\n"
                + words("balance_conflict_head", n=len(conflicts))
                + "\n"
                + conflict_text(conflicts, found.balanced, words)
            )
        say(f"\nScope: {scope}")
    if conflicts:
        raise Findings


@costs_app.command("list")
def costs_list(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="RESULT", help="Results to show in full; else a table of all."),
    ] = None,
    on: Annotated[
        list[str] | None, typer.Option("--with", help="Switch this assumption on; may be repeated.")
    ] = None,
    off: Annotated[
        list[str] | None, typer.Option("--without", help="Switch this assumption off; may be repeated.")
    ] = None,
    prices_of: Annotated[
        int | None,
        typer.Option(
            "--prices-of", help="Put all money into the prices of this year, by an index of indices/."
        ),
    ] = None,
    index: Annotated[
        str | None, typer.Option("--index", help="The index of prices, where indices/ has several.")
    ] = None,
    language: Language = "en",
    to_keep: Keep = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Work out what costs come to: each result with bounds, the assumptions it stands on, and what moves it
    most.
    """
    from paradero.answers.books.answers import cost_answer
    from paradero.answers.books.costing import costed_case
    from paradero.answers.books.costs import cost_table, cost_text
    from paradero.answers.digests import digest_of_case
    from paradero.answers.words import Words
    from paradero.model.naming import unknown

    words, case = Words(language), case_of(context)
    before = _before(case, to_keep)
    found = costed_case(case, on=on or (), off=off or (), prices_of=prices_of, index=index)
    known = [each.result.id for each in found.costed]
    for name in names or ():
        if name not in known:
            raise unknown("a result", name, known)
    options = {
        "results": names or [],
        "with": on or [],
        "without": off or [],
        "prices_of": prices_of,
        "index": index,
    }
    answer = cost_answer(case, found, options)
    if to_keep:
        _keep(case, "cost", options, answer, of=before)
    shown, form, scope = answer["rows"], form_of(as_json, as_csv), answer["scope"]
    if form is Form.JSON:
        print_answer(answer, digest=digest_of_case(case))
    elif form is Form.CSV:
        flat = [
            {**row, "assumptions": " ".join(each["id"] for each in row["assumptions"] if each["on"])}
            for row in shown
        ]
        print_csv(
            flat,
            [
                "id",
                "cost",
                "what",
                "what_es",
                "lo",
                "mode",
                "hi",
                "unit",
                "is_estimate",
                "bounds",
                "formula",
                "assumptions",
                "matters_most",
                "fact",
                "note",
            ],
        )
    elif names:
        say("\n\n".join(cost_text(row, words) for row in shown))
        say(f"\nScope: {scope}")
    else:
        print_table(
            cost_table(shown, words),
            ["result", "lo", "mode", "hi", "unit", "assumptions on", "matters most", "what"],
        )
        say("\n" + words("cost_foot") + f"\n\nScope: {scope}")


def agreements(context: typer.Context, language: Language = "en", as_json: AsJson = False) -> None:
    """List the agreements: each amount planned, granted, paid, with who says it and of when it is; and
    whether the sums stated of them add up.

    Exit code 2 where a sum cannot hold, or more is paid than granted or the ceiling allows.
    """
    from paradero.answers.books.books import agreements_of
    from paradero.answers.books.costs import agreement_row, agreement_table, sum_table
    from paradero.answers.digests import digest_of_case
    from paradero.answers.words import Words

    case = case_of(context)
    rows = [agreement_row(each) for each in agreements_of(case)]
    scope = case.settings().scope
    if as_json:
        print_listed(rows, scope=scope, digest=digest_of_case(case))
    else:
        print_table(
            agreement_table(rows, Words(language)),
            ["agreement", "amount", "kind", "lo", "mode", "hi", "unit", "dated", "by"],
        )
        if sums := sum_table(rows, Words(language)):
            say()
            print_table(sums, ["sum", "of", "verdict", "left less right", "prices of"])
        say(f"\nScope: {scope}")
    if any(each["verdict"] == "cannot hold" for row in rows for each in row["sums"]):
        raise Findings


@claims_app.command("check")
def claims_check(
    context: typer.Context,
    yardstick: Annotated[
        bool,
        typer.Option(
            "--yardstick",
            help="Count the findings against the pairs of hand/known-pairs.toml: found, missed, spurious.",
        ),
    ] = False,
    language: Language = "en",
    to_keep: Keep = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Test every claim against counts, costs, moments and its own figures, and find the claims that do not go
    together.

    Exit code 2 where a claim is contradicted or two cannot both be true.
    """
    from paradero.answers.books.answers import claims_answer
    from paradero.answers.books.claiming import checked_case
    from paradero.answers.books.claims import claim_table, condition_text, finding_text, measured_text
    from paradero.answers.digests import digest_of_case
    from paradero.answers.words import Words

    words, case = Words(language), case_of(context)
    before = _before(case, to_keep)
    answer = claims_answer(case, checked_case(case), yardstick=yardstick)
    rows, findings, against, counted = (
        answer["rows"],
        answer["findings"],
        answer["yardstick"],
        answer["summary"],
    )
    if to_keep:
        _keep(case, "claims", {"yardstick": yardstick}, answer, of=before)
    form, scope = form_of(as_json, as_csv), answer["scope"]
    if form is Form.JSON:
        print_answer(answer, digest=digest_of_case(case))
    elif form is Form.CSV:
        flat = [
            {**row, "by": row["citations"][0]["by"], "holds_only_if": "; ".join(row["holds_only_if"])}
            for row in rows
        ]
        print_csv(
            flat,
            [
                "id",
                "subject",
                "what",
                "what_es",
                "says",
                "definition",
                "verdict",
                "held_against",
                "lo",
                "hi",
                "unit",
                "holds_only_if",
                "by",
            ],
        )
    elif against is not None:
        say(measured_text(against, words) + f"\n\nScope: {scope}")
    else:
        checked = [row for row in rows if row["verdict"] != "not_checkable"]
        print_table(claim_table(checked, words), ["verdict", "claim", "says", "by", "of"])
        say("\n" + words("claims_counted", **counted))
        say("\n" + words("claims_conditions") + "\n" + condition_text(rows, words))
        say(finding_text(findings, words) + f"\n\nScope: {scope}")
    if counted["contradicted"] or findings:
        raise Findings


def _before(case: Casefile, to_keep: bool) -> str:
    """What the casefile is before a question whose answer is to be kept."""
    from paradero.answers.digests import digest_of_case

    return digest_of_case(case, must_be_built=True) if to_keep else ""


def _keep(case: Casefile, act: str, options: dict[str, Any], answer: dict[str, Any], *, of: str) -> None:
    from paradero.answers.kept import keep

    tell(
        f"paradero: kept as kept/{keep(case, act, options, answer, of=of).name}; `paradero verify` asks again"
    )
