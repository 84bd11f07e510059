"""The sources of a casefile: who is cited, what the primary source is, where it was seen, what was read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from paradero.authored.cited import PageKind, SeenAs, cited_in
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


class CitedSources(Answer, frozen=True, kw_only=True):
    """Every source that the files of a casefile cite, by name; how many were read in their source, seen at
    their outlet's page, only at copies, or are not described; and what is described and cited by nothing.
    """

    scope: str
    read: int
    own: int
    copy_: int
    not_described: int
    not_cited: list[str]
    n_rows: int
    rows: list[CitedSource]


def cited_sources(case: Casefile) -> CitedSources:
    """Every source of the casefile's files. Raises AuthoredError for a mistake in `cited/`."""
    cited = cited_in(case.root / "cited")
    found: dict[str, dict[str, Any]] = {}
    for one in _attributions(case):
        source = found.setdefault(one["by"], {"evidence": set(), "seen": {}, "facts": {}, "cites": 0})
        source["evidence"].add(one["evidence"])
        source["seen"] |= dict.fromkeys(one.get("seen", ()))
        source["facts"] |= dict.fromkeys(
            each.strip() for each in one.get("fact", "").split(",") if each.strip()
        )
        source["cites"] += 1
    rows: list[CitedSource] = []
    for by in sorted(found):
        told, known = cited.sources.get(by), cited.of(by, list(found[by]["seen"]))
        pages = [(at, cited.pages.get(at)) for at in found[by]["seen"]]
        rows.append(
            CitedSource(
                by=by,
                evidence=[each for each in EVIDENCE if each in found[by]["evidence"]],
                primary=known.primary,
                url=known.url,
                read_in_source=None if told is None else told.read,
                seen_as=known.seen_as,
                seen=[
                    SeenAt(at=at, of=page.of if page else "", kind=page.kind if page else None)
                    for at, page in pages
                ],
                checked=told.checked if told else "",
                checked_es=told.checked_es if told else "",
                cites=found[by]["cites"],
                facts=list(found[by]["facts"]),
            )
        )
    seen = {each.at for row in rows for each in row.seen} | _texts(case)
    counted = [row.seen_as for row in rows]
    return CitedSources(
        scope=case.settings().scope,
        read=counted.count("read"),
        own=counted.count("own"),
        copy_=counted.count("copy"),
        not_described=counted.count(""),
        not_cited=sorted(
            {by for by in cited.sources if by not in found} | {at for at in cited.pages if at not in seen}
        ),
        n_rows=len(rows),
        rows=rows,
    )


def _files(case: Casefile) -> Iterator[dict[str, Any]]:
    for folder in AUTHORED:
        if folder not in _NO_STATEMENTS:
            for path in sorted((case.root / folder).glob("*.toml")):
                yield tomllib.loads(text_of(path))


def _attributions(case: Casefile) -> Iterator[dict[str, Any]]:
    """Everything in the casefile's files that says who says it and by what evidence."""
    for file in _files(case):
        yield from (each for each in _tables(file) if {"by", "evidence", "seen"} <= set(each))


def _texts(case: Casefile) -> set[str]:
    """The addresses at which texts of orders and standards were seen."""
    return {
        address
        for file in _files(case)
        for each in _tables(file)
        if "instrument" in each
        for address in (each.get("url"), each.get("seen"))
        if isinstance(address, str)
    }


def _tables(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _tables(each)
