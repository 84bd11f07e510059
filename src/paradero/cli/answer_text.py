"""How the answer to a question is printed: first what cannot be judged, then the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from paradero.answers.answered import Answered
from paradero.cli.output import Form, print_csv, print_json, print_rows, say
from paradero.model.answer import Answer

R = TypeVar("R", bound=Answer)


def print_answer(found: Answered[R], columns: list[str], form: Form, *, as_table: Sequence[str]) -> None:
    """Print an answer of `paradero.answers.counts.questions`; `columns` are those shown as text, `as_table`
    those of comma-separated text.
    """
    if form is Form.JSON:
        print_json(found)
    elif form is Form.CSV:
        print_csv(found.rows, as_table)
    else:
        for line in found.cannot_be_judged:
            say(line[0].upper() + line[1:])
        print_rows(found.rows, columns, form, banner=found.scope, total=found.n_rows)
