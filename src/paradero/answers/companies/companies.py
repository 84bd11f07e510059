"""The companies of a casefile as a list."""

from __future__ import annotations

from collections import Counter

from paradero.answers.companies.company_graph import CaseCompanies
from paradero.model.answer import Answer

WITH_PAGES = ("company", "agency", "nonprofit", "other")  # kinds that a report can be about


class ListedCompany(Answer, frozen=True, kw_only=True):
    """A company, agency, facility or aircraft: `n_out` relations start at it, `n_in` end at it."""

    name: str
    kind: str
    key: str
    identifiers: list[str]
    names: list[str]
    n_out: int
    n_in: int


def listed_companies(case: CaseCompanies) -> list[ListedCompany]:
    """Every company, agency and facility or aircraft that a relation names, by kind and name."""
    edges = case.graph.edges()
    out, into = Counter(edge.source for edge in edges), Counter(edge.target for edge in edges)
    found = [
        ListedCompany(
            name=node.name,
            kind=node.kind,
            key=key,
            identifiers=sorted(node.keys),
            names=node.names,
            n_out=out[key],
            n_in=into[key],
        )
        for key, node in case.graph.nodes().items()
        if node.kind not in ("award", "leg", "place") and (node.kind in WITH_PAGES or out[key] or into[key])
    ]
    return sorted(found, key=lambda one: (one.kind, one.name, one.key))
