"""How answers are printed: text for people, `--json` and `--csv` for programs; the scope banner on everything
that counts.
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

from paradero.cli.tables import table_lines, terminal_width
from paradero.model.answer import Answer, Row, row_of
from paradero.model.errors import UnknownName
from paradero.model.json_text import json_pieces, json_text
from paradero.model.safe_text import disarmed, disarmed_note, is_formula, shown, shown_in_line


class Findings(Exception):
    """The command did what it should, and found something: exit code 2."""


class Form(StrEnum):
    """The form of an answer."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def form_of(as_json: bool, as_csv: bool) -> Form:
    """The form that the two options ask for; raises UnknownName where both do."""
    if as_json and as_csv:
        raise UnknownName("`--json` and `--csv` cannot be combined. Choose one.")
    return Form.JSON if as_json else Form.CSV if as_csv else Form.TEXT


def say(text: str = "") -> None:
    """One line on standard output; what a terminal would obey is written out."""
    sys.stdout.write(shown(text) + "\n")


def tell(text: str) -> None:
    """One line on standard error: what is not part of the answer."""
    sys.stderr.write(shown(text) + "\n")


def print_json(value: Any) -> None:
    """A value as JSON: times as ISO text, everything else as it is."""
    sys.stdout.write(json_text(value))


def print_answer(answer: Answer | Row, *, digest: str, scope: str = "") -> None:
    """An answer as JSON in the one shape: `scope` and `digest` first, its own where it has them."""
    whole = row_of(answer)
    print_json({"scope": whole.get("scope", scope), "digest": whole.get("digest", digest), **whole})


def print_listed(rows: Sequence[Answer | Row], *, scope: str, digest: str, about: Row | None = None) -> None:
    """A list as JSON in the one shape: `scope`, `digest`, what else there is `about` it, `n_rows`, `rows`."""
    print_json({"scope": scope, "digest": digest, **(about or {}), "n_rows": len(rows), "rows": rows})


def stream_json(rows: Iterable[Answer | Row], head: dict[str, Any]) -> None:
    """`head` and then `rows`, one after the other as they come: as print_rows writes them, but never all in
    memory.
    """
    for piece in json_pieces(rows, head):
        sys.stdout.write(piece)


def print_csv(rows: Iterable[Answer | Row], columns: Iterable[str]) -> None:
    """Rows as comma-separated text with a header; formulas are disarmed, and how many is said on standard
    error.
    """
    writer = csv.writer(sys.stdout, lineterminator="\n")
    names = list(columns)
    writer.writerow(names)
    n_disarmed = 0
    for row in map(row_of, rows):
        cells = [_cell(row.get(name)) for name in names]
        n_disarmed += sum(isinstance(cell, str) and is_formula(cell) for cell in cells)
        writer.writerow([disarmed(shown(cell)) if isinstance(cell, str) else cell for cell in cells])
    if n_disarmed:
        tell(disarmed_note(n_disarmed))


def print_rows(
    rows: Sequence[Answer | Row],
    columns: list[str],
    form: Form,
    *,
    banner: str,
    total: int | None = None,
    about: dict[str, Any] | None = None,
) -> None:
    """A table in the form asked for; `total` is how many rows there are where not all are shown. An `n_rows`
    of `about` is taken as it stands.
    """
    if form is Form.JSON:
        print_json(
            {"scope": banner, "n_rows": len(rows) if total is None else total, **(about or {}), "rows": rows}
        )
    elif form is Form.CSV:
        print_csv(rows, columns)
    else:
        print_table(rows, columns)
        if total is not None and total > len(rows):
            say(
                f"… {total - len(rows):,} more rows: --limit 0 shows all, `paradero export` writes them to a"
                " file"
            )
        say(f"\nScope: {banner}")


def print_table(rows: Sequence[Answer | Row], columns: list[str], *, widest: int | None = None) -> None:
    """Rows under their column names, no wider than the terminal; texts of more than `widest` letters are cut,
    which is shown.
    """
    for line in table_lines(rows, columns, widest=widest, width=terminal_width()):
        say(line)


def progress_bar(label: str) -> tuple[Callable[[str, int, int], None], Callable[[], None]]:
    """(advance, finish): a bar on standard error while work is long, nothing where nobody watches."""
    if not sys.stderr.isatty():
        return (lambda _title, _done, _of: None), (lambda: None)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(label, total=None)
    bar.start()

    def advance(title: str, done: int, of: int) -> None:
        bar.update(task, description=shown_in_line(title)[:60].replace("[", "("), completed=done, total=of)

    return advance, bar.stop


def _cell(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return "" if value is None else value
