"""The jobs that are timed, each run as a process of its own by run.py: prints its seconds as the last
line.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def scan(original: Path) -> None:
    """Read every column of the stint file once: the yardstick of the others."""
    from paradero.engines.duckdb import connect

    with connect() as connection:
        _touch(connection.read_parquet(str(original)))


def _touch(relation: Any) -> None:
    """Compute every value of every column, keep none."""
    relation.aggregate(", ".join(f'max("{column}")' for column in relation.columns)).fetchall()


def core(case_folder: Path) -> None:
    """Duplicate flags, stays in all their columns, both of the Deportation Data Project's headcounts, from
    the ingested Parquet.

    Kept tables are written as the build writes them; `stays` is a view and computed in full, as the scan
    reads in full.
    """
    from paradero.building.stages import all_steps, ingested_name, kinds_of_rows
    from paradero.building.tables import open_tables
    from paradero.casefile.folder import Casefile
    from paradero.engines.duckdb import DuckDBEngine
    from paradero.engines.steps import needed_for, order_steps

    out = case_folder / "build" / ".bench"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    engine = DuckDBEngine(temporary=out / "spill")
    given = {"sources", "repeated_rows", "settings", "release_settings", "reasons", "headcount_definitions"}
    with open_tables(Casefile(case_folder)) as built:
        for name in given:
            engine.read(name, [built.folder / f"{name}.parquet"])
        for kind in kinds_of_rows():
            paths = [path for source in built.receipt.sources for path in built.ingested_files(source, kind)]
            engine.read(ingested_name(kind), paths or [built.folder / f"empty-{kind}.parquet"])
    steps = all_steps()
    wanted = {name for target in ("headcounts", "stays") for name in needed_for(target, steps)}
    for step in order_steps(
        {name: steps[name] for name in wanted},
        given=given | {ingested_name(kind) for kind in kinds_of_rows()},
    ):
        if step.kept == "view":
            engine.define(step)
        else:
            engine.write(step, out / f"{step.name}.parquet")
            engine.read(step.name, [out / f"{step.name}.parquet"])
    _touch(engine.connection.view("stays"))
    engine.close()
    shutil.rmtree(out)


def full(case_folder: Path) -> None:
    """Every table of the casefile: chains, joins, conflicts, reconciliation, digests; the rows were taken in
    before.
    """
    from paradero.building.building import build
    from paradero.casefile.folder import Casefile

    for built in (case_folder / "build").glob("*-duckdb"):
        shutil.rmtree(built)
    (case_folder / "build" / "current").unlink(missing_ok=True)
    build(Casefile(case_folder))


def audit(case_folder: Path) -> None:
    """Every rule over every event of the built casefile, worked cases and digests of the verdicts included;
    no order, no event in files.
    """
    from paradero.answers.law.law_files import law_of
    from paradero.answers.verdicts.auditing import audit as run_audit
    from paradero.casefile.folder import Casefile

    shutil.rmtree(case_folder / "build" / "audits", ignore_errors=True)
    case = Casefile(case_folder)
    run_audit(case, law_of(case))


def take_in(case_folder: Path, *originals: Path) -> None:
    """Add the originals to a new casefile."""
    from paradero.building.adding import add
    from paradero.casefile.folder import create

    shutil.rmtree(case_folder, ignore_errors=True)
    case = create(case_folder)
    for original in originals:
        add(case, original)


def fastexcel_alone(workbook: Path) -> None:
    """Load every sheet as text in one process, keep nothing: what reading costs at the least."""
    import fastexcel

    book = fastexcel.read_excel(workbook)
    for number in range(len(book.sheet_names)):
        book.load_sheet(number, header_row=None, skip_rows=0, dtypes="string").to_arrow()


def fastexcel_one_sheet(workbook: Path, number: Path) -> None:
    """Load one sheet as text: the memory of the largest is the measure of the whole."""
    import fastexcel

    fastexcel.read_excel(workbook).load_sheet(
        int(str(number)), header_row=None, skip_rows=0, dtypes="string"
    ).to_arrow()


def with_pandas(original: Path) -> None:
    """The same flags, stays and headcounts, written straightforwardly with pandas."""
    from pandas_version import run

    run(original)


JOBS: dict[str, Callable[..., None]] = {
    "scan": scan,
    "core": core,
    "full": full,
    "audit": audit,
    "take_in": take_in,
    "fastexcel_alone": fastexcel_alone,
    "fastexcel_one_sheet": fastexcel_one_sheet,
    "with_pandas": with_pandas,
}


if __name__ == "__main__":
    started = time.perf_counter()
    JOBS[sys.argv[1]](*(Path(argument) for argument in sys.argv[2:]))
    print(f"{time.perf_counter() - started:.3f}")
