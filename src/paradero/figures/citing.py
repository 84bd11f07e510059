"""The citation of a figure, a table or a casefile, as PAGES of the manual have it: title, value with bounds
and population, version, digest, id.
"""

from __future__ import annotations

from paradero import __version__
from paradero.answers.digests import digest_of_case
from paradero.answers.explaining import explained
from paradero.casefile.folder import Casefile
from paradero.figures.computing import figure_of
from paradero.figures.definitions import definitions
from paradero.model.answer import Answer


class Citation(Answer, frozen=True, kw_only=True):
    """What is cited, and the sentence that cites it."""

    of: str
    text: str


def citation_of(case: Casefile, what: str | None) -> Citation:
    """The citation of a figure by its id, of a table by its name, of the casefile where nothing is named.
    Raises UnknownName for a name that is neither.
    """
    title = case.settings().title
    digest = digest_of_case(case)[:12]
    made = f"paradero {__version__}, casefile digest {digest}"
    if what is None:
        return Citation(of="casefile", text=f"{title}; {made}.")
    if what.partition("/")[0] in definitions():
        figure = figure_of(case, what)
        value = _bounds(figure.lo, figure.hi)
        return Citation(
            of=what,
            text=f"{figure.title}: {value} ({figure.unit}); {figure.population}; in: {title}; {made},"
            f" figure {what}.",
        )
    table = explained(case, what)[-1]
    return Citation(of=what, text=f"Table {table.table}: {table.title}; in: {title}; {made}.")


def _bounds(lo: float | None, hi: float | None) -> str:
    if lo is None and hi is None:
        return "not known"
    if lo is None:
        return f"at most {hi:,}"
    if hi is None:
        return f"at least {lo:,}"
    return f"{lo:,}" if lo == hi else f"{lo:,} to {hi:,}"
