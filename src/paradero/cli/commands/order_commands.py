"""order, event: list the orders, and begin a new file of either."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct, to_builtins

from paradero.cli.menu import VerbsHelp
from paradero.cli.options import AsCsv, AsJson, Limit, case_of, into_events, into_orders, shown_at_most
from paradero.cli.output import Form, form_of, print_csv, print_json, print_listed, print_table, say

order_app = typer.Typer(
    cls=VerbsHelp,
    help="The orders that events are held against.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
event_app = typer.Typer(
    cls=VerbsHelp, help="Events stated in files.", no_args_is_help=True, rich_markup_mode=None
)

_ENTRY = ["address", "docket", "document", "filed", "entered", "may_be", "text"]
_COLUMNS = ["order", "court", "forms", "readings", "read", "no_spanish", "remarks", "title"]


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.add_typer(order_app, name="order")
    app.add_typer(event_app, name="event")


@order_app.command("list")
def order_list(context: typer.Context, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """List the casefile's orders: the form of each term, its readings, and what was read in its source."""
    from paradero.answers.law.law_files import law_of
    from paradero.answers.law.order_listing import listed_orders, without_spanish
    from paradero.answers.law.remarks import remark_lines, remarks_as_json, remarks_of
    from paradero.authored.evidence import Trust

    case = case_of(context)
    law = law_of(case)
    remarks, form = remarks_of(law, case.root), form_of(as_json, as_csv)
    rows = listed_orders(law.orders, law.matrix(Trust()), remarks)
    if form is Form.JSON:
        print_listed(
            rows, scope=case.settings().scope, digest=law.fingerprint, about=remarks_as_json(remarks)
        )
    elif form is Form.CSV:
        print_csv(map(_flat, rows), [*_COLUMNS, "title_es", "declares", "place"])
    else:
        print_table([_flat(row) for row in rows], ["order", "court", "forms", "readings", "read", "title"])
        for row in rows:
            if row.declares:
                say(f"{row.order} declares; nothing to judge: {row.declares}")
        lacking = without_spanish([*law.orders, *law.events])
        if lacking:
            say(f"\n{lacking} texts of orders and events have no Spanish; pages show them in English.")
        for line in remark_lines(remarks):
            say(line)


@order_app.command("new")
def order_new(
    form: Annotated[
        str, typer.Argument(help="The form: forbid, forbid-unless, require-by, … (or any name, to see all).")
    ],
    to: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The new file, such as orders/mine.toml.", callback=into_orders),
    ],
) -> None:
    """Begin an order: a commented file of one form, with worked cases that hold. Nothing is overwritten."""
    from paradero.law.written import new_order, order_forms
    from paradero.model.naming import unknown

    forms = order_forms()
    if form not in forms:
        raise unknown("a form of order", form, forms, where_listed=f"The forms are {', '.join(forms)}.")
    _begin(to, new_order(form), "paradero rules test")


@order_app.command("entries")
def order_entries(
    context: typer.Context,
    docket: Annotated[
        str | None, typer.Argument(metavar="DOCKET", help="A docket's number, or a part of it; else all.")
    ] = None,
    does: Annotated[
        str | None, typer.Option(help="Only what may be this act: binds, notice, expires, extends, stays, …")
    ] = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List the entries of the dockets that were added, with what each may be to an order by its words."""
    from paradero.answers.digests import digest_of_case
    from paradero.answers.law.docket_entries import docket_entries

    case, form = case_of(context), form_of(as_json, as_csv)
    every = docket_entries(case, docket=docket, does=does)
    rows, scope = every[: shown_at_most(limit, form) or None], case.settings().scope
    if form is Form.JSON:
        print_json({"scope": scope, "digest": digest_of_case(case), "n_rows": len(every), "rows": rows})
    elif form is Form.CSV:
        print_csv(map(_joined, rows), _ENTRY)
    else:
        print_table([_joined(row) for row in rows], _ENTRY, widest=60)
        if len(every) > len(rows):
            say(f"{len(every) - len(rows):,} more; --limit 0 shows all.")
        say(
            "\nWhat an entry may be is read from its words alone. `paradero order act ADDRESS` makes one an act of"
            f" an order.\n\nScope: {scope}"
        )


@order_app.command("act")
def order_act(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="The entry, as `paradero order entries` lists it.")],
    into: Annotated[str, typer.Option(help="The order's file in orders/: mine.toml.")],
    act: Annotated[str, typer.Option("--id", help="The act's id in the order: entered, stayed, …")],
    does: Annotated[
        str,
        typer.Option(help="binds, notice, expires, extends, stays, resumes, vacates, supersedes, deadline."),
    ],
    what: Annotated[str, typer.Option(help="What it is, in English: the entry of the order.")],
    confirmed_by: Annotated[str, typer.Option(help="Who confirms it.")],
    what_es: Annotated[str, typer.Option(help="The same in Spanish.")] = "",
    day: Annotated[
        str | None, typer.Option(help="Which of its days counts, where they differ: filed or entered.")
    ] = None,
    time: Annotated[
        str, typer.Option(help="The moment instead, where the entry's text says it: 2025-03-15T18:45-04:00.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Write an entry of a docket into an order as one of its acts, with the entry's address."""
    from paradero.answers.law.docket_confirming import Acting, confirm_act

    case = case_of(context)
    said = Acting(
        act=act, does=does, what=what, what_es=what_es, confirmed_by=confirmed_by, day=day, time=time
    )
    done = confirm_act(case, address, into, said)
    if as_json:
        print_json({"scope": case.settings().scope, **done.as_json()})
    else:
        say(f"{address}: confirmed by {confirmed_by} as the act {done.act}, {done.time}, in {done.file}")


@event_app.command("new")
def event_new(
    kind: Annotated[
        str, typer.Argument(help="The kind: removal, transfer, notice, … (or any name, to see all).")
    ],
    to: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="The new file, such as events/flight.toml.", callback=into_events
        ),
    ],
) -> None:
    """Begin an event: a commented file of one kind. Nothing is overwritten."""
    from paradero.law.written import event_kinds, new_event
    from paradero.model.naming import unknown

    kinds = event_kinds()
    if kind not in kinds:
        raise unknown("a kind of event", kind, kinds, where_listed=f"The kinds are {', '.join(kinds)}.")
    _begin(to, new_event(kind), "paradero audit")


def _joined(row: Struct) -> dict[str, object]:
    values: dict[str, object] = to_builtins(row)
    return {**values, "may_be": ", ".join(to_builtins(row)["may_be"])}


def _flat(row: Struct) -> dict[str, object]:
    """A row with its forms in one cell."""
    values: dict[str, object] = to_builtins(row)
    return {**values, "forms": "; ".join(to_builtins(row)["forms"])}


def _begin(path: Path, text: str, then: str) -> None:
    from paradero.disk.whole_files import write_whole

    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())
    say(f"Made {path}. Edit it, then run `{then}`.")
