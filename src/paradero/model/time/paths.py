"""Shortest paths over difference constraints, in whole numbers: `t[target] - t[start] <= weight` for every
edge.

A simple temporal network (Dechter, Meiri and Pearl 1991) is consistent exactly where no circle of edges has a
negative sum. Times that prove it come from Bellman and Ford's method with Yen's two sweeps; with them,
Dijkstra's method gives the bounds from and to the origin.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Edge(NamedTuple):
    """`t[target] - t[start] <= weight`; `label` is the caller's number for who says so."""

    start: int
    target: int
    weight: int
    label: int


Neighbours = list[list[Edge]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Shortest paths from one node: the length to each node and the last edge of the path; None where there
    is no path.
    """

    lengths: list[int | None]
    last_edges: list[Edge | None]

    def to(self, node: int) -> list[Edge]:
        """The edges of the path to a node, from its start."""
        edges: list[Edge] = []
        edge = self.last_edges[node]
        while edge is not None:
            edges.append(edge)
            edge = self.last_edges[edge.start]
        return edges[::-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """Either one time for each node such that all edges hold, or a circle of edges with a negative sum."""

    times: list[int]
    circle: list[Edge]


def consistency(count: int, edges: Sequence[Edge]) -> Consistency:
    """Whether all edges can hold at once."""
    rank = _ranks(count, edges)
    times, parents = [0] * count, list[Edge | None]([None] * count)
    onward = _Sweep(rank, _by_start(count, (edge for edge in edges if rank[edge.start] < rank[edge.target])))
    back = _Sweep(
        [count - 1 - place for place in rank],
        _by_start(count, (edge for edge in edges if rank[edge.start] > rank[edge.target])),
    )
    rounds = 0
    while onward.due or back.due:
        back.due |= onward.run(times, parents)
        onward.due |= back.run(times, parents)
        rounds += 1
        circle = (
            _circle(parents) if rounds & (rounds - 1) == 0 else []
        )  # looked for after 1, 2, 4, 8, … rounds: once there it stays
        if circle:
            return Consistency(times=times, circle=circle)
    return Consistency(times=times, circle=[])


class _Sweep:
    """The edges that lead onward in one order of the nodes, and the nodes whose time got earlier since those
    edges were last looked at.
    """

    def __init__(self, place: list[int], neighbours: Neighbours) -> None:
        self.place, self.neighbours = place, neighbours
        self.due = set(range(len(place)))

    def run(self, times: list[int], parents: list[Edge | None]) -> set[int]:
        """Relax the edges of all nodes due, in order; gives the nodes whose time got earlier."""
        changed: set[int] = set()
        heap = [(self.place[node], node) for node in self.due]
        heapq.heapify(heap)
        while heap:
            node = heapq.heappop(heap)[1]
            time = times[node]
            for edge in self.neighbours[node]:
                reached = time + edge.weight
                if reached < times[edge.target]:
                    times[edge.target] = reached
                    parents[edge.target] = edge
                    changed.add(edge.target)
                    if edge.target not in self.due:
                        self.due.add(edge.target)
                        heapq.heappush(heap, (self.place[edge.target], edge.target))
        self.due.clear()
        return changed


def _circle(parents: Sequence[Edge | None]) -> list[Edge]:
    """The edges of a circle among the parents, in their order; empty where there is none. Such a circle
    always has a negative sum.
    """
    seen = [0] * len(parents)
    for begin in range(len(parents)):
        node = begin
        edge = parents[node]
        while edge is not None and not seen[node]:
            seen[node] = begin + 1
            node = edge.start
            edge = parents[node]
        if edge is not None and seen[node] == begin + 1:
            return _circle_through(node, parents)
    return []


def _circle_through(node: int, parents: Sequence[Edge | None]) -> list[Edge]:
    edges: list[Edge] = []
    edge = parents[node]
    while edge is not None and (not edges or edge.target != node):
        edges.append(edge)
        edge = parents[edge.start]
    return edges[::-1]


def _ranks(count: int, edges: Sequence[Edge]) -> list[int]:
    """An order of the nodes in which edges without positive weight lead onward wherever that is possible:
    depth first, last left first.
    """
    neighbours = _by_start(count, (edge for edge in edges if edge.weight <= 0))
    rank, left, entered = [0] * count, count, [False] * count
    for root in range(count):
        if entered[root]:
            continue
        entered[root] = True
        stack = [(root, iter(neighbours[root]))]
        while stack:
            node, rest = stack[-1]
            following = next((edge.target for edge in rest if not entered[edge.target]), None)
            if following is None:
                left -= 1
                rank[node] = left
                stack.pop()
            else:
                entered[following] = True
                stack.append((following, iter(neighbours[following])))
    return rank


def paths_from(origin: int, count: int, edges: Iterable[Edge], times: Sequence[int]) -> Paths:
    """Shortest paths from the origin; `times` satisfy all edges, so that no edge is negative when measured
    from them.
    """
    neighbours = _by_start(count, edges)
    lengths, last_edges = list[int | None]([None] * count), list[Edge | None]([None] * count)
    reduced, settled = list[int | None]([None] * count), [False] * count
    reduced[origin], lengths[origin] = 0, 0
    heap = [(0, origin)]
    while heap:
        length, node = heapq.heappop(heap)
        if settled[node]:
            continue
        settled[node] = True
        lengths[node] = length - times[origin] + times[node]
        base = length + times[node]
        for edge in neighbours[node]:
            found = base + edge.weight - times[edge.target]
            known = reduced[edge.target]
            if known is None or found < known:
                reduced[edge.target] = found
                last_edges[edge.target] = edge
                heapq.heappush(heap, (found, edge.target))
    return Paths(lengths=lengths, last_edges=last_edges)


def reversed_edges(edges: Iterable[Edge]) -> Iterable[Edge]:
    """Every edge the other way: shortest paths from the origin over these are those to it over the others."""
    return (
        Edge(start=edge.target, target=edge.start, weight=edge.weight, label=edge.label) for edge in edges
    )


def _by_start(count: int, edges: Iterable[Edge]) -> Neighbours:
    neighbours: Neighbours = [[] for _ in range(count)]
    for edge in edges:
        neighbours[edge.start].append(edge)
    return neighbours
