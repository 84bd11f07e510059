"""Write the graph of companies for other tools: FollowTheMoney entities or Open Ownership statements; the
file appears whole or not at all.
"""

from __future__ import annotations

import json
from pathlib import Path

from paradero.answers.companies.company_graph import CaseCompanies
from paradero.casefile.outside import check_outside
from paradero.disk.whole_files import write_whole
from paradero.model.errors import ParaderoError
from paradero.model.naming import unknown
from paradero.money.companies.bods import statements_of
from paradero.money.companies.ftm import entities_of
from paradero.money.companies.graph import Edge, Node
from paradero.money.companies.paths import paths_of

FORMS = ("ftm", "bods")


def export_companies(
    case: CaseCompanies, form: str, path: Path, *, starts: tuple[str, ...] = (), published_on: str
) -> dict[str, int]:
    """Write the graph, or only what lies on the paths of the nodes `starts`; returns how many of each sort
    were written and left out.

    `published_on` is the day (ISO) that statements say they were published. Raises UnknownName for another
    form, ParaderoError where the file cannot be written.
    """
    if form not in FORMS:
        raise unknown("a form of export", form, FORMS)
    nodes, edges = _wanted(case, starts)
    if form == "ftm":
        entities, counts = entities_of(nodes, edges)
        text = "".join(
            json.dumps(each, ensure_ascii=False, sort_keys=True, default=str) + "\n" for each in entities
        )
    else:
        statements, counts = statements_of(nodes, edges, published_on=published_on)
        text = json.dumps(statements, ensure_ascii=False, indent=1, default=str) + "\n"
    _write(path, text)
    return dict(counts)


def _wanted(case: CaseCompanies, starts: tuple[str, ...]) -> tuple[dict[str, Node], list[Edge]]:
    nodes, edges = case.graph.nodes(), case.graph.edges()
    if not starts:
        return nodes, edges
    on_paths = {id(edge): edge for path in paths_of(edges, starts).paths for edge in path.edges}
    kept = [edge for edge in edges if id(edge) in on_paths]
    keys = {key for edge in kept for key in (edge.source, edge.target)} | set(starts)
    return {key: node for key, node in nodes.items() if key in keys}, kept


def _write(path: Path, text: str) -> None:
    check_outside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    except OSError as error:
        raise ParaderoError(
            f"{path}: cannot be written ({error.strerror or error}). Name another place; what was there"
            " before is unchanged."
        ) from error
