"""Where sources were read: what the primary source of a statement is, and whether the page it was seen at is
the outlet's own or somebody's copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from paradero.authored.declared import Declared, Mistakes, read, read_folder, seen_from

# `own`: the page of whoever it is by; `syndicated`: printed by a partner; `copy`: a mirror or reprint;
# `rewritten`: told again by somebody else, or translated
PageKind = Literal["own", "syndicated", "copy", "rewritten"]
# how a source was seen: in itself, at its outlet's page or a partner's, only at copies; "" where nobody says
SeenAs = Literal["read", "own", "copy", ""]
COPIES: tuple[PageKind, ...] = ("copy", "rewritten")


class PageFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Addresses where statements were seen, and whose page it is a copy of, or is."""

    at: list[str]
    of: str
    kind: PageKind
    note: str = ""


class SourceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who says something, by the names that statements give it (`by`), and the primary source of that: a
    docket with its entry, a citation, a declaration with its date, an outlet's report.

    `read`: the primary source itself was read. `checked` is what could be checked against it, and was.
    """

    by: list[str]
    primary: str
    url: str = ""
    read: bool = False
    checked: str = ""
    checked_es: str = ""


class OriginFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whose word sources pass on, all of them, by the names that statements give: outlets that read the same
    tracker are one source. A source that reports what it saw itself is its own origin.
    """

    by: list[str]
    origins: list[str] = msgspec.field(name="from")
    note: str = ""


class CitedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`cited/*.toml`."""

    id: str
    title: str
    title_es: str
    source: list[SourceFile] = []
    page: list[PageFile] = []
    origin: list[OriginFile] = []
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedAs:
    """What is known of how a statement was read; blank and empty where nobody describes it."""

    primary: str = ""
    url: str = ""
    seen_as: SeenAs = ""
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Independent:
    """How many sources independent of each other say a thing, at least and at most, and those known by name.

    Sources of which nobody says whose word they pass on may be one of these, or one of their own.
    """

    lo: int
    hi: int
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Sources and pages of a casefile, as its files describe them."""

    sources: dict[str, SourceFile] = field(default_factory=dict)
    pages: dict[str, PageFile] = field(default_factory=dict)
    origins: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def independent(self, by: Iterable[str]) -> Independent:
        """How many independent sources stand behind what these say: the origins that are described, and at
        most one more for each source whose own origin nobody states.
        """
        asked = dict.fromkeys(by)
        named = dict.fromkeys(origin for each in asked for origin in self.origins.get(each, ()))
        n_open = sum(each not in self.origins for each in asked)
        return Independent(
            lo=max(len(named), min(len(asked), 1)), hi=len(named) + n_open, origins=tuple(named)
        )

    def of(self, by: str, seen: Sequence[str]) -> CitedAs:
        """How a statement of `by` was read that was seen at these addresses.

        It was seen only at copies where every address is described as one; one that is not described is no
        copy and no original.
        """
        source = self.sources.get(by)
        kinds = [self.pages[each].kind if each in self.pages else None for each in seen]
        seen_as: SeenAs = ""
        if source is not None and source.read:
            seen_as = "read"
        elif any(kind in ("own", "syndicated") for kind in kinds):
            seen_as = "own"
        elif kinds and all(kind in COPIES for kind in kinds):
            seen_as = "copy"
        return CitedAs(
            primary=source.primary if source else "",
            url=source.url if source else "",
            seen_as=seen_as,
            copies=tuple(each for each, kind in zip(seen, kinds, strict=True) if kind in COPIES),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedRead:
    """A file of sources, read."""

    id: str
    place: str
    declared: Declared[CitedFile]


def read_cited(text: str, *, file: str) -> CitedRead:
    """Read one file; raises AuthoredError naming file, line and what is wrong."""
    declared, mistakes = read(text, CitedFile, file=file), Mistakes()
    for number, source in enumerate(declared.form.source):
        if not source.primary.strip() or not any(each.strip() for each in source.by):
            mistakes.add(
                f"{declared.place('source', number, 'primary')}: `by` or `primary` is blank. Write who says"
                " it, as statements do, and the primary source of that."
            )
        if bool(source.checked) != bool(source.checked_es):
            mistakes.add(
                f"{declared.place('source', number, 'primary')}: what was checked is said in one language"
                " only. Write `checked` and `checked_es`."
            )
    for number, origin in enumerate(declared.form.origin):
        if not origin.by or not origin.origins:
            mistakes.add(
                f"{declared.place('origin', number)}: `by` or `from` is empty. Write who says it, and whose"
                " word that is; a source that saw it itself is its own."
            )
    mistakes.settle()
    return CitedRead(id=declared.form.id, place=f"{file} line 1", declared=declared)


def cited_in(folder: Path) -> Cited:
    """What the files of a folder say of sources and pages; raises AuthoredError with every mistake, a source
    or an address that is described twice among these.
    """
    found = read_folder(folder, read_cited)
    sources: dict[str, SourceFile] = {}
    pages: dict[str, PageFile] = {}
    origins: dict[str, tuple[str, ...]] = {}
    places: dict[str, str] = {}
    mistakes = Mistakes()
    for each in found:
        form = each.declared.form
        listed: list[tuple[str, str, int]] = []
        for number, source in enumerate(form.source):
            sources |= dict.fromkeys(source.by, source)
            listed += [(f"the source `{by}`", "source", number) for by in source.by]
        for number, page in enumerate(form.page):
            pages |= dict.fromkeys(page.at, page)
            listed += [(f"the address `{at}`", "page", number) for at in page.at]
        for number, origin in enumerate(form.origin):
            origins |= dict.fromkeys(origin.by, tuple(origin.origins))
            listed += [(f"the origin of `{by}`", "origin", number) for by in origin.by]
        for what, kind, number in listed:
            place = each.declared.place(kind, number)
            if what in places:
                mistakes.add(
                    f"{place}: {what} is described already ({seen_from(place, places[what])}). Describe it"
                    " once."
                )
            places.setdefault(what, place)
    mistakes.settle()
    return Cited(sources=sources, pages=pages, origins=origins)
