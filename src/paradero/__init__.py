"""paradero audits state custody: a double-entry ledger of people held by a state.

The public names are functions that do what the commands do; each is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.2.0"

_PUBLIC = {
    "Address": "paradero.model.addresses",
    "Casefile": "paradero.casefile.folder",
    "ParaderoError": "paradero.model.errors",
    "add": "paradero.casefile.originals",
    "add_document": "paradero.casefile.documents",
    "audit": "paradero.casefile.auditing",
    "balanced_case": "paradero.casefile.balancing",
    "build": "paradero.casefile.building",
    "chain_of": "paradero.reports.person",
    "checked_case": "paradero.casefile.claiming",
    "costed_case": "paradero.casefile.costing",
    "create": "paradero.casefile.folder",
    "create_from": "paradero.casefile.examples",
    "definitions": "paradero.custody.definitions",
    "documents_of": "paradero.casefile.documents",
    "export": "paradero.exports.files",
    "find": "paradero.casefile.folder",
    "gaps_of_files": "paradero.flights.files",
    "headcount": "paradero.casefile.counting",
    "law_of": "paradero.casefile.law_files",
    "legs_of_files": "paradero.flights.files",
    "legible": "paradero.casefile.tables",
    "mentions_of": "paradero.casefile.documents",
    "open_tables": "paradero.casefile.tables",
    "original": "paradero.reports.original",
    "parse_address": "paradero.model.addresses",
    "person_numbers": "paradero.reports.person",
    "reconciled": "paradero.reports.reconciling",
    "sniff": "paradero.sources",
    "status_of": "paradero.reports.status",
    "verify": "paradero.reports.answers",
    "whereabouts": "paradero.reports.whereabouts",
    "write_release": "paradero.synthetic",
}

__all__ = ["__version__", *_PUBLIC]  # noqa: PLE0604 - the names above, in one place


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module `paradero` has no attribute `{name}`")
    return getattr(import_module(_PUBLIC[name]), name)
