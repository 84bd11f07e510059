"""new, add, build, status, verify: the casefile itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from paradero.casefile.folder import Casefile
from paradero.cli.options import AsCsv, AsJson, case_of, engine_named, outside
from paradero.cli.output import Findings, Form, form_of, print_json, print_rows, print_table, progress_bar, say, tell
from paradero.model.errors import ParaderoError, UnknownName

_WIDEST = 100  # letters of a listing's cell; --json has them all


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (new, add, build, status, verify):
        app.command()(command)


def new(
    folder: Annotated[Path, typer.Argument(help="The new folder.", callback=outside)],
    title: Annotated[Optional[str], typer.Option(help="What the case is about.")] = None,  # noqa: UP045
    scope: Annotated[Optional[str], typer.Option(help="The scope banner: what the records cover and what not.")] = None,  # noqa: UP045
    example: Annotated[Optional[str], typer.Option("--from", help="Begin with a case that comes with paradero: cecot-2025.")] = None,  # noqa: UP045
    as_json: AsJson = False,
) -> None:
    """Make an empty casefile, or one that begins with a case that comes with paradero."""
    from paradero.casefile.examples import create_from
    from paradero.casefile.folder import DEFAULT_SCOPE, create

    case = create_from(folder, example, title=title) if example else create(folder, title=title, scope=scope or DEFAULT_SCOPE)
    if as_json:
        settings = case.settings()
        print_json({"root": str(case.root.resolve()), "title": settings.title, "scope": settings.scope})
    elif example:
        say(f"Made a casefile from {example} in {folder}. Next: cd {folder}; paradero audit")
    else:
        say(f"Made an empty casefile in {folder}. Next: cd {folder}; paradero add FILE...; paradero build")


def shown_name(name: str) -> str:
    """The name of a file as it is printed: neutral where it points at a person."""
    from paradero.sources.values.identifiers import safe_name

    return safe_name(name, "(a file whose name points at a person)")


def add(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(help="Originals: workbooks, Parquet, Feather or delimited text; positions of aircraft and flight lists; documents: PDF, HTML or text."),
    ],
    as_kind: Annotated[Optional[str], typer.Option("--as", help="The kind of record, where the file does not tell: detentions, arrests, …, document.")] = None,  # noqa: UP045
    release: Annotated[Optional[str], typer.Option(help="The release the files belong to; person ids hold only within one.")] = None,  # noqa: UP045
    origin: Annotated[Optional[str], typer.Option(help="Where the files were taken from.")] = None,  # noqa: UP045
    licence: Annotated[Optional[str], typer.Option(help="Terms of the files.")] = None,  # noqa: UP045
    note: Annotated[Optional[str], typer.Option(help="A remark kept with the files.")] = None,  # noqa: UP045
    date_order: Annotated[Optional[str], typer.Option(help="How 3/4/2025 is meant, where the file does not tell: mdy or dmy.")] = None,  # noqa: UP045
    keep: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--keep", help="Keep the cells under this header, which names or numbers people; `rows` shows them, no table has them."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take files into the casefile: copied by SHA-256, sniffed, read once in full, every row accounted for."""
    case = case_of(context)
    if date_order not in (None, "mdy", "dmy"):
        raise UnknownName(f"Expected mdy (month before day) or dmy (day before month) as --date-order, found `{date_order}`.")
    said: dict[str, Any] = {"as_kind": as_kind, "release": release, "origin": origin, "licence": licence, "note": note, "date_order": date_order}
    added: list[dict[str, Any]] = []
    failed: list[dict[str, str]] = []
    for path in files:
        try:
            added.append(_added(case, path, said, tuple(keep or ())))
        except ParaderoError as error:
            failed.append({"file": shown_name(path.name), "error": str(error)})
            tell(f"paradero: {error}")
        else:
            if not as_json:
                _say_added(added[-1])
    if as_json:
        print_json({"scope": case.settings().scope, "added": added, "failed": failed})
    if failed:
        raise typer.Exit(1)


def _added(case: Casefile, path: Path, said: dict[str, Any], keep: tuple[str, ...]) -> dict[str, Any]:
    from paradero.building.adding import is_document

    return _added_document(case, path, said) if is_document(path, as_kind=said["as_kind"]) else _added_table(case, path, said, keep)


def _added_document(case: Casefile, path: Path, said: dict[str, Any]) -> dict[str, Any]:
    from paradero.answers.documents.documents import document_row
    from paradero.building.documents import add_document

    if said["release"] is not None:
        raise UnknownName(f"{path.name} is a document, and documents belong to no release: leave --release out for it.")
    advance, finish = progress_bar(f"reading {path.name}")
    try:
        one, report, changed = add_document(
            case, path, origin=said["origin"], licence=said["licence"], note=said["note"], progress=lambda page, of: advance(f"read page {page}", page, of)
        )
    finally:
        finish()
    return {"file": shown_name(path.name), "source": one.document, "changed": changed, "kinds": ["document"], **document_row(one, report)}


def _added_table(case: Casefile, path: Path, said: dict[str, Any], keep: tuple[str, ...]) -> dict[str, Any]:
    from paradero.answers.status import overlap_row
    from paradero.building.adding import add as add_one
    from paradero.building.ingested import take_in
    from paradero.building.overlaps import overlaps_of

    advance, finish = progress_bar(f"reading {path.name}")

    def progress(sheet: str) -> None:
        advance(f"read {sheet}", 0, 0)

    try:
        source, changed = add_one(case, path, **said, keep=keep, progress=progress)
        report = take_in(case, source)
    finally:
        finish()
    counts = {name: getattr(report, name) for name in ("rows_in", "rows_kept", "rows_flagged", "cells_rejected", "ledger", "assumed")}
    kept = ("name", "kinds", "hidden", "header_row", "rows_in", "rows_kept", "rows_blank", "rows_outside", "remarks", "continues", "ledger", "why")
    counts["overlaps"] = [overlap_row(each) for each in overlaps_of(case, source)]
    counts["sheets"] = [{name: sheet.get(name) for name in kept} for sheet in report.sheets]
    return {"file": shown_name(path.name), "withheld": report.withheld(), "source": source.source, "sha256": source.sha256, "changed": changed, "kinds": list(source.kinds),
            "variant": source.variant, "release": source.release, "release_from": source.release_from, "why": source.why, "file_name": source.file_name,
            **counts}  # fmt: skip


def _say_document(row: dict[str, Any]) -> None:
    from paradero.answers.words import Words
    from paradero.cli.commands.document_commands import remarks

    counted = ", ".join(f"{n:,} {kind}" for kind, n in row["by_kind"].items())
    say(
        f"  taken for a document: {row['format']}, {row['pages']:,} {'page' if row['pages'] == 1 else 'pages'}, {row['mentions']:,} mentions"
        + (f" ({counted})" if counted else "")
    )
    for line in remarks(row, Words("en")):
        say(f"  {line}")


def _say_added(row: dict[str, Any]) -> None:
    from paradero.reports.text.reading import reading_lines

    if not row["changed"]:
        name = "" if row["file"] == row["file_name"] else f", under the name {row['file_name']}"
        say(f"{row['file']}: there already as {row['source']}{name}; nothing changed")
        return
    if row["kinds"] == ["document"]:
        say(f"{row['file']}: added as {row['source']}")
        _say_document(row)
        return
    stated = {"found": "number found in the file", "declared": "as declared", "not stated": "the file states none; --release NAME sets it"}[row["release_from"]]
    say(f"{row['file']}: added as {row['source']}")
    say(f"  taken for {', '.join(row['kinds'])}" + (f" ({row['variant']})" if row["variant"] else "") + f": {row['why']}")
    say(f"  release {row['release']} ({stated})")
    say(f"  {row['rows_in']:,} rows in, {row['rows_kept']:,} kept, {row['rows_flagged']:,} flagged, {row['cells_rejected']:,} cells rejected")
    for line in reading_lines(row):
        say(f"  {line}")
    for line in _withheld_lines(row["withheld"]):
        say(f"  {line}")
    if row["file_name"].startswith("name-withheld-"):
        say(f"  its name points at a person and is withheld; it is kept as {row['file_name']}")


def _withheld_lines(withheld: list[dict[str, Any]]) -> list[str]:
    """What was withheld, a line for each kind with its columns."""
    by_kind: dict[str, dict[str, int]] = {}
    for one in withheld:
        columns = by_kind.setdefault(one["kind"], {})
        columns[one["header"]] = columns.get(one["header"], 0) + one["cells"]
    return [f"withheld, {kind}: {', '.join(f'{n:,} in `{header}`' for header, n in columns.items())}" for kind, columns in sorted(by_kind.items())]


def build(
    context: typer.Context,
    engine: Annotated[str, typer.Option(help="Where the steps run: duckdb or spark.")] = "duckdb",
    master: Annotated[Optional[str], typer.Option(help="Spark's master; else this machine.")] = None,  # noqa: UP045
    threads: Annotated[Optional[int], typer.Option(help="Cores to use; else all.", min=1)] = None,  # noqa: UP045
    memory: Annotated[Optional[str], typer.Option(help="Memory to use, such as 2GB; else most of it.")] = None,  # noqa: UP045
    as_json: AsJson = False,
) -> None:
    """Rebuild every table that its sources, settings or steps have changed."""
    from paradero.building.building import build as build_all

    chosen = engine_named(engine)
    advance, finish = progress_bar("building")
    try:
        receipt, changed = build_all(case_of(context), engine=chosen, master=master, threads=threads, memory=memory, progress=advance)
    finally:
        finish()
    if as_json:
        tables = {table.name: {"rows": table.rows, "sha256": table.sha256} for table in receipt.tables}
        print_json(
            {"scope": receipt.scope, "digest": receipt.digest, "changed": changed, "engine": receipt.engine, "seconds": receipt.seconds, "tables": tables}
        )
        return
    done = f"built {len(receipt.tables)} tables on {receipt.engine} in {receipt.seconds:.1f} s" if changed else "nothing changed since the last build"
    say(f"{done}\ndigest {receipt.digest}")


def status(context: typer.Context, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Sources, releases, rows in, kept, flagged and rejected, coverage, schema drift, digest."""
    from paradero.answers.status import status_of

    found = status_of(case_of(context))
    form = form_of(as_json, as_csv)
    if form is Form.JSON:
        print_json(found)
        return
    columns = [
        "source",
        "file_name",
        "kinds",
        "release",
        "rows_in",
        "rows_kept",
        "rows_blank",
        "rows_outside",
        "rows_flagged",
        "cells_rejected",
        "first",
        "last",
    ]
    if form is Form.CSV:
        print_rows(found["sources"], columns, form, banner=found["scope"])
        return
    say(f"{found['title']}\n")
    print_table(found["sources"], columns)
    _say_reading(found["sources"])
    documents = [{**row, "pages_without_text": len(row.get("pages_without_text", ()))} for row in found["documents"]]
    if documents:
        say("\nDocuments")
        print_table(documents, ["document", "file_name", "format", "pages", "pages_without_text", "mentions"])
    for title, key, wanted in (
        ("Releases", "releases", ["release", "first_event", "covered_from", "released_at", "released_at_from", "persons", "stays", "unaccounted", "conflicts"]),
        ("Schema drift", "drift", ["source", "what", "columns", "sheets"]),
        ("Rejects", "rejects", ["source", "column", "problem", "cells"]),
        ("Withheld by paradero: what names or numbers a person", "withheld", ["source", "sheet", "header", "kind", "cells"]),
    ):
        if found[key]:
            say(f"\n{title}")
            print_table(found[key], wanted, widest=_WIDEST)
    for warning in found["warnings"]:
        say(f"\nNote: {warning}")
    say(f"\nbuild: {found['build']}\ndigest: {found['digest'] or '-'}\n\nScope: {found['scope']}")


def _say_reading(sources: list[dict[str, Any]]) -> None:
    """File by file: what became of its rows, and what was assumed in reading it."""
    from paradero.reports.text.reading import reading_lines

    for source in sources:
        lines = reading_lines(source)
        if lines:
            say(f"\n{source['file_name']}")
        for line in lines:
            say(f"  {line}")


def verify(
    context: typer.Context,
    quick: Annotated[bool, typer.Option("--quick", help="Hash every file and compare; build, judge and ask nothing again. Seconds.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check every file against its hash, build again from nothing to the same digest, judge and answer again what was kept."""
    from paradero.answers.verification.verifying import verify as verify_all

    case = case_of(context)
    findings = verify_all(case, quick=quick)
    if as_json:
        print_json({"scope": case.settings().scope, "quick": quick, "verified": not any(finding["failed"] for finding in findings), "checks": findings})
    else:
        for finding in findings:
            say(f"{'FAILED' if finding['failed'] else 'ok    '} {finding['check']}: {finding['found']}")
    if any(finding["failed"] for finding in findings):
        raise Findings
