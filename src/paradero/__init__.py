"""paradero audits state custody: a double-entry ledger of people held by a state.

`paradero.open(DIR)` gives a casefile that answers questions; the other public names do what the commands do.
Each is imported when it is first used. `__init__.pyi` says the same to type checkers.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.2.0"

_PUBLIC = {
    "Address": "paradero.model.addresses",
    "Case": "paradero.api.case",
    "Casefile": "paradero.casefile.folder",
    "ParaderoError": "paradero.model.errors",
    "add": "paradero.building.adding",
    "add_document": "paradero.building.documents",
    "audit": "paradero.answers.verdicts.auditing",
    "balanced_case": "paradero.answers.books.balancing",
    "build": "paradero.building.building",
    "checked_case": "paradero.answers.books.claiming",
    "costed_case": "paradero.answers.books.costing",
    "create": "paradero.casefile.folder",
    "create_from": "paradero.casefile.examples",
    "definitions": "paradero.custody.definitions",
    "documents_of": "paradero.building.documents",
    "export": "paradero.exports.files",
    "find": "paradero.casefile.folder",
    "gaps_of_files": "paradero.flights.files",
    "headcount": "paradero.answers.counts.counting",
    "history_of": "paradero.answers.people.history",
    "law_of": "paradero.answers.law.law_files",
    "legs_of_files": "paradero.flights.files",
    "legible": "paradero.building.tables",
    "mentions_of": "paradero.building.documents",
    "open": "paradero.api.case",
    "open_tables": "paradero.building.tables",
    "original": "paradero.answers.original",
    "parse_address": "paradero.model.addresses",
    "person_numbers": "paradero.answers.people.history",
    "reconciled": "paradero.answers.counts.reconciling",
    "sniff": "paradero.sources",
    "status_of": "paradero.answers.status",
    "verify": "paradero.answers.verification.verifying",
    "whereabouts": "paradero.answers.people.whereabouts",
    "write_release": "paradero.synthetic",
}

_CALLED = {"open": "open_case"}  # `open` would hide Python's own in its module

__all__ = ["__version__", *_PUBLIC]  # noqa: PLE0604 - the names above, in one place


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module `paradero` has no attribute `{name}`")
    return getattr(import_module(_PUBLIC[name]), _CALLED.get(name, name))
