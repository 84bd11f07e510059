"""balance, cost, agreements, claims: counts, money and what was said of them."""

from __future__ import annotations

from typing import Annotated

import typer
from msgspec import Struct

from paradero.casefile.folder import Casefile
from paradero.cli.commands.law_commands import Without
from paradero.cli.menu import VerbsHelp
from paradero.cli.options import AsCsv, AsJson, Language, case_of
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
from paradero.model.answer import Answer

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
    from paradero.answers.books.answers import BalanceAsked, balance_answer
    from paradero.answers.digests import digest_of_case
    from paradero.answers.words import Words
    from paradero.reports.text.balance_text import COLUMNS, SHOWN, balance_cells, balance_table, balance_text

    words, case = Words(language), case_of(context)
    before = _before(case, to_keep)
    asked = BalanceAsked(trust=trust, without=tuple(without or ()))
    answer = balance_answer(case, asked, language)
    if to_keep:
        in_english = answer if language == "en" else balance_answer(case, asked)
        _keep(case, "balance", asked, in_english, of=before)
    form = form_of(as_json, as_csv)
    if form is Form.JSON:
        print_answer(answer, digest=digest_of_case(case))
    elif form is Form.CSV:
        print_csv(balance_cells(answer.rows), COLUMNS)
    else:
        print_table(balance_table(answer.rows, words), SHOWN)
        say(balance_text(answer, words) + f"\n\nScope: {answer.scope}")
    if answer.conflicts:
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
    from paradero.answers.books.answers import CostsAsked, costs_answer
    from paradero.answers.digests import digest_of_case
    from paradero.answers.words import Words
    from paradero.reports.text.cost_text import COLUMNS, SHOWN, cost_cells, cost_table, cost_text

    words, case = Words(language), case_of(context)
    before = _before(case, to_keep)
    asked = CostsAsked(
        results=tuple(names or ()),
        switched_on=tuple(on or ()),
        switched_off=tuple(off or ()),
        prices_of=prices_of,
        index=index,
    )
    answer = costs_answer(case, asked)
    if to_keep:
        _keep(case, "cost", asked, answer, of=before)
    form = form_of(as_json, as_csv)
    if form is Form.JSON:
        print_answer(answer, digest=digest_of_case(case))
    elif form is Form.CSV:
        print_csv(cost_cells(answer.rows), COLUMNS)
    elif names:
        say("\n\n".join(cost_text(row, words) for row in answer.rows) + f"\n\nScope: {answer.scope}")
    else:
        print_table(cost_table(answer.rows, words), SHOWN)
        say("\n" + words("cost_foot") + f"\n\nScope: {answer.scope}")


def agreements(context: typer.Context, language: Language = "en", as_json: AsJson = False) -> None:
    """List the agreements: each amount planned, granted, paid, with who says it and of when it is; and
    whether the sums stated of them add up.

    Exit code 2 where a sum cannot hold, or more is paid than granted or the ceiling allows.
    """
    from paradero.answers.books.agreements import agreement_stated
    from paradero.answers.books.books import agreements_of
    from paradero.answers.digests import digest_of_case
    from paradero.answers.words import Words
    from paradero.reports.text.cost_text import AMOUNTS_SHOWN, SUMS_SHOWN, amount_table, sum_table

    case = case_of(context)
    stated = [agreement_stated(each) for each in agreements_of(case)]
    scope = case.settings().scope
    if as_json:
        print_listed(stated, scope=scope, digest=digest_of_case(case))
    else:
        print_table(amount_table(stated), AMOUNTS_SHOWN)
        if sums := sum_table(stated, Words(language)):
            say()
            print_table(sums, SUMS_SHOWN)
        say(f"\nScope: {scope}")
    if any(each.cannot_hold for each in stated):
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
    from paradero.answers.books.answers import ClaimsAsked, claims_answer
    from paradero.answers.digests import digest_of_case
    from paradero.answers.words import Words
    from paradero.reports.text.claim_text import (
        COLUMNS,
        SHOWN,
        claim_cells,
        claim_table,
        claims_text,
        pairs_text,
    )

    words, case = Words(language), case_of(context)
    before = _before(case, to_keep)
    asked = ClaimsAsked(yardstick=yardstick)
    answer = claims_answer(case, asked)
    if to_keep:
        _keep(case, "claims", asked, answer, of=before)
    form = form_of(as_json, as_csv)
    if form is Form.JSON:
        print_answer(answer, digest=digest_of_case(case))
    elif form is Form.CSV:
        print_csv(claim_cells(answer.rows), COLUMNS)
    elif answer.yardstick is not None:
        say(pairs_text(answer.yardstick, words) + f"\n\nScope: {answer.scope}")
    else:
        print_table(claim_table(answer.rows, words), SHOWN)
        say(claims_text(answer, words) + f"\n\nScope: {answer.scope}")
    if answer.has_findings:
        raise Findings


@claims_app.command("sources")
def claims_sources(context: typer.Context, language: Language = "en", as_json: AsJson = False) -> None:
    """List who is cited in the casefile: the primary source of each, where it was seen, what was read and
    checked.

    Printed as Markdown, to keep beside the case.
    """
    from paradero.answers.books.cited import cited_sources
    from paradero.answers.digests import digest_of_case
    from paradero.answers.words import Words
    from paradero.reports.text.cited_text import cited_text

    case = case_of(context)
    answer = cited_sources(case)
    if as_json:
        print_answer(answer, digest=digest_of_case(case))
    else:
        say(cited_text(answer, Words(language)))


def _before(case: Casefile, to_keep: bool) -> str:
    """What the casefile is before a question whose answer is to be kept."""
    from paradero.answers.digests import digest_of_case

    return digest_of_case(case, must_be_built=True) if to_keep else ""


def _keep(case: Casefile, act: str, asked: Struct, answer: Answer, *, of: str) -> None:
    from paradero.answers.kept import keep

    path = keep(case, act, asked, answer, of=of)
    tell(f"paradero: kept as kept/{path.name}; `paradero verify` asks again")
