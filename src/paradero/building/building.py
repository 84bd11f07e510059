"""Build a casefile: from originals to tables, only what changed, visible all at once."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Literal

from paradero import __version__
from paradero.building import receipts
from paradero.building.ingested import ingested_folder, report_of
from paradero.building.making import Plan, Progress, given_names, make_tables
from paradero.building.publishing import publish
from paradero.building.receipts import Receipt, SourceReceipt, code_print
from paradero.building.stages import all_steps
from paradero.building.tables import UNREADABLE
from paradero.building.taking_in import take_in
from paradero.casefile.folder import Casefile, CaseSettings, locked, sweep
from paradero.casefile.originals import Source, check_originals, sources_of
from paradero.disk.whole_files import half_of
from paradero.engines.steps import order_steps
from paradero.model.errors import CasefileError
from paradero.sources.containers.damage import first_line


def build(
    case: Casefile,
    *,
    engine: Literal["duckdb", "spark"] = "duckdb",
    master: str | None = None,
    threads: int | None = None,
    memory: str | None = None,
    progress: Progress | None = None,
) -> tuple[Receipt, bool]:
    """Build all tables; returns the receipt and whether anything changed.

    Originals are checked against their SHA-256 first. A table whose step and inputs are as before is taken
    over. The new tables count from the moment the pointer names them, so a build that is killed leaves the
    one before. Raises CasefileError where there is nothing to build from or an original was changed.
    """
    with locked(case):
        settings = case.settings()
        sources = sources_of(case)
        if not sources:
            raise CasefileError(
                f"{case.root}: there is no source to build from. Add one with `paradero add FILE`."
            )
        check_originals(case, sources)
        sweep(case)
        last = _last(case)
        beside = half_of(case.build / "new")
        try:
            receipt = compute(
                case,
                beside,
                settings,
                sources,
                last=last,
                engine=engine,
                master=master,
                threads=threads,
                memory=memory,
                progress=progress,
            )
            return publish(case, receipt, beside, last)
        except (OSError, *UNREADABLE) as error:
            raise CasefileError(
                f"The build stopped: {first_line(error)}. The build before it, if there was one, still"
                " counts."
            ) from error
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _last(case: Casefile) -> tuple[Path, Receipt] | None:
    """The build that counts; None where there is none that can be read: all of it is derived and can be made
    anew.
    """
    try:
        return receipts.current(case)
    except CasefileError:
        return None


def compute(
    case: Casefile,
    into: Path,
    settings: CaseSettings,
    sources: list[Source],
    *,
    last: tuple[Path, Receipt] | None = None,
    engine: str = "duckdb",
    master: str | None = None,
    threads: int | None = None,
    memory: str | None = None,
    progress: Progress | None = None,
) -> Receipt:
    """Make every table from the originals into the new folder `into`; tables of the build `last` are taken
    over where nothing under them changed.
    """
    started = time.monotonic()
    for number, source in enumerate(sources):
        if progress:
            progress(f"reading {source.file_name}", number, len(sources))
        take_in(case, source)
    into.mkdir(parents=True)
    plan = Plan(
        folder=into,
        engine=engine,
        before=last[1] if last else None,
        before_folder=last[0] if last else None,
        steps=order_steps(all_steps(), given=given_names()),
    )
    tables = make_tables(
        case, plan, settings, sources, master=master, threads=threads, memory=memory, progress=progress
    )
    entries = [_source_receipt(case, source, rank) for rank, source in enumerate(sources)]
    return Receipt(
        digest=receipts.whole_digest(tables, entries),
        version=__version__,
        engine=engine,
        settings=settings,
        code=code_print(entries),
        sources=entries,
        tables=tables,
        seconds=round(time.monotonic() - started, 3),
    )


def _source_receipt(case: Casefile, source: Source, rank: int) -> SourceReceipt:
    report = report_of(case, source)
    return SourceReceipt(
        source=source.source,
        sha256=source.sha256,
        file_name=source.file_name,
        release=source.release,
        rank=rank,
        folder=ingested_folder(case, source).name,
        kinds=list(source.kinds),
        sheets=[str(sheet["name"]) for sheet in report.sheets],
    )
