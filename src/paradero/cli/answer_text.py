"""How the answer to a question is printed: first what cannot be judged, then the rows."""

from __future__ import annotations

from paradero.answers.answered import Answer
from paradero.cli.output import Form, print_rows, say


def print_answer(found: Answer, columns: list[str], form: Form) -> None:
    """Print an answer of `paradero.answers.counts.questions`; `columns` are those shown as text."""
    if form is Form.TEXT:
        for line in found.cannot_be_judged:
            say(line[0].upper() + line[1:])
    about = {"digest": found.digest, "cannot_be_judged": list(found.cannot_be_judged)}
    print_rows(
        found.rows,
        columns if form is Form.TEXT else list(found.columns),
        form,
        banner=found.scope,
        total=found.total,
        about=about,
    )
