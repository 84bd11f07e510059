"""The steps behind a table, as they ran."""

from __future__ import annotations

from typing import Any

from paradero.casefile import receipts
from paradero.casefile.folder import Casefile
from paradero.casefile.stages import all_steps, ingested_name, kinds_of_rows
from paradero.casefile.tables import open_tables
from paradero.engines.steps import needed_for
from paradero.model.errors import CasefileError, UnknownName

Row = dict[str, Any]


def _receipt(case: Casefile) -> receipts.Receipt:
    found = receipts.current(case)
    if found is None:
        raise CasefileError(f"{case.root} was not built yet. Run `paradero build`.")
    return found[1]


def table_list(case: Casefile) -> list[Row]:
    """Every table and view that can be exported or explained."""
    receipt = _receipt(case)
    steps = all_steps()
    made = {table.name for table in receipt.tables}
    names = sorted({*steps, *made})
    return [_step(receipt, name) for name in names]


def explained(case: Casefile, what: str) -> list[Row]:
    """The steps that `what` rests on, inputs before users: of a table by name, or of `chains` for a person's id."""
    receipt = _receipt(case)
    steps = all_steps()
    given = {table.name for table in receipt.tables if table.made_by == "given"}
    target = what
    if what not in steps and what not in given:
        with open_tables(case, "persons") as built:
            if not built.rows("SELECT 1 FROM persons WHERE unique_identifier = $id LIMIT 1", {"id": what}):
                with open_tables(case, what):
                    raise UnknownName(f"`{what}` is read as it was taken in; no step made it.")
        target = "chains"
    return [_step(receipt, name) for name in needed_for(target, steps)] or [_step(receipt, target)]


def _step(receipt: receipts.Receipt, name: str) -> Row:
    step = all_steps().get(name)
    made = next((table for table in receipt.tables if table.name == name), None)
    ingested = {ingested_name(kind) for kind in kinds_of_rows()}
    return {
        "table": name,
        "title": step.title if step else "given by the casefile",
        "kept": step.kept if step else "given",
        "inputs": [f"{source} (as taken in)" if source in ingested else source for source in step.inputs] if step else [],
        "rows": made.rows if made else None,
        "sha256": made.sha256 if made else None,
        "definition": step.words if step else "",
        "sql": step.text if step else "",
    }
