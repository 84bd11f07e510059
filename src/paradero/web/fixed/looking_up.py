"""The search of a site of files: every page by name, complete without scripts; a script narrows the list as
somebody types.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby

from paradero import __version__
from paradero.reports.content.blocks import Block, Link, Page, Points, Section, Stated
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import is_fabricated
from paradero.web.addresses import language_of
from paradero.web.fixed.places import is_variant
from paradero.web.standing import Standing
from paradero.web.writing import title_of_case

SEARCH = "/search"
SCRIPT = "/assets/search.js"
_TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_KICKER = re.compile(r'<p class="kick">(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page as it is looked up: the kind of thing with its ids, the finding, the address."""

    kind: str
    title: str
    address: str


def script() -> bytes:
    """What narrows the list."""
    return (files("paradero.web.fixed") / "search.js").read_bytes()


def entries_of(pages: Mapping[str, str], language: str) -> list[Entry]:
    """The pages of a language by what they are about, in alphabetical order; variants of a page are not
    listed.
    """
    found = []
    for address, page in pages.items():
        told = language_of(address)
        if told is None or told[0] != language or is_variant(address) or told[1] == SEARCH:
            continue
        title, kicker = _TITLE.search(page), _KICKER.search(page)
        found.append(
            Entry(
                kind=_words(kicker[1]) if kicker else "",
                title=_words(title[1]) if title else "",
                address=address,
            )
        )
    return sorted(found, key=lambda each: (_spelt(each.kind or each.title), _spelt(each.title), each.address))


def search_page(standing: Standing, entries: list[Entry], language: str) -> Page:
    """Every page by the first letter of what it is about."""
    say = Wording("site", language)
    blocks = [
        Section(id=f"letter-{number}", name=letter, title=(Stated(text=letter),), blocks=(_listed(list(of)),))
        for number, (letter, of) in enumerate(groupby(entries, key=_letter), start=1)
    ]
    return Page(
        language=language,
        case=title_of_case(standing, language),
        kicker=say("list_kicker"),
        title=say("list_title"),
        lead=say("list_lead", n=Stated(text=f"{len(entries):,}")),
        label=Wording("page", language).plain("fabricated") if is_fabricated(standing.case) else "",
        findings=(),
        sections=tuple(blocks),
        cite=say("error_cite", version=Stated(text=__version__)),
        foot=(),
    )


def _listed(entries: list[Entry]) -> Block:
    # an address without its language: the page that links puts it in
    return Points(
        items=tuple(
            (
                Link(text=each.kind or each.title, to=f"/{each.address.split('/', 2)[2]}"),
                ": ",
                Stated(text=each.title),
            )
            for each in entries
        )
    )


def _letter(entry: Entry) -> str:
    first = _spelt(entry.kind or entry.title)[:1].upper()
    return first if first.isalpha() else "0–9"


def _spelt(text: str) -> str:
    """For order: without accents and case."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _words(found: str) -> str:
    return html.unescape(" ".join(_TAG.sub("", found).split()))
