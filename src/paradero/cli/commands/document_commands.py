"""documents: what documents mention, for a person to confirm into claims; nothing becomes a claim
unconfirmed.
"""

from __future__ import annotations

from typing import Annotated

import typer

from paradero.cli.menu import VerbsHelp
from paradero.cli.options import AsCsv, AsJson, Language, Limit, case_of, shown_at_most
from paradero.cli.output import (
    Form,
    form_of,
    print_answer,
    print_csv,
    print_json,
    print_listed,
    print_table,
    say,
)
from paradero.model.answer import columns_of

MentionId = Annotated[
    str,
    typer.Argument(
        metavar="MENTION",
        help="Its address, as `paradero documents mentions` lists it: 1a2b3c4d5e6f:1:120-133.",
    ),
]

documents_app = typer.Typer(
    cls=VerbsHelp,
    help="Documents (PDF, HTML, text) and what they mention.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.add_typer(documents_app, name="documents")


@documents_app.command("list")
def documents_list(
    context: typer.Context, language: Language = "en", as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    """List the documents: how each was read, pages without text, mentions by state, and how much that points
    at one person was withheld.
    """
    from paradero.answers.digests import digest_of_case
    from paradero.answers.documents.documents import listed_documents
    from paradero.answers.words import Words
    from paradero.reports.text.documents_text import DOCUMENT_COLUMNS, document_line, remarks

    words, case, form = Words(language), case_of(context), form_of(as_json, as_csv)
    rows, scope = listed_documents(case), case.settings().scope
    if form is Form.JSON:
        print_listed(rows, scope=scope, digest=digest_of_case(case))
    elif form is Form.CSV:
        print_csv(map(document_line, rows), DOCUMENT_COLUMNS)
    else:
        print_table([document_line(row) for row in rows], DOCUMENT_COLUMNS)
        for row in rows:
            for line in remarks(row, words):
                say(f"{row.file_name}: {line}")
        say(f"\nScope: {scope}")


@documents_app.command()
def mentions(
    context: typer.Context,
    document: Annotated[
        str | None, typer.Argument(metavar="DOC", help="A document by id or file name; else all.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="Only this kind: amount, count, date, time, docket, aircraft, flight.")
    ] = None,
    state: Annotated[str | None, typer.Option(help="Only in this state: open, confirmed, rejected.")] = None,
    page: Annotated[int | None, typer.Option(help="Only of this page.", min=1)] = None,
    limit: Limit = None,
    language: Language = "en",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List what documents mention: amounts, counts, dates, times, dockets, tail and flight numbers, each with
    its exact position.
    """
    from paradero.answers.digests import digest_of_case
    from paradero.answers.documents.document_values import ListedMention
    from paradero.answers.documents.documents import doubted_figures, listed_mentions
    from paradero.answers.words import Words
    from paradero.reports.text.documents_text import (
        MENTION_COLUMNS,
        doubted_lines,
        flat_mention,
        mention_line,
    )

    words, case, form = Words(language), case_of(context), form_of(as_json, as_csv)
    every = listed_mentions(case, document, kind=kind, state=state, page=page)
    doubted, scope = doubted_figures(case, document, page=page), case.settings().scope
    rows = every[: shown_at_most(limit, form) or None]
    if form is Form.JSON:
        digest = digest_of_case(case)
        print_json({"scope": scope, "digest": digest, "n_rows": len(every), "rows": rows, "doubted": doubted})
    elif form is Form.CSV:
        print_csv(map(flat_mention, rows), columns_of(ListedMention))
    else:
        print_table([mention_line(row, words) for row in rows], MENTION_COLUMNS, widest=60)
        if len(every) > len(rows):
            say(words("mention_more", n=len(every) - len(rows)))
        for file in dict.fromkeys(each.file_name for each in doubted):
            for line in doubted_lines([each for each in doubted if each.file_name == file], words):
                say(f"{file}: {line}")
        say("\n" + words("mention_foot") + f"\n\nScope: {scope}")


@documents_app.command()
def show(
    context: typer.Context,
    mention: MentionId,
    words_around: Annotated[
        int, typer.Option("--words", help="How many words on each side.", min=0, max=40)
    ] = 12,
    with_context: Annotated[bool, typer.Option("--context", help="With --json: the context too.")] = False,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Show one mention with the words around it, read from the original now. Only common words are shown: no
    name, no other figure.
    """
    from paradero.answers.digests import digest_of_case
    from paradero.answers.documents.documents import shown_mention
    from paradero.answers.words import Words
    from paradero.reports.text.documents_text import shown_text

    words, case = Words(language), case_of(context)
    shown, scope = shown_mention(case, mention, words=words_around), case.settings().scope
    if as_json:
        around = {"before": shown.before, "after": shown.after} if with_context else {}
        print_answer({"scope": scope, **shown.mention.as_json(), **around}, digest=digest_of_case(case))
    else:
        say(shown_text(shown, words) + f"\n\nScope: {scope}")


@documents_app.command()
def confirm(  # noqa: PLR0917 - a command's options are arguments of its function
    context: typer.Context,
    mention: MentionId,
    subject: Annotated[str, typer.Option(help="The subject that the claim is about, by its id in the file.")],
    claims: Annotated[
        str,
        typer.Option(
            help="The file in claims/ that the claim goes into: money.toml. Made where there is none."
        ),
    ],
    by: Annotated[str, typer.Option(help="Who says it.")],
    evidence: Annotated[
        str, typer.Option(help="How: court, sworn, record, official, tracker, press, derived.")
    ],
    seen: Annotated[list[str], typer.Option(help="Where it was seen: an address; may be repeated.")],
    dated: Annotated[str, typer.Option(help="Of when it is: 2025-03-21, a period, or unknown.")],
    confirmed_by: Annotated[str, typer.Option(help="Who confirms it.")],
    claim: Annotated[
        str | None, typer.Option("--id", help="The claim's id; else made from subject and place.")
    ] = None,
    reading: Annotated[
        str | None,
        typer.Option(
            help=(
                "One of its readings, where it has several; the year of a day without one, the day of a clock"
                " time without one."
            )
        ),
    ] = None,
    rounded: Annotated[
        bool, typer.Option("--rounded", help="The figure is rounded to its last written digit.")
    ] = False,
    compared: Annotated[
        bool,
        typer.Option(
            "--compared", help="What a program read from a picture was compared with the page by a person."
        ),
    ] = False,
    unit: Annotated[
        str | None, typer.Option(help="The unit, where it is more precise than the mention: USD/person.")
    ] = None,
    definition: Annotated[
        str, typer.Option(help="What the claim counts, where others count something else.")
    ] = "",
    note: Annotated[str, typer.Option(help="A remark.")] = "",
    what: Annotated[str, typer.Option(help="For a new subject: what it is, in English.")] = "",
    what_es: Annotated[str, typer.Option(help="For a new subject: what it is, in Spanish.")] = "",
    title: Annotated[str, typer.Option(help="For a new file: its title, in English.")] = "",
    title_es: Annotated[str, typer.Option(help="For a new file: its title, in Spanish.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write a mention into a file of claims, with its position. The original's hash and the words at the
    place are checked first.
    """
    from paradero.answers.documents.confirming import Said, Target
    from paradero.answers.documents.confirming import confirm as confirm_one

    case = case_of(context)
    target = Target(
        file=claims,
        subject=subject,
        claim=claim,
        unit=unit,
        what=what,
        what_es=what_es,
        title=title,
        title_es=title_es,
    )
    said = Said(
        by=by,
        evidence=evidence,
        seen=tuple(seen),
        dated=dated,
        confirmed_by=confirmed_by,
        definition=definition,
        note=note,
    )
    done = confirm_one(case, mention, target, said, reading=reading, rounded=rounded, compared=compared)
    if as_json:
        print_json({"scope": case.settings().scope, **done.as_json()})
    else:
        say(f"{mention}: confirmed by {confirmed_by} as the claim {done.claim} in {done.file}")


@documents_app.command()
def reject(
    context: typer.Context,
    mention: MentionId,
    by: Annotated[str, typer.Option(help="Who rejects it.")],
    why: Annotated[str, typer.Option(help="Why it is no claim.")],
    as_json: AsJson = False,
) -> None:
    """Keep in hand/rejected-mentions.toml that a mention is no claim: who says so, when and why."""
    from paradero.answers.documents.confirming import reject as reject_one

    case = case_of(context)
    done = reject_one(case, mention, by=by, why=why)
    if as_json:
        print_json({"scope": case.settings().scope, **done.as_json()})
    else:
        say(f"{mention}: rejected by {by}, kept in {done.file}")
