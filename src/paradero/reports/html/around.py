"""What stands around a page and where its links lead: in a file to its own parts, on a site to other
pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from paradero.figures.figure import Figure
from paradero.reports.content.anchors import figure_anchor, row_anchor
from paradero.reports.content.blocks import Form, Link, Text


class Leading(Protocol):
    """Where links lead; None: what is named has no page, its words stand alone."""

    def figure(self, figure: Figure) -> str: ...
    def row(self, address: str) -> str: ...
    def named(self, about: str, name: str, release: str = "") -> str | None: ...
    def link(self, to: str) -> str | None: ...
    def command(self, text: str) -> tuple[str, str] | None: ...


class InFile:
    """Links of a file that stands alone: to the evidence at its end, and to addresses as they are written."""

    def figure(self, figure: Figure) -> str:
        """The part of the page that says what the figure rests on."""
        return f"#{figure_anchor(figure)}"

    def row(self, address: str) -> str:
        """The row as received, at the end of the page."""
        return f"#{row_anchor(address)}"

    def named(self, about: str, name: str, release: str = "") -> str | None:
        """Nothing: a file has one page."""
        _ = about, name, release
        return None

    def link(self, to: str) -> str | None:
        """The address as it is written."""
        return to

    def command(self, text: str) -> tuple[str, str] | None:
        """Nothing: whoever reads a file types it."""
        _ = text
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a site puts around a page: where its style lies and its first page is, the page in other languages
    (name, language, address), the search, what is said above the title, what stands below on every page,
    and under which address its charts stand alone (`embed`), where they may be shown in pages of others;
    under which (what stands before the form of the file, and after it) its tables and charts can be taken
    away, or its charts alone.
    """

    leading: Leading = field(default_factory=InFile)
    style: str = ""
    script: str = ""
    home: str = ""
    languages: tuple[tuple[str, str, str], ...] = ()
    ways: tuple[Link, ...] = ()
    search: Form | None = None
    notice: Text = ()
    foot: tuple[Text, ...] = ()
    is_embedded: bool = False
    embed: str = ""
    taken: tuple[str, ...] = ()
    takes_tables: bool = True

    def take(self, form: str, part: object) -> str:
        """The address of a part of the page as a file of that form."""
        path, _, options = self.taken[1].partition("?")
        return f"{self.taken[0]}/{form}{path}/{part}{'?' if options else ''}{options}"
