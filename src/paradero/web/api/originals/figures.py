"""Every published number with its bounds, what opens them, and what it rests on."""

from __future__ import annotations

from paradero.figures.computing import SHOWN, figures_of
from paradero.figures.definitions import definitions
from paradero.figures.figure import Figures
from paradero.model.answer import Answer
from paradero.web.interface.options import Option
from paradero.web.interface.questions import Question

PATH = "/api/figures"
OPTIONS = (
    Option(name="kind", words="kind_of_figure", kind="choice", choices=tuple(definitions()), many=True),
)
SHAPE = Figures
PAGED = ("rows",)


def answer(question: Question) -> Answer:
    """As `paradero figures --json`: each with the first few of the rows it rests on."""
    only = question.every("kind")
    standing = question.standing
    return standing.shared(
        ("figures of kinds", only), lambda: figures_of(standing.asked(), only=only, most_basis=SHOWN)
    )
