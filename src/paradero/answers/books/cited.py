"""The sources of a casefile: who is cited, what the primary source is, where it was seen, what was read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from paradero.authored.cited import Cited, PageKind, SeenAs, cited_in
from paradero.authored.declared import text_of
from paradero.authored.evidence import EVIDENCE, Evidence
from paradero.casefile.folder import AUTHORED, Casefile
from paradero.model.answer import Answer

_NO_STATEMENTS = ("cited", "rules")


class SeenAt(Answer, frozen=True, kw_only=True):
    """An address where a source was seen: `of` whose page it is or is a copy of, `kind` which; both are blank
    where nobody describes it.
    """

    at: str
    of: str
    kind: PageKind | None


class CitedSource(Answer, frozen=True, kw_only=True):
    """A source by the name that statements give it, with its primary source and how that was seen; `cites` is
    how many statements are its own, `facts` their numbers in the material.

    `primary` is blank and `read_in_source` is None where nobody describes the source.
    """

    by: str
    evidence: list[Evidence]
    primary: str
    url: str
    read_in_source: bool | None
    seen_as: SeenAs
    seen: list[SeenAt]
    checked: str
    checked_es: str
    cites: int
    facts: list[str]


class CitedText(Answer, frozen=True, kw_only=True):
    """A text that orders and standards rely on: the instrument and the place in it, whether its words were
    read in the source itself, and where it was seen.
    """

    instrument: str
    pin: str
    url: str
    read_in_source: bool
    seen: list[SeenAt]


class CitedSources(Answer, frozen=True, kw_only=True):
    """Every source that the files of a casefile cite, by name; how many were read in their source, seen at
    their outlet's page, only at copies, or are not described; what is described and cited by nothing; and
    every text.
    """

    scope: str
    read: int
    own: int
    copy_: int
    not_described: int
    not_cited: list[str]
    texts: list[CitedText]
    n_rows: int
    rows: list[CitedSource]


class _Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """What any table of a file says of who says it; all else in it is not asked for."""

    by: str
    evidence: Evidence
    seen: list[str]
    fact: str = ""


class _Text(msgspec.Struct, frozen=True, kw_only=True):
    """A text relied on, as orders and standards state it."""

    instrument: str
    pin: str
    read: bool
    url: str = ""
    seen: str = ""


def cited_sources(case: Casefile) -> CitedSources:
    """Every source of the casefile's files. Raises AuthoredError for a mistake in `cited/`."""
    cited = cited_in(case.root / "cited")
    found: dict[str, list[_Attribution]] = {}
    texts: dict[tuple[str, str], _Text] = {}
    for table in _tables(case):
        if {"by", "evidence", "seen"} <= set(table):
            one = msgspec.convert(table, _Attribution)
            found.setdefault(one.by, []).append(one)
        if {"instrument", "pin", "read"} <= set(table):
            text = msgspec.convert(table, _Text)
            texts.setdefault((text.instrument, text.pin), text)
    rows = [_row(by, found[by], cited) for by in sorted(found)]
    seen = {each.at for row in rows for each in row.seen}
    seen |= {at for text in texts.values() for at in (text.url, text.seen)}
    counted = [row.seen_as for row in rows]
    idle = {by for by in cited.sources if by not in found} | {at for at in cited.pages if at not in seen}
    return CitedSources(
        scope=case.settings().scope,
        read=counted.count("read"),
        own=counted.count("own"),
        copy_=counted.count("copy"),
        not_described=counted.count(""),
        not_cited=sorted(idle),
        texts=[
            CitedText(
                instrument=each.instrument,
                pin=each.pin,
                url=each.url,
                read_in_source=each.read,
                seen=[_seen_at(at, cited) for at in (each.seen,) if at],
            )
            for _, each in sorted(texts.items())
        ],
        n_rows=len(rows),
        rows=rows,
    )


def _row(by: str, said: Sequence[_Attribution], cited: Cited) -> CitedSource:
    """A source with everywhere that it was seen."""
    seen = list(dict.fromkeys(at for each in said for at in each.seen))
    facts = dict.fromkeys(fact.strip() for each in said for fact in each.fact.split(",") if fact.strip())
    told, known = cited.sources.get(by), cited.of(by, seen)
    evidence = {each.evidence for each in said}
    return CitedSource(
        by=by,
        evidence=[each for each in EVIDENCE if each in evidence],
        primary=known.primary,
        url=known.url,
        read_in_source=None if told is None else told.read,
        seen_as=known.seen_as,
        seen=[_seen_at(at, cited) for at in seen],
        checked=told.checked if told else "",
        checked_es=told.checked_es if told else "",
        cites=len(said),
        facts=list(facts),
    )


def _seen_at(at: str, cited: Cited) -> SeenAt:
    page = cited.pages.get(at)
    return SeenAt(at=at, of=page.of if page else "", kind=page.kind if page else None)


def _tables(case: Casefile) -> Iterator[Mapping[str, object]]:
    """Every table of every file of the casefile that states something, however deep."""
    for folder in AUTHORED:
        if folder not in _NO_STATEMENTS:
            for path in sorted((case.root / folder).glob("*.toml")):
                yield from _within(tomllib.loads(text_of(path)))


def _within(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _within(each)
