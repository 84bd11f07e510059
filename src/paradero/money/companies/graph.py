"""The graph of companies: parties as nodes, joined only by identifier or where somebody says they are one;
relations as dated edges with evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from paradero.money.companies.identifying import identifies
from paradero.money.companies.parties import Companies, as_key, cited, ids_of, key_of
from paradero.money.companies.spans import Span

Citation = dict[str, Any]

MOST_CITED = 25  # source rows of an edge that rests on more; how many there are is said


def cited_rows(rows: Sequence[int], address: Callable[[int], str | None], says: str) -> tuple[Citation, ...]:
    """The first source rows of an edge as citations, each of which `says` so, and how many more there are."""
    cited: list[Citation] = [{"address": address(row), "says": says} for row in rows[:MOST_CITED]]
    if len(rows) > MOST_CITED:
        more = f"{len(rows) - MOST_CITED} more rows say so: `paradero export` writes the table"
        cited.append({"says": more})
    return tuple(cited)


@dataclass(slots=True, kw_only=True)
class Node:
    """One party: all keys it goes by, its kind, its names in the order they were met, who says that it is
    there.
    """

    key: str
    kind: str
    keys: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How it is called first, else its key."""
        return self.names[0] if self.names else self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A relation from one node to another. `shares` are of ownership in percent; `money` is what goes along
    it, in US dollars, nominal.
    """

    relation: str
    source: str
    target: str
    span: Span
    citations: tuple[Citation, ...]
    shares: tuple[float | None, float | None] = (None, None)
    is_direct: bool | None = None
    money: dict[str, Any] | None = None
    note: str = ""


class Graph:
    """Nodes and edges; `keys` that were declared to be one party lead to one node."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}
        self._made: dict[str, Node] = {}
        self._edges: list[Edge] = []
        self.joined: list[tuple[str, str, tuple[Citation, ...]]] = []

    def root(self, key: str) -> str:
        """The key that stands for the node of a key."""
        self._up.setdefault(key, key)
        while self._up[key] != key:
            self._up[key] = self._up[self._up[key]]
            key = self._up[key]
        return key

    def node(
        self,
        key: str,
        *,
        kind: str,
        names: Iterable[str] = (),
        citations: Iterable[Citation] = (),
        about: dict[str, Any] | None = None,
    ) -> str:
        """Add what is known of a node; returns its key. A kind that says more than `other` stays."""
        self.root(key)
        made = self._made.setdefault(key, Node(key=key, kind=kind, keys={key}))
        made.kind = kind if made.kind == "other" else made.kind
        made.names += [name for name in names if name and name not in made.names]
        made.citations += [one for one in citations if one not in made.citations]
        made.about |= about or {}
        return key

    def about(self, key: str) -> dict[str, Any]:
        """What is known of a node beside names and relations."""
        return self._made[key].about

    def join(self, a: str, b: str, citations: tuple[Citation, ...] = ()) -> None:
        """Make two keys one node."""
        first, second = sorted((self.root(a), self.root(b)), key=_rank)
        self._up[second] = first
        if citations:
            self.joined.append((a, b, citations))

    def edge(self, edge: Edge) -> None:
        """Add a relation."""
        self.root(edge.source)
        self.root(edge.target)
        self._edges.append(edge)

    def nodes(self) -> dict[str, Node]:
        """All nodes by the key that stands for them, those of joined keys put together."""
        found: dict[str, Node] = {}
        # a name that a file declares goes before those that records spell
        for key, made in sorted(
            self._made.items(), key=lambda item: (not item[0].startswith("party:"), _rank(item[0]))
        ):
            root = self.root(key)
            node = found.setdefault(root, Node(key=root, kind=made.kind))
            node.kind = made.kind if node.kind == "other" else node.kind
            node.keys |= made.keys
            node.names += [name for name in made.names if name not in node.names]
            node.citations += made.citations
            node.about |= made.about
        for key in list(self._up):
            root = self.root(key)
            found.setdefault(root, Node(key=root, kind=kind_of_key(root))).keys.add(key)
        return found

    def edges(self) -> list[Edge]:
        """All relations between the keys that stand for their nodes, in a stable order; a relation of a party
        to itself is left out.
        """
        found = [
            Edge(
                relation=each.relation,
                source=self.root(each.source),
                target=self.root(each.target),
                span=each.span,
                citations=each.citations,
                shares=each.shares,
                is_direct=each.is_direct,
                money=each.money,
                note=each.note,
            )
            for each in self._edges
        ]
        return sorted(
            (each for each in found if each.source != each.target),
            key=lambda each: (each.source, each.relation, each.target, str(each.citations)),
        )


_KINDS = {
    "detloc": "facility",
    "tail": "aircraft",
    "hex": "aircraft",
    "award": "award",
    "event": "leg",
    "place": "place",
    "uei": "company",
    "lei": "company",
    "recipient": "company",
    "operator": "company",
    "vendor": "company",
    "party": "other",
}
# which of the keys of a node names it: what others know it by first
_FIRST = ("detloc", "tail", "award", "event", "uei", "lei", "cage", "ein", "duns")


def kind_of_key(key: str) -> str:
    """The kind of party that a key by itself tells."""
    return _KINDS.get(key.partition(":")[0], "other")


def _rank(key: str) -> tuple[int, str]:
    scheme = key.partition(":")[0]
    return (_FIRST.index(scheme) if scheme in _FIRST else len(_FIRST), key)


def declare(graph: Graph, files: Sequence[Companies]) -> None:
    """Add declared parties, relations and identities; raises AuthoredError where a file names a party that
    there is not.
    """
    ids = ids_of(files)
    for each in files:
        for party in each.file.party:
            own = graph.node(
                ids[party.id],
                kind=party.kind,
                names=[party.name, *party.also],
                citations=[cited(party, each.place)],
            )
            for identifier in party.identifier:
                key = key_of(identifier.scheme, identifier.value)
                if not identifies(identifier.scheme, identifier.value):
                    graph.node(
                        own,
                        kind=party.kind,
                        about={
                            "identifiers_not_joined": (
                                *graph.about(own).get("identifiers_not_joined", ()),
                                key,
                            )
                        },
                    )
                    continue
                graph.node(key, kind=party.kind)
                graph.join(own, key)
    for each in files:
        for same in each.file.same_as:
            a, b = (as_key(end, ids, place=each.place) for end in (same.a, same.b))
            for end in (a, b):
                graph.node(end, kind=kind_of_key(end))
            graph.join(a, b, (cited(same, each.place),))
        for relation in each.relations:
            one = relation.file
            source, target = (as_key(end, ids, place=relation.place) for end in (one.from_, one.to))
            for key in (source, target):
                graph.node(key, kind=kind_of_key(key))
            shares = (one.share, one.share) if one.share is not None else (one.share_lo, one.share_hi)
            graph.edge(
                Edge(
                    relation=one.kind,
                    source=source,
                    target=target,
                    span=relation.span,
                    citations=(cited(one, relation.place),),
                    shares=shares,
                    is_direct=one.direct,
                    note=one.note,
                )
            )
