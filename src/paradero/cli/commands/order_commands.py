"""order, event: list the orders, and begin a new file of either."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct, to_builtins

from paradero.cli.menu import VerbsHelp
from paradero.cli.options import AsCsv, AsJson, case_of, into_events, into_orders
from paradero.cli.output import Form, form_of, print_csv, print_listed, print_table, say

order_app = typer.Typer(
    cls=VerbsHelp,
    help="The orders that events are held against.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
event_app = typer.Typer(
    cls=VerbsHelp, help="Events stated in files.", no_args_is_help=True, rich_markup_mode=None
)

_COLUMNS = ["order", "court", "forms", "readings", "read", "no_spanish", "title"]


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.add_typer(order_app, name="order")
    app.add_typer(event_app, name="event")


@order_app.command("list")
def order_list(context: typer.Context, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """List the casefile's orders: the form of each term, its readings, and what was read in its source."""
    from paradero.answers.law.law_files import law_of
    from paradero.answers.law.order_listing import listed_orders, without_spanish
    from paradero.authored.evidence import Trust

    case = case_of(context)
    law = law_of(case)
    rows, form = listed_orders(law.orders, law.matrix(Trust())), form_of(as_json, as_csv)
    if form is Form.JSON:
        print_listed(rows, scope=case.settings().scope, digest=law.fingerprint)
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


def _flat(row: Struct) -> dict[str, object]:
    """A row with its forms in one cell."""
    values: dict[str, object] = to_builtins(row)
    return {**values, "forms": "; ".join(to_builtins(row)["forms"])}


def _begin(path: Path, text: str, then: str) -> None:
    from paradero.disk.whole_files import write_whole

    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())
    say(f"Made {path}. Edit it, then run `{then}`.")
