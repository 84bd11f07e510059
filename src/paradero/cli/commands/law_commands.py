"""rules, audit, why, requests: events held against rules and orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from paradero.casefile.folder import Casefile
from paradero.cli.menu import VerbsHelp
from paradero.cli.options import AsCsv, AsJson, Language, Limit, Output, Release, case_of, shown_at_most
from paradero.cli.output import (
    Findings,
    Form,
    form_of,
    print_csv,
    print_json,
    print_listed,
    print_rows,
    print_table,
    progress_bar,
    say,
    stream_json,
    tell,
)

Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules-from",
        help="A rule's folder, or a folder of rules, to use besides paradero's and the casefile's.",
    ),
]
Trusted = Annotated[
    str | None,
    typer.Option(
        "--evidence",
        help=(
            "Of events believe only statements of these kinds: court, sworn, record, official, tracker,"
            " press, derived; comma-separated."
        ),
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", help="Leave out what this source says, as if it had said nothing."),
]

_CSV = [
    "id",
    "rule",
    "version",
    "order",
    "construction",
    "nature",
    "severity",
    "release",
    "subject",
    "event",
    "event_from",
    "event_until",
    "event_clock",
    "verdict",
    "possible",
    "margin_lo",
    "margin_hi",
    "margin_unit",
    "decisive_facts",
    "citations",
]

rules_app = typer.Typer(
    cls=VerbsHelp, help="The rules that events are held against.", no_args_is_help=True, rich_markup_mode=None
)


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.add_typer(rules_app, name="rules")
    for command in (audit, why, requests):
        app.command()(command)


@rules_app.command("list")
def rules_list(
    context: typer.Context, more: Rules = None, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    """List the rules: paradero's, the casefile's where there is one, and those of --rules-from."""
    from paradero.answers.law.law_files import digest_of_rules, rules_of
    from paradero.answers.law.rule_listing import listed_rules

    case = _case_or_none(context)
    known = rules_of(case, more or ())
    rows = listed_rules(known)
    form = form_of(as_json, as_csv)
    if form is Form.TEXT:
        print_table(rows, ["rule", "nature", "severity", "versions", "read", "title"])
        say(
            "\nread: texts relied on whose words were read in their source, of all. `paradero rules test`"
            " runs every worked case."
        )
    elif form is Form.JSON:
        scope = case.settings().scope if case else "the rules that come with paradero"
        print_listed(rows, scope=scope, digest=digest_of_rules(known.values()))
    else:
        print_csv(rows, ["rule", "nature", "severity", "versions", "read", "title", "title_es", "place"])


@rules_app.command("test")
def rules_test(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Ids of rules or orders; all where none is named.")
    ] = None,
    more: Rules = None,
    as_json: AsJson = False,
) -> None:
    """Run the worked cases of rules, and of the casefile's orders. Exit code 2 where one does not hold."""
    from paradero.answers.law.law_files import Law, law_of, rules_of, try_rules
    from paradero.answers.law.order_cases import run_order_cases
    from paradero.answers.law.remarks import remark_lines, remarks_as_json, remarks_of
    from paradero.model.naming import unknown

    case = _case_or_none(context)
    law = (
        law_of(case, more or ())
        if case is not None
        else Law(rules=rules_of(None, more or ()), orders=(), events=())
    )
    known = [*law.rules, *(order.id for order in law.orders)]
    for name in names or ():
        if name not in known:
            raise unknown("a rule or an order", name, known)
    advance, finish = progress_bar("worked cases")
    try:
        results = try_rules(
            [rule for rule in law.rules.values() if not names or rule.id in names], progress=advance
        )
        results += run_order_cases([order for order in law.orders if not names or order.id in names])
    finally:
        finish()
    failed = [each for each in results if not each.holds]
    remarks = remarks_of(law, case.root if case else None)
    if as_json:
        scope = case.settings().scope if case else "the rules that come with paradero"
        print_listed(results, scope=scope, digest=law.fingerprint, about=remarks_as_json(remarks))
    else:
        for each in results:
            say(f"{'holds' if each.holds else 'FAILS'}  {each.rule}: {each.case}")
            for line in each.wrong:
                say(f"       {line}")
            if each.unlisted:
                say(f"       says nothing of {_counted(each.unlisted)} besides")
        say(f"\n{len(results) - len(failed)} of {len(results)} worked cases hold")
        for line in remark_lines(remarks):
            say(line)
    if failed:
        raise Findings


def _counted(unlisted: Sequence[str]) -> str:
    """Verdicts that a case does not list, by what they are: `3 verdicts (1 violated, 2 undetermined)`."""
    found = Counter(each.rpartition(": ")[2] for each in unlisted)
    parts = ", ".join(f"{n} {verdict}" for verdict, n in sorted(found.items()))
    return f"{len(unlisted)} verdict{'' if len(unlisted) == 1 else 's'} ({parts})"


def audit(
    context: typer.Context,
    by: Annotated[
        list[str] | None, typer.Option("--only", help="Only this rule or order; may be repeated.")
    ] = None,
    order: Annotated[
        list[str] | None, typer.Option("--order", help="Only this order; may be repeated.")
    ] = None,
    construction: Annotated[
        str | None, typer.Option(help="Only this reading, such as hand-over/oral.")
    ] = None,
    verdict: Annotated[
        str | None, typer.Option(help="violated, complied, undetermined, not_bound, comma-separated, or all.")
    ] = None,
    subject: Annotated[str | None, typer.Option(help="Only this person, cohort or facility.")] = None,
    event: Annotated[
        str | None, typer.Option(help="Only this event: its id, or the address of a row.")
    ] = None,
    facility: Annotated[
        str | None, typer.Option(help="Only this facility and events with a row of it: its code.")
    ] = None,
    release: Release = None,
    trust: Trusted = None,
    without: Without = None,
    more: Rules = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Hold every event against every rule and order. Exit code 2 where a verdict is `violated`.

    Listed are all verdicts on events stated in files, and of those on records the violated and the
    undetermined; --verdict all lists every one.
    """
    from paradero.answers.law.remarks import remark_lines, remarks_as_json, remarks_of
    from paradero.answers.verdicts.audit_reading import reading
    from paradero.answers.verdicts.verdicts import Wanted, check_wanted, summary, total, verdicts_of
    from paradero.cli.law_text import audited_by, changes_by, flat, say_audit, say_changes

    audited = audited_by(case_of(context), trust, without, more)
    wanted = Wanted(
        by=[*(by or ()), *(order or ())],
        construction=construction,
        verdicts=_verdicts(verdict),
        subject=subject,
        event=event,
        facility=facility,
        release=release,
    )
    form = form_of(as_json, as_csv)
    scope = audited.case.settings().scope
    changed = changes_by(audited, more) if trust or without else None
    remarks = remarks_of(audited.law, audited.case.root)
    with reading(audited) as read:
        check_wanted(read, wanted)
        counted = summary(read, wanted)
        if form is Form.TEXT:
            say_audit(read, wanted, counted, shown_at_most(limit, form))
            say_changes(changed)
            for line in remark_lines(remarks):
                say(line)
            say(f"Scope: {scope}")
        else:
            listed = verdicts_of(read, wanted, limit=limit or 0)
            if form is Form.JSON:
                head = {
                    "scope": scope,
                    "digest": audited.receipt.key,
                    "changes": changed,
                    "evidence": audited.receipt.evidence,
                    "without": audited.receipt.without,
                    **remarks_as_json(remarks),
                    "reading": "of the records, not a court's",
                    "summary": counted,
                    "n_rows": total(read, wanted),
                }
                stream_json(listed, head)
            else:
                print_csv((flat(row) for row in listed), _CSV)
    if any(each.violated for each in counted):
        raise Findings


def why(
    context: typer.Context,
    verdict: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a verdict, as `paradero audit` prints it.")
    ],
    language: Language = "en",
    trust: Trusted = None,
    without: Without = None,
    more: Rules = None,
    as_json: AsJson = False,
) -> None:
    """Explain one verdict step by step, with every text, statement and row it rests on."""
    from paradero.answers.verdicts.audit_reading import reading
    from paradero.answers.verdicts.why import find_verdict, why_text
    from paradero.cli.law_text import audited_by

    audited = audited_by(case_of(context), trust, without, more)
    with reading(audited) as read:
        found = find_verdict(read, verdict)
        text = why_text(read, found, language)
    if as_json:
        scope, key = audited.case.settings().scope, audited.receipt.key
        print_json({"scope": scope, "digest": key, **found.as_json(), "explanation": text})
    else:
        say(text)
        say(f"\nScope: {audited.case.settings().scope}")


def requests(
    context: typer.Context,
    by: Annotated[
        list[str] | None,
        typer.Option("--only", help="Only what this rule or order leaves open; may be repeated."),
    ] = None,
    event: Annotated[
        list[str] | None,
        typer.Option("--event", help="Only what is open of this event stated in a file; may be repeated."),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--form",
            help="Draft all in one form, and leave out what it cannot ask for: production, interrogatory,"
            " admission, deposition, witness, subpoena, foia, own-data, clarification or argument.",
        ),
    ] = None,
    language: Language = "en",
    trust: Trusted = None,
    without: Without = None,
    more: Rules = None,
    limit: Limit = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """What to ask for: the facts that would settle undetermined verdicts, ranked by how many each would
    settle, each with a draft.
    """
    import dataclasses

    from paradero.answers.verdicts.asking.draft_forms import form_named
    from paradero.answers.verdicts.audit_reading import reading
    from paradero.answers.verdicts.requests import wanting_of
    from paradero.answers.verdicts.verdicts import Wanted, check_wanted
    from paradero.cli.law_text import audited_by
    from paradero.reports.requests_file import ending_of, write_requests
    from paradero.reports.text.requests_text import requests_text

    if output is not None:
        ending_of(output)  # before an audit of minutes, not after it
    wanted = form_named(form) if form else None
    audited = audited_by(case_of(context), trust, without, more)
    with reading(audited) as read:
        check_wanted(read, Wanted(by=by or ()))
        for each in event or ():
            check_wanted(read, Wanted(event=each))
        only, events = tuple(by or ()), tuple(event or ())
        found = wanting_of(read, language=language, by=only, events=events, form=wanted)
    printed = Form.JSON if as_json else Form.TEXT
    most = shown_at_most(limit, printed)
    rows = found.requests[:most] if most else found.requests
    shown = dataclasses.replace(found, requests=rows)
    scope, digest = audited.case.settings().scope, audited.receipt.key
    if output is not None:
        write_requests(output, audited.case, shown, language=language)
        tell(f"wrote {output}: {len(rows)} requests")
    elif as_json:
        about = {"digest": digest, "to_read": [each.as_json() for each in found.lookups]}
        print_rows(rows, [], printed, banner=scope, total=len(found.requests), about=about)
    else:
        say(requests_text(shown, language))
        if len(found.requests) > len(rows):
            say(f"\n… {len(found.requests) - len(rows)} more requests: --limit 0 shows all")
        say(f"\nScope: {scope}")


def _verdicts(text: str | None) -> list[str] | None:
    from paradero.model.naming import unknown
    from paradero.model.verdicts import Verdict

    if text is None:
        return None
    asked = list(Verdict) if text == "all" else [part.strip() for part in text.split(",")]
    for each in asked:
        if each not in set(Verdict):
            raise unknown("a verdict", each, [*Verdict, "all"])
    return [str(each) for each in asked]


def _case_or_none(context: typer.Context) -> Casefile | None:
    from paradero.model.errors import CasefileError

    if context.obj is None:
        try:
            return case_of(context)
        except CasefileError:
            return None
    return case_of(context)
