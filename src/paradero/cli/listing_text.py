"""How lists of what does not balance are printed: how many of each sort, what cannot be judged, the rows."""

from __future__ import annotations

from paradero.answers.people.listing import C, Listing, R, listed
from paradero.casefile.folder import Casefile
from paradero.cli.options import shown_at_most
from paradero.cli.output import Form, print_csv, print_json, print_rows, say
from paradero.model.answer import columns_of


def print_listed(
    case: Casefile,
    listing: Listing[C, R],
    columns: list[str],
    only: dict[str, str | None],
    limit: int | None,
    form: Form,
) -> None:
    """Ask for the rows of a listing and print them; `columns` are those shown as text."""
    found = listed(case, listing, only=only, limit=shown_at_most(limit, form))
    if form is Form.JSON:
        print_json(found)
        return
    if form is Form.CSV:
        print_csv(found.rows, columns_of(listing.row))
        return
    for count in found.counts:
        words = [str(value) for name, value in count.as_json().items() if name != "n"]
        say(f"{count.n:>9,}  {', '.join(words)}")
    if found.n_rows is not None:
        say(f"{found.n_rows:>9,}  {listing.table} in all")
    for line in found.cannot_be_judged:
        say(f"           {line}")
    say()
    print_rows(found.rows, columns, form, banner=found.scope, total=found.n_rows)
