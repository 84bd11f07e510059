"""How many were held by day under a definition, with bounds and what makes them wide."""

from __future__ import annotations

from paradero.answers.counts import headcounts
from paradero.building.stages import groupings
from paradero.building.tables import open_tables
from paradero.custody.definitions import definition_of, definitions
from paradero.model.answer import Answer
from paradero.web.interface.options import RELEASE, NotUnderstood, Option
from paradero.web.interface.questions import Question

PATH = "/api/headcount"
OPTIONS = (
    Option(name="definition", kind="choice", choices=tuple(definitions()), default="ddp-midnight"),
    Option(name="by", kind="choice", choices=tuple(groupings()), default=headcounts.PLACE),
    Option(name="facility"),
    RELEASE,
    Option(name="on"),
    Option(name="first"),
    Option(name="last"),
    Option(name="assuming", many=True),
    Option(name="sort", kind="choice", choices=headcounts.SORTS),
)
SHAPE = headcounts.Headcounts
PAGED = ("rows",)
PAGES_ITSELF = True


def answer(question: Question) -> Answer:
    """As `paradero headcount --json`. Raises NotUnderstood for `on` with `first` or `last`."""
    on, first, last = (question.text(name) for name in ("on", "first", "last"))
    if on is not None and (first is not None or last is not None):
        raise NotUnderstood("`on` and `first` or `last` cannot be combined. Choose one.")
    facility = question.text("facility")
    asked = headcounts.Asked(
        definition=definition_of(str(question.text("definition"))),
        by=str(question.text("by")),
        release=question.text("release"),
        first=on or first,
        last=on or last,
        facility=facility,
        assuming=question.every("assuming"),
        sort=question.text("sort") or ("n" if on else "place"),
    )
    is_named = facility is not None or on is not None
    with open_tables(question.standing.case, "sources") as built:
        found = headcounts.counted(built, asked)
        counts, _ = headcounts.headcounts(
            built,
            found,
            asked,
            limit=question.limit,
            offset=question.offset,
            most_published=0 if is_named else None,
        )
    return counts
