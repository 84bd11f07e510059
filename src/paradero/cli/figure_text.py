"""How a figure is explained on a screen: what it counts, its bounds and what opens them, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from paradero.answers.explaining import explained
from paradero.casefile.folder import Casefile
from paradero.cli.output import Form, print_csv, print_json, print_table, say
from paradero.figures.computing import figure_of
from paradero.figures.figure import Basis, Figure

_COLUMNS = ["address", "by", "evidence", "dated", "seen"]


def print_figure(case: Casefile, figure_id: str, form: Form) -> None:
    """Print a figure with everything it rests on, in the form asked for."""
    figure = figure_of(case, figure_id)
    steps = explained(case, figure.table) if figure.table else []
    basis = [_line(one) for one in figure.basis]
    if form is Form.JSON:
        made = [{"table": step.table, "rows": step.rows, "sha256": step.sha256} for step in steps]
        print_json(
            {"scope": case.settings().scope, "digest": figure.digest, **figure.as_json(), "steps": made}
        )
        return
    if form is Form.CSV:
        print_csv(basis, _COLUMNS)
        return
    for line in _lines(figure):
        say(line)
    if steps:
        say("made by the steps: " + ", ".join(step.table for step in steps))
    if basis:
        how = "rests on" if figure.basis_is_whole else "rests on, for example,"
        say(
            f"{how} {figure.n_basis:,} rows and statements (`paradero rows ADDRESS` shows a row as received):"
        )
        shown = [name for name in _COLUMNS if any(line[name] for line in basis)]
        print_table(basis, shown)
    say(f"\nScope: {case.settings().scope}")


def _line(one: Basis) -> dict[str, str]:
    return {
        "address": one.address or "",
        "by": one.by or "",
        "evidence": one.evidence or "",
        "dated": one.dated or "",
        "seen": " ".join(one.seen),
    }


def _lines(figure: Figure) -> Iterator[str]:
    yield f"{figure.id}: {figure.title}"
    if not figure.judged:
        yield "cannot be determined"
    else:
        ends = ["not known" if value is None else f"{value:,}" for value in (figure.lo, figure.hi)]
        yield f"at least {ends[0]}, at most {ends[1]} ({figure.unit})"
    yield f"counts: {figure.definition}"
    yield f"of: {figure.population}"
    for cause in figure.causes:
        yield f"bounds differ: {cause.name}" + ("" if cause.width is None else f" ({cause.width:,})")
    yield from figure.remarks
    yield f"printed by: {figure.answer}"
