"""Exposure: the paths from who owns and holds contracts to what is run, carried and supplied, with the
evidence of every step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from paradero.answers.companies.awards import money_text
from paradero.answers.companies.company_graph import CaseCompanies, placed_awards
from paradero.answers.words import Words
from paradero.authored.evidence import EVIDENCE, Evidence
from paradero.model.naming import unknown
from paradero.money.companies.graph import Edge, Node
from paradero.money.companies.paths import Found, Path, paths_of
from paradero.money.names import plain_name

Row = dict[str, Any]

COLUMNS = [
    "path",
    "direction",
    "holds",
    "step",
    "relation",
    "from",
    "from_name",
    "to",
    "to_name",
    "lo",
    "hi",
    "sure_lo",
    "sure_hi",
    "share_lo",
    "share_hi",
    "direct",
    "amount",
    "unit",
    "as_of",
    "money",
    "citations",
]
_ALIKE = 85.0  # of 100: how alike two names are for the one to be shown beside the other
_MOST_ALIKE = 20
_EPOCH = dt.datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What was asked for, the nodes it stands for, their paths, and what is merely alike or near."""

    name: str
    nodes: Mapping[str, Node]
    starts: tuple[str, ...]
    found: Found
    candidates: tuple[Row, ...]


def exposure_of(case: CaseCompanies, name: str) -> Exposure:
    """The paths of a company, facility, aircraft, award or flight by any of its names, codes or keys.

    Names are compared in capitals without punctuation and legal form, and must then be equal. Raises
    UnknownName with the nearest where nothing has the name.
    """
    nodes, edges = case.graph.nodes(), case.graph.edges()
    starts = _starts(nodes, name)
    if not starts:
        known = [
            each
            for node in nodes.values()
            for each in (
                *node.names,
                *(key.partition(":")[2] for key in node.keys if not key.startswith("award:")),
            )
        ]
        raise unknown(
            "a company, facility, aircraft or award of this casefile",
            name,
            known,
            where_listed="`paradero companies list` lists the companies.",
            compared=plain_name,
        )
    candidates = [*_alike(nodes, starts), *_near(case, nodes, starts)]
    return Exposure(
        name=name, nodes=nodes, starts=starts, found=paths_of(edges, starts), candidates=tuple(candidates)
    )


def _starts(nodes: Mapping[str, Node], name: str) -> tuple[str, ...]:
    """The nodes that a key, an identifier or a name stands for; an identifier or key goes before a name."""
    wanted = name.strip().upper()
    bare = wanted.replace("-", "").replace(" ", "")
    by_key = [
        key
        for key, node in nodes.items()
        if any(
            each.upper() == wanted or each.partition(":")[2].upper() in (wanted, bare) for each in node.keys
        )
    ]
    exact = [
        key
        for key in by_key
        if any(
            each.partition(":")[0] not in ("recipient", "operator", "vendor", "place")
            for each in nodes[key].keys
        )
    ]
    if exact:
        return tuple(exact)
    plain = plain_name(name)
    return tuple(
        key for key, node in nodes.items() if plain and any(plain_name(each) == plain for each in node.names)
    )


def _alike(nodes: Mapping[str, Node], starts: tuple[str, ...]) -> list[Row]:
    """Other companies whose name is like that of one of the starts: shown, never joined."""
    own = {
        plain_name(name)
        for start in starts
        for name in nodes[start].names
        if nodes[start].kind in ("company", "agency", "nonprofit", "other")
    }
    found: list[Row] = []
    for key, node in nodes.items():
        if key in starts or node.kind not in ("company", "agency", "nonprofit", "other"):
            continue
        score = max((fuzz.ratio(plain_name(name), each) for name in node.names for each in own), default=0.0)
        if score >= _ALIKE:
            found.append(
                {
                    "key": key,
                    "name": node.name,
                    "why": "a like name; nothing joins the two",
                    "score": round(score, 1),
                }
            )
    return sorted(found, key=lambda row: (-row["score"], row["key"]))[:_MOST_ALIKE]


def _near(case: CaseCompanies, nodes: Mapping[str, Node], starts: tuple[str, ...]) -> list[Row]:
    """Awards performed in the city of a facility that was asked for."""
    found: list[Row] = []
    for start in starts:
        about = nodes[start].about
        if nodes[start].kind == "facility" and about.get("city") and about.get("state"):
            for key, edge in placed_awards(case.graph, about["city"], about["state"]):
                found.append(
                    {
                        "key": key,
                        "name": nodes[key].name,
                        "why": "performed in the facility's city; no record says that it is for the facility",
                        "citations": list(edge.citations),
                    }
                )
    return sorted(found, key=lambda row: row["key"])[:_MOST_ALIKE]


def exposure_row(each: Exposure) -> Row:
    """The whole answer as JSON: nodes and edges of each path, bounds as UTC times (null: no bound), money
    with unit and day.
    """
    return {
        "name": each.name,
        "matched": [_node(each.nodes[start]) for start in each.starts],
        "n_paths": len(each.found.paths),
        "n_apart": each.found.n_apart,
        "is_cut": each.found.is_cut,
        "paths": [path_row(path, each.nodes) for path in each.found.paths],
        "candidates": list(each.candidates),
    }


def path_row(path: Path, nodes: Mapping[str, Node]) -> Row:
    """One path: nodes in order, edges between them, whether all holds at once, and the money at its end."""
    keys = [path.edges[0].source, *(edge.target for edge in path.edges)]
    share_lo, share_hi = path.shares
    return {
        "direction": path.direction,
        "holds": path.holds,
        "evidence": _weakest(path),
        "lo": _time(path.span.lo),
        "hi": _time(path.span.hi),
        "sure_lo": _sure(path, 0),
        "sure_hi": _sure(path, 1),
        "share_lo": share_lo,
        "share_hi": share_hi,
        "nodes": [_node(nodes[key]) for key in keys],
        "edges": [_edge(edge) for edge in path.edges],
        "money": next(
            (
                {**edge.money, "citations": list(edge.citations)}
                for edge in reversed(path.edges)
                if edge.money
            ),
            None,
        ),
    }


def _sure(path: Path, end: int) -> str | None:
    return _time((path.span.sure_lo, path.span.sure_hi)[end]) if path.span.surely_holds else None


def _node(node: Node) -> Row:
    return {
        "key": node.key,
        "kind": node.kind,
        "name": node.name,
        "names": node.names,
        "identifiers": sorted(node.keys),
        "about": node.about,
        "citations": node.citations[:5],
    }


def _edge(edge: Edge) -> Row:
    sure = edge.span.surely_holds
    return {
        "relation": edge.relation,
        "from": edge.source,
        "to": edge.target,
        "lo": _time(edge.span.lo),
        "hi": _time(edge.span.hi),
        "sure_lo": _time(edge.span.sure_lo) if sure else None,
        "sure_hi": _time(edge.span.sure_hi) if sure else None,
        "share_lo": edge.shares[0],
        "share_hi": edge.shares[1],
        "direct": edge.is_direct,
        "money": edge.money,
        "note": edge.note,
        "citations": list(edge.citations),
    }


def _time(us: int | None) -> str | None:
    if us is None:
        return None
    moment = _EPOCH + dt.timedelta(microseconds=us)
    return moment.isoformat(timespec="seconds") + "Z"


def edge_rows(each: Exposure) -> Iterable[Row]:
    """The paths as comma-separated text: one line per step."""
    for number, path in enumerate(each.found.paths, 1):
        for step, edge in enumerate(path.edges, 1):
            money = edge.money or {}
            yield {
                **_edge(edge),
                "path": number,
                "direction": path.direction,
                "holds": path.holds,
                "step": step,
                "from_name": each.nodes[edge.source].name,
                "to_name": each.nodes[edge.target].name,
                "amount": money.get("amount"),
                "unit": money.get("unit"),
                "as_of": money.get("as_of"),
                "money": money.get("what"),
                "citations": " | ".join(cited_text(one) for one in edge.citations),
            }


def exposure_text(each: Exposure, words: Words, most: int) -> str:
    """The paths as people read them: each with its evidence, the strongest first."""
    lines = [
        words(
            "exposure_matched",
            asked=each.name,
            nodes="; ".join(
                f"{each.nodes[start].name} ({', '.join(sorted(each.nodes[start].keys))})"
                for start in each.starts
            ),
        )
    ]
    for direction in ("down", "up"):
        paths = [path for path in each.found.paths if path.direction == direction]
        if paths:
            lines += ["", words(f"exposure_{direction}", n=len(paths))]
            lines += [
                line
                for number, path in enumerate(paths[:most], 1)
                for line in _path_text(number, path, each.nodes, words)
            ]
            if len(paths) > most:
                lines.append(words("exposure_more", n=len(paths) - most))
    if not each.found.paths:
        lines += ["", words("exposure_none")]
    if each.found.n_apart:
        lines += ["", words("exposure_apart", n=each.found.n_apart)]
    if each.found.is_cut:
        lines += ["", words("exposure_cut")]
    if each.candidates:
        lines += [
            "",
            words("exposure_candidates"),
            *(
                f"   {row['name']} ({row['key']}): {words.of(row['why'], _SPANISH[row['why']])}"
                for row in each.candidates
            ),
        ]
    return "\n".join(lines)


_SPANISH = {
    "a like name; nothing joins the two": "un nombre parecido; nada une a ambos",
    "performed in the facility's city; no record says that it is for the facility": (
        "ejecutado en la ciudad del centro; ningún registro dice que sea para él"
    ),
}


def _path_text(number: int, path: Path, nodes: Mapping[str, Node], words: Words) -> list[str]:
    chain = _called(nodes[path.edges[0].source], words)
    for edge in path.edges:
        share = _share_text(edge.shares)
        chain += f" —{words(f'relation_{edge.relation}')}{share}→ {_called(nodes[edge.target], words)}"
    inferred = f"; {words('exposure_inferred')}" if _weakest(path) == "derived" else ""
    lines = [
        f"{number}. {chain}"
        f" [{words('exposure_at_once' if path.holds == 'at once' else 'exposure_possible')}{inferred}]"
    ]
    money = next((edge.money for edge in reversed(path.edges) if edge.money), None)
    if money:
        amount = money_text(money["amount"]) or words("exposure_unreadable")
        lines.append(
            "   "
            + words(
                "exposure_money",
                amount=amount,
                what=words("exposure_" + money["what"]),
                as_of=money["as_of"] or "…",
            )
        )
    for edge in path.edges:
        cited = [cited_text(one) for one in edge.citations[:3]]
        more = f" (+{len(edge.citations) - 3})" if len(edge.citations) > 3 else ""
        lines.append(
            f"   {words(f'relation_{edge.relation}')}: {_when(edge, words)};"
            f" {'; '.join(cited)}{more}{f'. {edge.note}' if edge.note else ''}"
        )
    return lines


def _called(node: Node, words: Words) -> str:
    return words.of(node.name, node.about.get("what_es", ""))


def _weakest(path: Path) -> Evidence:
    """How the weakest step of a path is known: of each step the strongest citation counts; a source row is a
    record.
    """
    steps = [
        min(
            (EVIDENCE.index(one.get("evidence", "record")) for one in edge.citations),
            default=len(EVIDENCE) - 1,
        )
        for edge in path.edges
    ]
    return EVIDENCE[max(steps)]


def _share_text(shares: tuple[float | None, float | None]) -> str:
    lo, hi = shares
    if lo is None and hi is None:
        return ""
    return (
        f" {lo:g}%"
        if lo == hi
        else f" {'…' if lo is None else f'{lo:g}'}–{'…' if hi is None else f'{hi:g}'}%"
    )


def _when(edge: Edge, words: Words) -> str:
    if edge.span.lo is None and edge.span.hi is None and not edge.span.surely_holds:
        return words("exposure_undated")
    bounds = f"{(_time(edge.span.lo) or '…')[:10]} {words('to')} {(_time(edge.span.hi) or '…')[:10]}"
    sure = (
        f", {words('exposure_sure')} {(_time(edge.span.sure_lo) or '')[:10]} {words('to')}"
        f" {(_time(edge.span.sure_hi) or '')[:10]}"
        if edge.span.surely_holds
        else ""
    )
    return bounds + sure


def cited_text(one: Mapping[str, Any]) -> str:
    """A citation in one line: the address of a row and what it says, or who says it, of when, and where it
    was seen.
    """
    if "address" in one:
        return f"{one['address']} {one['says']}"
    if "by" in one:
        return f"{one['by']} ({one['evidence']}, {one['dated']}; {one['place']}): {', '.join(one['seen'])}"
    return str(one.get("says", ""))
