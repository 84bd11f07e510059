"""Where things stand on the site: one address each, the language first.

/en/facility/HOUICDC        a page, by the subjects of `paradero report --about`
/en/figures/ID              what a number counts and rests on
/en/rows/ADDRESS            a row of an original, in the original's grid
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from paradero.answers.words import LANGUAGES
from paradero.figures.figure import Figure
from paradero.reports.content.wording import Wording
from paradero.web.commands import answered_at

_JUDGING = ("verdicts", "event", "order")  # pages that take what is believed
_OUTSIDE = re.compile(r"(https?://|mailto:|#)")
OPENAPI = "/openapi.json"
_UNTOLD = ("/assets/", "/api/", OPENAPI, "/files/", "/acts/")  # the same in every language


def spelled(text: str) -> str:
    """A name as one step of an address."""
    return quote(text, safe="")


def page_at(about: str, name: str = "") -> str:
    """The address of the page on something, without its language."""
    return f"/{about}/{spelled(name)}" if name else f"/{about}"


def with_options(path: str, options: dict[str, str | list[str]]) -> str:
    """An address with options, those that are empty left out."""
    told = {name: value for name, value in options.items() if value}
    return f"{path}?{urlencode(told, doseq=True)}" if told else path


class OnSite:
    """Links of a page of the site in one language."""

    def __init__(
        self,
        language: str,
        *,
        supposed: Mapping[str, Sequence[str]] | None = None,
        has_several_releases: bool = False,
    ) -> None:
        self.language = language
        self.has_several_releases = has_several_releases
        self.supposed = {name: list(values) for name, values in (supposed or {}).items()}

    def figure(self, figure: Figure) -> str:
        """What the figure counts and rests on, under what this page supposes."""
        return with_options(self._told(page_at("figures", figure.id)), {**self.supposed})

    def row(self, address: str) -> str:
        """The row as received, among its neighbours."""
        return self._told(page_at("rows", address))

    def named(self, about: str, name: str, release: str = "") -> str | None:
        """The page on what is named; where it judges, under what this page supposes. The release stands in
        the address where there are several, whose people may have the same id.
        """
        at = self._told(page_at(about, name))
        at = with_options(at, {"release": release}) if self.has_several_releases else at
        return with_options(at, {**self.supposed}) if about in _JUDGING else at

    def link(self, to: str) -> str | None:
        """An address of the site in this language; one of elsewhere as it is."""
        return to if _OUTSIDE.match(to) or to.startswith(_UNTOLD) else self._told(to)

    def command(self, text: str) -> tuple[str, str] | None:
        """The page that answers a command, by its name."""
        to = answered_at(text)
        return None if to is None else (self._told(to), _named(to, self.language))

    def _told(self, path: str) -> str:
        return f"/{self.language}{path}"


def _named(to: str, language: str) -> str:
    """What a page is called in a sentence."""
    say = Wording("site", language)
    first = to.split("/")[1]
    return say.plain(f"page_{first}")


def language_of(path: str) -> tuple[str, str] | None:
    """The language that an address begins with, and the rest of it; None where it begins with none."""
    head, _, rest = path.removeprefix("/").partition("/")
    return (head, f"/{rest}") if head in LANGUAGES else None
