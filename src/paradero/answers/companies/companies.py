"""The companies of a casefile as a list."""

from __future__ import annotations

from collections import Counter
from typing import Any

from paradero.answers.companies.company_graph import CaseCompanies

COLUMNS = ["name", "kind", "key", "identifiers", "names", "n_out", "n_in"]


def company_rows(case: CaseCompanies) -> list[dict[str, Any]]:
    """Every company, agency and facility or aircraft that a relation names, by kind and name; `n_out`
    relations start at it, `n_in` end at it.
    """
    edges = case.graph.edges()
    out, into = Counter(edge.source for edge in edges), Counter(edge.target for edge in edges)
    rows = [
        {
            "name": node.name,
            "kind": node.kind,
            "key": key,
            "identifiers": sorted(node.keys),
            "names": node.names,
            "n_out": out[key],
            "n_in": into[key],
        }
        for key, node in case.graph.nodes().items()
        if node.kind not in ("award", "leg", "place")
        and (node.kind in ("company", "agency", "nonprofit", "other") or out[key] or into[key])
    ]
    return sorted(rows, key=lambda row: (row["kind"], row["name"], row["key"]))
