"""add: files into the casefile, and what was found in them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import typer

from paradero.casefile.folder import SETTINGS, Casefile
from paradero.cli.options import AsJson, case_of
from paradero.cli.output import print_json, progress_bar, say, tell
from paradero.model.errors import ParaderoError, SourceError, UnknownName


def shown_name(name: str) -> str:
    """The name of a file as it is printed: neutral where it points at a person."""
    from paradero.sources.values.identifiers import safe_name

    return safe_name(name, "(a file whose name points at a person)")


def add(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            help=(
                "Originals: workbooks, Parquet, Feather or delimited text; positions of aircraft and flight"
                " lists; documents: PDF, HTML or text; folders, zip and tar of these."
            )
        ),
    ],
    as_kind: Annotated[
        str | None,
        typer.Option(
            "--as", help="The kind of record, where the file does not tell: detentions, arrests, …, document."
        ),
    ] = None,
    release: Annotated[
        str | None, typer.Option(help="The release the files belong to; person ids hold only within one.")
    ] = None,
    origin: Annotated[str | None, typer.Option(help="Where the files were taken from.")] = None,
    licence: Annotated[str | None, typer.Option(help="Terms of the files.")] = None,
    note: Annotated[str | None, typer.Option(help="A remark kept with the files.")] = None,
    date_order: Annotated[
        str | None, typer.Option(help="How 3/4/2025 is meant, where the file does not tell: mdy or dmy.")
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            help=(
                "Keep the cells under this header, which names or numbers people; `rows` shows them, no table"
                " has them."
            ),
        ),
    ] = None,
    layout: Annotated[
        Path | None,
        typer.Option(
            help="A layout that says what the columns mean (`paradero layout new`), for a release of another"
            " agency."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take files into the casefile: copied by SHA-256, sniffed, read once in full, every row
    accounted for.
    """
    from paradero.authored.declared import text_of
    from paradero.sources.containers.archives import Left, brought
    from paradero.sources.own_layouts import read_own_layout

    case = case_of(context)
    if date_order not in (None, "mdy", "dmy"):
        raise UnknownName(
            f"`{date_order}` is not a `--date-order`. Write mdy (month before day) or dmy (day before month)."
        )
    said: dict[str, Any] = {
        "as_kind": as_kind,
        "release": release,
        "origin": origin,
        "licence": licence,
        "note": note,
        "date_order": date_order,
        "layout": text_of(layout) if layout else "",
    }
    if layout:
        read_own_layout(said["layout"], file=str(layout))
    added: list[dict[str, Any]] = []
    failed: list[dict[str, str]] = []
    left: list[dict[str, str]] = []
    for found in brought(files, casefile=SETTINGS):
        name = shown_name(found.name)
        if isinstance(found, Left):
            (failed if found.is_odd else left).append({"file": name, "error": found.why})
            if found.is_odd:
                tell(f"paradero: {name}: {found.why}")
            continue
        try:
            particulars = said | {"found_in": shown_name(found.origin) if found.origin else None}
            added.append(_added(case, found.path, particulars, tuple(keep or ())) | {"file": name})
        except ParaderoError as error:
            failed.append({"file": name, "error": str(error)})
            tell(f"paradero: {str(error).replace(shown_name(found.path.name), name, 1)}")
        else:
            if not as_json:
                _say_added(added[-1])
    if as_json:
        print_json({"scope": case.settings().scope, "added": added, "failed": failed, "left_out": left})
    elif len(added) + len(failed) + len(left) > 1:
        _say_sum(added, failed, left)
    if failed:
        raise typer.Exit(1)


def _say_sum(added: list[dict[str, Any]], failed: list[dict[str, str]], left: list[dict[str, str]]) -> None:
    """What became of many files, in a line for each outcome: none is lost in silence."""
    new = [row for row in added if row["changed"]]
    say(
        f"{_files(len(added) + len(failed) + len(left))}: {len(new):,} added, {len(added) - len(new):,} there"
    )
    for word, rows in (("refused", failed), ("left out", left)):
        if rows:
            say(f"  {len(rows):,} {word}: " + ", ".join(row["file"] for row in rows))


def _files(number: int) -> str:
    return f"{number:,} file" if number == 1 else f"{number:,} files"


def _added(case: Casefile, path: Path, said: dict[str, Any], keep: tuple[str, ...]) -> dict[str, Any]:
    return (
        _added_document(case, path, said)
        if not said["layout"] and _is_document(case, path, said["as_kind"])
        else _added_table(case, path, said, keep)
    )


def _is_document(case: Casefile, path: Path, as_kind: str | None) -> bool:
    """Whether the file is one; what does not tell by itself what it is may have been declared before."""
    from paradero.building.adding import is_document, is_known

    try:
        return is_document(path, as_kind=as_kind)
    except SourceError:
        if not path.is_file() or not is_known(case, path):
            raise
        return False


def _added_document(case: Casefile, path: Path, said: dict[str, Any]) -> dict[str, Any]:
    from paradero.answers.documents.documents import read_document
    from paradero.building.documents import add_document

    if said["release"] is not None:
        raise UnknownName(
            f"{path.name} is a document, and documents have no data release. Run again without `--release`."
        )
    advance, finish = progress_bar(f"reading {path.name}")
    try:
        one, report, changed = add_document(
            case,
            path,
            origin=said["origin"],
            found_in=said["found_in"],
            licence=said["licence"],
            note=said["note"],
            progress=lambda page, of: advance(f"read page {page}", page, of),
        )
    finally:
        finish()
    return {
        "file": shown_name(path.name),
        "source": one.document,
        "changed": changed,
        "kinds": ["document"],
        **read_document(one, report).as_json(),
    }


def _added_table(case: Casefile, path: Path, said: dict[str, Any], keep: tuple[str, ...]) -> dict[str, Any]:
    from paradero.answers.source_status import overlap_of
    from paradero.building.adding import add as add_one
    from paradero.building.overlaps import overlaps_of
    from paradero.building.taking_in import take_in

    advance, finish = progress_bar(f"reading {path.name}")

    def progress(sheet: str) -> None:
        advance(f"read {sheet}", 0, 0)

    try:
        source, changed = add_one(case, path, **said, keep=keep, progress=progress)
        report = take_in(case, source)
    finally:
        finish()
    counts = {
        name: getattr(report, name)
        for name in ("rows_in", "rows_kept", "rows_flagged", "cells_rejected", "ledger", "assumed")
    }
    kept = (
        "name",
        "kinds",
        "hidden",
        "header_row",
        "rows_in",
        "rows_kept",
        "rows_blank",
        "rows_outside",
        "remarks",
        "continues",
        "ledger",
        "why",
    )
    counts["overlaps"] = [overlap_of(each).as_json() for each in overlaps_of(case, source)]
    counts["sheets"] = [{name: sheet.get(name) for name in kept} for sheet in report.sheets]
    return {
        "file": shown_name(path.name),
        "withheld": report.withheld(),
        "source": source.source,
        "sha256": source.sha256,
        "changed": changed,
        "kinds": list(source.kinds),
        "variant": source.variant,
        "release": source.release,
        "release_from": source.release_from,
        "why": source.why,
        "file_name": source.file_name,
        **counts,
    }


def _say_document(row: dict[str, Any]) -> None:
    import msgspec

    from paradero.answers.documents.document_values import ReadDocument
    from paradero.answers.words import Words
    from paradero.reports.text.documents_text import remarks

    counted = ", ".join(f"{n:,} {kind}" for kind, n in row["by_kind"].items())
    say(
        f"  taken for a document: {row['format']}, {row['pages']:,}"
        f" {'page' if row['pages'] == 1 else 'pages'}, {row['mentions']:,} mentions"
        + (f" ({counted})" if counted else "")
    )
    for line in remarks(msgspec.convert(row, ReadDocument), Words("en")):
        say(f"  {line}")


def _say_added(row: dict[str, Any]) -> None:
    from paradero.reports.text.reading import reading_lines

    if not row["changed"]:
        name = (
            ""
            if PurePosixPath(row["file"]).name == row["file_name"]
            else f", under the name {row['file_name']}"
        )
        say(f"{row['file']}: there already as {row['source']}{name}; nothing changed")
        return
    if row["kinds"] == ["document"]:
        say(f"{row['file']}: added as {row['source']}")
        _say_document(row)
        return
    stated = {
        "found": "number found in the file",
        "declared": "as declared",
        "not stated": "the file states none; --release NAME sets it",
    }[row["release_from"]]
    say(f"{row['file']}: added as {row['source']}")
    say(
        f"  taken for {', '.join(row['kinds'])}"
        + (f" ({row['variant']})" if row["variant"] else "")
        + f": {row['why']}"
    )
    say(f"  release {row['release']} ({stated})")
    say(
        f"  {row['rows_in']:,} rows in, {row['rows_kept']:,} kept, {row['rows_flagged']:,} flagged,"
        f" {row['cells_rejected']:,} cells rejected"
    )
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
    return [
        f"withheld, {kind}: {', '.join(f'{n:,} in `{header}`' for header, n in columns.items())}"
        for kind, columns in sorted(by_kind.items())
    ]
