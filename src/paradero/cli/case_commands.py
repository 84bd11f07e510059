"""new, add, build, status, verify: the casefile itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from paradero.cli.options import AsCsv, AsJson, case_of
from paradero.cli.output import Form, form_of, print_json, print_rows, print_table, progress_bar, say, tell
from paradero.model.errors import ParaderoError


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (new, add, build, status, verify):
        app.command()(command)


def new(
    folder: Annotated[Path, typer.Argument(help="The new folder.")],
    title: Annotated[Optional[str], typer.Option(help="What the case is about.")] = None,  # noqa: UP045
    scope: Annotated[Optional[str], typer.Option(help="The scope banner: what the records cover and what not.")] = None,  # noqa: UP045
) -> None:
    """Make an empty casefile."""
    from paradero.casefile.folder import DEFAULT_SCOPE, create

    create(folder, title=title, scope=scope or DEFAULT_SCOPE)
    say(f"Made an empty casefile in {folder}. Next: cd {folder}; paradero add FILE...; paradero build")


def add(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Originals: workbooks, Parquet, Feather or delimited text.")],
    as_kind: Annotated[Optional[str], typer.Option("--as", help="The kind of record, where the file does not tell: detentions, arrests, …")] = None,  # noqa: UP045
    release: Annotated[Optional[str], typer.Option(help="The release the files belong to; person ids hold only within one.")] = None,  # noqa: UP045
    origin: Annotated[Optional[str], typer.Option(help="Where the files were taken from.")] = None,  # noqa: UP045
    licence: Annotated[Optional[str], typer.Option(help="Terms of the files.")] = None,  # noqa: UP045
    note: Annotated[Optional[str], typer.Option(help="A remark kept with the files.")] = None,  # noqa: UP045
    as_json: AsJson = False,
) -> None:
    """Take files into the casefile: copied by SHA-256, sniffed, read once in full."""
    from paradero.casefile.originals import add as add_one
    from paradero.casefile.originals import report_of

    case = case_of(context)
    added: list[dict[str, Any]] = []
    failed = 0
    for path in files:
        advance, finish = progress_bar(f"reading {path.name}")
        try:
            source, changed = add_one(
                case, path, as_kind=as_kind, release=release, origin=origin, licence=licence, note=note,
                progress=lambda sheet, advance=advance: advance(f"read {sheet}", 0, 0),
            )  # fmt: skip
        except ParaderoError as error:
            failed += 1
            finish()
            tell(f"paradero: {error}")
            continue
        finish()
        report = report_of(case, source)
        counts = {name: getattr(report, name) for name in ("rows_in", "rows_kept", "rows_flagged", "cells_rejected")}
        added.append({"file": path.name, "source": source.source, "sha256": source.sha256, "changed": changed, "kinds": list(source.kinds),
                      "variant": source.variant, "release": source.release, "release_from": source.release_from, "why": source.why, **counts})  # fmt: skip
        if not as_json:
            _say_added(added[-1])
    if as_json:
        print_json(added)
    if failed:
        raise typer.Exit(1)


def _say_added(row: dict[str, Any]) -> None:
    if not row["changed"]:
        say(f"{row['file']}: there already as {row['source']}; nothing changed")
        return
    stated = {"found": "number found in the file", "declared": "as declared", "not stated": "the file states none; --release NAME sets it"}[row["release_from"]]
    say(f"{row['file']}: added as {row['source']}")
    say(f"  taken for {', '.join(row['kinds'])}" + (f" ({row['variant']})" if row["variant"] else "") + f": {row['why']}")
    say(f"  release {row['release']} ({stated})")
    say(f"  {row['rows_in']:,} rows in, {row['rows_kept']:,} kept, {row['rows_flagged']:,} flagged, {row['cells_rejected']:,} cells rejected")


def build(
    context: typer.Context,
    engine: Annotated[str, typer.Option(help="Where the steps run: duckdb or spark.")] = "duckdb",
    master: Annotated[Optional[str], typer.Option(help="Spark's master; else this machine.")] = None,  # noqa: UP045
    threads: Annotated[Optional[int], typer.Option(help="Cores to use; else all.", min=1)] = None,  # noqa: UP045
    memory: Annotated[Optional[str], typer.Option(help="Memory to use, such as 2GB; else most of it.")] = None,  # noqa: UP045
    as_json: AsJson = False,
) -> None:
    """Rebuild every table that its sources, settings or steps have changed."""
    from paradero.casefile.building import build as build_all
    from paradero.model.errors import UnknownName

    if engine not in ("duckdb", "spark"):
        raise UnknownName(f"Expected the engine duckdb or spark, found `{engine}`.")
    advance, finish = progress_bar("building")
    try:
        receipt, changed = build_all(case_of(context), engine="spark" if engine == "spark" else "duckdb", master=master, threads=threads, memory=memory, progress=advance)
    finally:
        finish()
    if as_json:
        print_json({"digest": receipt.digest, "changed": changed, "engine": receipt.engine, "seconds": receipt.seconds, "tables": {t.name: {"rows": t.rows, "sha256": t.sha256} for t in receipt.tables}})
        return
    done = f"built {len(receipt.tables)} tables on {receipt.engine} in {receipt.seconds:.1f} s" if changed else "nothing changed since the last build"
    say(f"{done}\ndigest {receipt.digest}")


def status(context: typer.Context, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Sources, releases, rows in, kept, flagged and rejected, coverage, schema drift, digest."""
    from paradero.reports.status import status_of

    found = status_of(case_of(context))
    form = form_of(as_json, as_csv)
    if form is Form.JSON:
        print_json(found)
        return
    columns = ["source", "file_name", "kinds", "release", "rows_in", "rows_kept", "rows_flagged", "cells_rejected", "first", "last"]
    if form is Form.CSV:
        print_rows(found["sources"], columns, form, banner=found["scope"])
        return
    say(f"{found['title']}\n")
    print_table(found["sources"], columns)
    for title, key, wanted in (
        ("Releases", "releases", ["release", "first_event", "released_at", "released_at_from", "persons", "stays", "unaccounted", "conflicts"]),
        ("Schema drift", "drift", ["source", "sheet", "what", "columns"]),
        ("Rejects", "rejects", ["source", "column", "problem", "cells"]),
    ):
        if found[key]:
            say(f"\n{title}")
            print_table(found[key], wanted)
    say(f"\nbuild: {found['build']}\ndigest: {found['digest'] or '-'}\n\nScope: {found['scope']}")


def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Check the log, the originals and every built table against their hashes, and build again from nothing to the same digest."""
    from paradero.casefile.verifying import verify as verify_all

    findings = verify_all(case_of(context))
    if as_json:
        print_json({"verified": not any(finding["failed"] for finding in findings), "checks": findings})
    else:
        for finding in findings:
            say(f"{'FAILED' if finding['failed'] else 'ok    '} {finding['check']}: {finding['found']}")
    if any(finding["failed"] for finding in findings):
        raise typer.Exit(2)
