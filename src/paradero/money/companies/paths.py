"""Paths through the graph of companies: from who owns to what is run, carried or supplied; only such as can
hold at one instant.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from paradero.money.companies.graph import Edge
from paradero.money.companies.spans import Span, at_once

_RUNS = frozenset({"operates", "registered_owner", "provides", "carries", "serves", "supplies"})
_OWNED = frozenset({"owns", "parent_of", "controls", "holds"})
_ENDS: frozenset[str] = frozenset()
# what may come after a relation in a path: an owner is exposed to what its company does, not to what its
# company's other partners do
AFTER: Mapping[str, frozenset[str]] = {
    "owns": _OWNED | _RUNS,
    "parent_of": _OWNED | _RUNS,
    "controls": _OWNED | _RUNS,
    "holds": frozenset({"performed_at", "serves", "subcontracts"}),
    "subcontracts": frozenset({"operates", "registered_owner", "provides", "carries"}),
    "supplies": frozenset({"operates", "registered_owner", "provides", "carries"}),
    "operates": frozenset({"carries"}),
    "registered_owner": frozenset({"carries"}),
    "provides": frozenset({"carries"}),
    "carries": _ENDS,
    "serves": _ENDS,
    "performed_at": _ENDS,
}
MOST = 20_000  # paths found for one question; more are not looked for, and that is said


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Edges end to end, in the direction from owner to what is run. `holds` is `at once` where all surely
    hold at one instant, else `possible`.
    """

    edges: tuple[Edge, ...]
    direction: str
    span: Span

    @property
    def holds(self) -> str:
        return "at once" if self.span.surely_holds else "possible"

    @property
    def shares(self) -> tuple[float | None, float | None]:
        """The share in percent that the ownerships along the path multiply to, as bounds; None where one is
        not given or nothing is owned.
        """
        owned = [each.shares for each in self.edges if each.relation in ("owns", "parent_of", "controls")]
        lo, hi = 100.0, 100.0
        for low, high in owned:
            if low is None or high is None:
                return None, None
            lo, hi = lo * low / 100, hi * high / 100
        return (lo, hi) if owned else (None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The paths of a node; `n_apart` counts steps that were not taken because their times cannot meet,
    `is_cut` whether there are more paths than were looked for.
    """

    paths: tuple[Path, ...]
    n_apart: int
    is_cut: bool


def paths_of(edges: Iterable[Edge], starts: Iterable[str]) -> Found:
    """The longest paths that begin at any of the nodes, and those that end at one."""
    listed = list(edges)
    out: dict[str, list[Edge]] = {}
    back: dict[str, list[Edge]] = {}
    for each in listed:
        out.setdefault(each.source, []).append(each)
        back.setdefault(each.target, []).append(each)
    apart: set[tuple[int, ...]] = set()
    found: list[Path] = []
    is_cut = False
    for start in sorted(set(starts)):
        for direction, beside in (("down", out), ("up", back)):
            for path in _longest(start, beside, direction, apart):
                if len(found) >= MOST:
                    is_cut = True
                    break
                found.append(path)
    unique = {tuple(id(edge) for edge in path.edges): path for path in found}
    return Found(paths=tuple(sorted(unique.values(), key=_order)), n_apart=len(apart), is_cut=is_cut)


def _longest(
    start: str, beside: Mapping[str, list[Edge]], direction: str, apart: set[tuple[int, ...]]
) -> Iterator[Path]:
    stack: list[tuple[str, tuple[Edge, ...], frozenset[str]]] = [(start, (), frozenset({start}))]
    while stack:
        at, edges, seen = stack.pop()
        further = False
        for edge in beside.get(at, ()):
            end = edge.target if direction == "down" else edge.source
            longer = (*edges, edge) if direction == "down" else (edge, *edges)
            if end in seen or not _may_follow(longer):
                continue
            if not at_once(each.span for each in longer).can_hold:
                apart.add(tuple(id(each) for each in longer))
                continue
            further = True
            stack.append((end, longer, seen | {end}))
        if edges and not further:
            yield Path(edges=edges, direction=direction, span=at_once(each.span for each in edges))


def _may_follow(edges: tuple[Edge, ...]) -> bool:
    return all(after.relation in AFTER[before.relation] for before, after in itertools.pairwise(edges))


def _order(path: Path) -> tuple[str, bool, float, int, list[tuple[str, str, str]]]:
    """What surely holds before what may, more money before less."""
    amount = next(
        (
            edge.money["amount"]
            for edge in reversed(path.edges)
            if edge.money and edge.money["amount"] is not None
        ),
        0,
    )
    return (
        path.direction,
        path.holds != "at once",
        -float(amount),
        len(path.edges),
        [(each.source, each.relation, each.target) for each in path.edges],
    )
