"""Run the demonstration and say what it shows."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from paradero.answers.counts.reconciling import reconciled
from paradero.answers.law.law_files import law_of
from paradero.answers.people.history import TABLES, history_of
from paradero.answers.status import status_of
from paradero.answers.verdicts.audit_reading import reading
from paradero.answers.verdicts.auditing import audit
from paradero.answers.verdicts.verdicts import Wanted, summary, verdicts_of
from paradero.answers.verdicts.why import why_text
from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile, create, find
from paradero.demo.planted import Check, check_planted
from paradero.demo.reference import NAME as REFERENCE
from paradero.demo.reference import Table, show_reference
from paradero.model.verdicts import Verdict
from paradero.reports.text.person_text import history_text
from paradero.reports.text.summary_text import summary_tables
from paradero.reports.written import write_report
from paradero.synthetic import write_release

Say = Callable[[str], None]

SCOPE = "FABRICATED records made by paradero: no person, facility or event in them exists."
RELEASE = "FABRICATED"


def show_demo(
    folder: Path, *, rows: int, seed: int, engine: Literal["duckdb", "spark"], say: Say, table: Table
) -> int:
    """Fabricate, add, build, and look for every planted fault; returns how many were missed. `table` prints
    rows under columns.
    """
    case = create(folder, title="Demonstration: a fabricated release", scope=SCOPE)
    originals, listing = _fabricate(case, rows, seed, say)
    receipt, _ = build(case, engine=engine)
    say(
        f"built {len(receipt.tables)} tables on {receipt.engine} in {receipt.seconds:.1f} s, digest"
        f" {receipt.digest[:12]}"
    )
    status = status_of(case)
    counted = sum(source.rows_kept or 0 for source in status.sources)
    say(
        f"{len(originals)} originals, {counted:,} rows kept,"
        f" {sum(source.cells_rejected or 0 for source in status.sources)} cells rejected with their"
        " addresses"
    )
    ends = status.releases[0].chain_ends
    say(
        "custody histories end in: "
        + ", ".join(f"{kind} {n:,}" for kind, n in sorted(ends.items(), key=lambda item: (-item[1], item[0])))
    )
    say("\nEvery fault that was planted, and what found it:")
    checks = check_planted(case, listing)
    table([asdict(check) for check in checks], ["kind", "planted", "found", "surplus", "reported_as"])
    say("\nPublished figures against the records:")
    found = reconciled(case, status=None, limit=5)
    table([one.as_json() for one in found.summary], ["what", "definition", "status", "n"])
    say("\nOne custody history, with the source row behind every line:\n")
    say(_one_chain(case))
    say("\nEvery recorded event against every rule (our reading of fabricated records):")
    _show_audit(case, say, table)
    missed = sum(check.planted - check.found for check in checks)
    _conclude(folder, checks, missed, say)
    say(
        "\n"
        + "=" * 100
        + "\nThe reference case: public facts about real flights and orders, each with who asserts it."
    )
    show_reference(folder / REFERENCE, say=say, table=table)
    say("\nOpen these in a browser; every number leads to what it rests on:")
    for name, of in (("report.html", case), (f"{REFERENCE}.html", find(folder / REFERENCE))):
        write_report(of, "case", "", folder / name, language="en")
        say(f"  {folder / name}")
    return missed


def _fabricate(case: Casefile, rows: int, seed: int, say: Say) -> tuple[list[Path], Path]:
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch)
        write_release(out, rows=rows, seed=seed, format="xlsx")
        originals = sorted(path for path in out.iterdir() if path.name != "planted.json")
        for path in originals:
            source, _ = add(
                case,
                path,
                release=RELEASE,
                origin=f"paradero synth --rows {rows} --seed {seed}",
                note="fabricated",
                by="paradero demo",
            )
            say(f"added {path.name} as {source.source}: {', '.join(source.kinds)}")
        listing = case.root / "hand" / "planted.json"
        shutil.copyfile(out / "planted.json", listing)
    return originals, listing


def _show_audit(case: Casefile, say: Say, table: Table) -> None:
    with reading(audit(case, law_of(case))) as read:
        for rows, columns in summary_tables(summary(read, Wanted()), read.audited.law.rules):
            if "irregular" in columns:
                say("\nIrregularities of the record; no law forbids these by themselves:")
            table(rows, [column for column in columns if column not in ("order", "best_case")])
        worst = next(verdicts_of(read, Wanted(verdicts=(Verdict.VIOLATED,)), limit=1), None)
        if worst is not None:
            say("\nOne verdict, explained:\n")
            say(why_text(read, worst, "en"))


def _one_chain(case: Casefile) -> str:
    """The person whose chain is lost the longest, of those who turn up again."""
    with open_tables(case, *TABLES) as built:
        number = built.rows(
            "SELECT person_no FROM unaccounted WHERE until IS NOT NULL ORDER BY length_us DESC, person_no"
            " LIMIT 1"
        )[0]["person_no"]
        return history_text(history_of(built, number), arrest_rule="ddp-window")


def _conclude(folder: Path, checks: list[Check], missed: int, say: Say) -> None:
    planted, surplus = sum(check.planted for check in checks), sum(check.surplus for check in checks)
    say(
        f"\n{planted - missed} of {planted} planted faults found, {missed} missed, {surplus} reported that"
        " were not planted."
    )
    say(
        f"The casefile is in {folder}: cd {folder}; paradero status; paradero unaccounted; paradero"
        " reconcile; paradero audit"
    )
    say(f"\nScope: {SCOPE}")
