"""Every published number with its bounds, what opens them, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from paradero.disclosure.figures import PublishedFigures
from paradero.figures.computing import SHOWN, figures_of
from paradero.figures.definitions import definitions
from paradero.figures.figure import Figures
from paradero.model.answer import Answer
from paradero.web.interface.options import LANGUAGE, Option
from paradero.web.interface.questions import Question
from paradero.web.writing import scope_of_case

PATH = "/api/figures"
OPTIONS = (
    Option(name="kind", words="kind_of_figure", kind="choice", choices=tuple(definitions()), many=True),
    LANGUAGE,
)
SHAPE = Figures
PAGED = ("rows",)
LEAVES = True  # of a private list in public those that passed the gate
SHAPE_PUBLISHED = PublishedFigures


def answer(question: Question) -> Answer:
    """As `paradero figures --json`: each with the first few of the rows it rests on."""
    only = question.every("kind")
    standing = question.standing
    if standing.keeps_rows_in and standing.published is not None:
        language = str(question.text("lang"))
        found = _published(standing.published[language], only)
        return msgspec.structs.replace(found, scope=scope_of_case(standing, language))
    return standing.shared(
        ("figures of kinds", only), lambda: figures_of(standing.asked(), only=only, most_basis=SHOWN)
    )


def _published(found: PublishedFigures, only: Sequence[str]) -> PublishedFigures:
    """The figures of these kinds as they leave; what is left out by its kind, since ids can name a place."""
    rows = [each for each in found.rows if not only or each.id.partition("/")[0] in only]
    kinds = tuple(sorted({each.partition("/")[0] for each in found.refused}))
    return msgspec.structs.replace(found, rows=rows, n_rows=len(rows), refused=kinds)
