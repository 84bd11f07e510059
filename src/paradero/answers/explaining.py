"""The steps behind a table, as they ran."""

from __future__ import annotations

from paradero.building import receipts
from paradero.building.receipts import Receipt
from paradero.building.stages import all_steps, ingested_name, kinds_of_rows
from paradero.building.tables import INGEST_TABLES, open_tables
from paradero.casefile.folder import Casefile
from paradero.engines.steps import needed_for
from paradero.model.answer import Answer


class ExplainedStep(Answer, frozen=True, kw_only=True):
    """A table: how it is kept, from what and by which SQL it is made, and how many rows of which digest the
    build has (None where it is computed when asked for).
    """

    table: str
    title: str
    kept: str
    inputs: list[str]
    rows: int | None
    sha256: str | None
    definition: str
    sql: str


def table_list(case: Casefile) -> list[ExplainedStep]:
    """Every table and view that can be exported or explained."""
    receipt = receipts.built(case)[1]
    names = {*all_steps(), *INGEST_TABLES, *(table.name for table in receipt.tables)}
    return [_step(receipt, name) for name in sorted(names)]


def explained(case: Casefile, what: str) -> list[ExplainedStep]:
    """The steps that `what` rests on, inputs before users: of a table by name, or of `chains` for a person's
    id.
    """
    receipt = receipts.built(case)[1]
    target = what
    if what not in all_steps() and what not in INGEST_TABLES and receipt.table(what) is None:
        with open_tables(case, "persons") as built:
            is_person = bool(
                built.rows("SELECT 1 FROM persons WHERE unique_identifier = $id LIMIT 1", {"id": what})
            )
        if not is_person:
            with open_tables(case, what):  # raises with the names that are near
                pass
        target = "chains"
    return [_step(receipt, name) for name in needed_for(target, all_steps()) or [target]]


def _step(receipt: Receipt, name: str) -> ExplainedStep:
    step = all_steps().get(name)
    made = receipt.table(name)
    ingested = {ingested_name(kind) for kind in kinds_of_rows()}
    inputs = step.inputs if step else ()
    return ExplainedStep(
        table=name,
        title=step.title if step else INGEST_TABLES.get(name, "given by the casefile"),
        kept=step.kept if step else "as taken in" if name in INGEST_TABLES else "given",
        inputs=[f"{source} (as taken in)" if source in ingested else source for source in inputs],
        rows=made.rows if made else None,
        sha256=made.sha256 if made else None,
        definition=step.words if step else "",
        sql=step.text if step else "",
    )
