"""What the sections of a page are written from: the figures of a casefile and the answers under them."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from paradero.answers.digests import digest_of_case
from paradero.answers.words import Words
from paradero.casefile.folder import Casefile
from paradero.figures.answered import Absent, Answered, Asked
from paradero.figures.computing import figures_by_id
from paradero.figures.figure import Figure
from paradero.model.answer import Answer
from paradero.reports.content.blocks import Named, Section, Stated, Text
from paradero.reports.content.remarks import remark_in
from paradero.reports.content.wording import Wording

_LONG_ID = 24  # hashes are longer, and differ at their beginnings

R = TypeVar("R", bound=Answer)


class Material:
    """A casefile, its figures and its answers, for a page in one language; each is worked out when a section
    first asks for it, and once.
    """

    def __init__(
        self, asked: Asked, language: str, *, is_site: bool = False, around: dt.date | None = None
    ) -> None:
        self.asked = asked
        self.language = language
        self.around = around  # the day that charts by day are asked to show
        self.is_site = is_site  # evidence has pages of its own there

    @property
    def case(self) -> Casefile:
        """The casefile."""
        return self.asked.case

    @functools.cached_property
    def digest(self) -> str:
        """The digest of the casefile that the page is written from."""
        return digest_of_case(self.case)

    @property
    def verdict_words(self) -> Words:
        """The words of verdicts in this language."""
        return Words(self.language)

    def wording(self, name: str) -> Wording:
        """The sentences of a section."""
        return Wording(name, self.language)

    def figure(self, figure_id: str) -> Figure:
        """The figure of that id, which its section knows to be there."""
        return self._of(figure_id)[figure_id]

    def maybe(self, figure_id: str) -> Figure | None:
        """The figure of that id, None where the casefile has none."""
        return self._of(figure_id).get(figure_id)

    def each(self, name: str) -> list[Figure]:
        """All figures of a definition, in the order of their ids."""
        return list(self._of(name).values())

    def _of(self, figure_id: str) -> Mapping[str, Figure]:
        """The figures of the definition that an id begins with, by their ids."""
        return figures_by_id(self.asked, figure_id.partition("/")[0])

    def answered(self, name: str) -> Answered | None:
        """An answer; None where the casefile has nothing that it is made of."""
        found = self.asked.answer(name)
        return None if isinstance(found, Absent) else found

    def rows(self, name: str, kind: type[R]) -> Sequence[R]:
        """The rows of an answer; none where the casefile has nothing that it is made of."""
        found = self.answered(name)
        return [] if found is None else [row for row in found.rows if isinstance(row, kind)]


Part = Callable[[Material], Section | None]


def short_id(text: str) -> str:
    """A pseudonym as a table shows it: the first eight letters of a long one; short ones differ at their
    ends.
    """
    return f"{text[:8]}…" if len(text) > _LONG_ID else text


def person(identifier: str, release: str) -> Named:
    """A person by their pseudonym in a release, which leads to their page."""
    return Named(text=short_id(identifier), about="person", name=identifier, release=release)


def remarks_of(answered: Answered, language: str) -> Text:
    """What an answer cannot judge, as sentences."""
    return tuple(Stated(text=f"{remark_in(remark, language)}. ") for remark in answered.remarks)
