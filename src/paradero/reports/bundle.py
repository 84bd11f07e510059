"""A bundle for discovery: the report, the rows it cites as received, hashes of all originals, the log, and
how to check all of it on a machine without paradero. An RO-Crate: one zip, the same bytes for the same
casefile.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from paradero import __version__
from paradero.answers.original import original
from paradero.casefile.folder import Casefile
from paradero.casefile.log import read_log
from paradero.casefile.originals import sources_of
from paradero.casefile.outside import check_outside
from paradero.disclosure.asked import Publishing
from paradero.disk.whole_files import write_whole
from paradero.figures.answered import Asked
from paradero.figures.computing import figures_of
from paradero.model.answer import Answer
from paradero.model.errors import ParaderoError, UnknownName
from paradero.model.safe_text import disarmed, shown
from paradero.reports import leaving
from paradero.reports.content.anchors import pieces_of
from paradero.reports.content.blocks import Page, Row
from paradero.reports.content.wording import Wording
from paradero.reports.html.pages import html_of
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.evidence import cells_of
from paradero.reports.pages.recipe_page import recipe_page
from paradero.reports.pages.writing import asked_of, page_of

_ZIPPED = (2000, 1, 1, 0, 0, 0)
_ROOT = "./"
_MEDIA = {
    ".html": "text/html",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".txt": "text/plain",
}


class Bundled(Answer, frozen=True, kw_only=True):
    """A bundle that was written: how many rows as received and files it has, and the SHA-256 of its list of
    hashes, which names everything in it.
    """

    n_rows: int
    n_files: int
    sums: str


def write_bundle(
    case: Casefile,
    output: Path,
    *,
    about: str = "case",
    name: str = "",
    release: str | None = None,
    publishing: Publishing | None = None,
) -> Bundled:
    """Write the bundle on a subject of reports, whole or not at all. Raises what `page_of` does,
    UnknownName where `output` does not end in .zip, ParaderoError where it cannot be written.
    """
    if output.suffix.lower() != ".zip":
        raise UnknownName(f"{output.name}: a bundle is a zip file. Call it {output.stem}.zip.")
    check_outside(output)
    what = " ".join(part for part in ("a bundle on", about, name) if part)
    leaving.check(case, publishing, what)
    asked = asked_of(case, about, name)
    page, spanish = (
        leaving.labelled(
            case, page_of(case, about, name, language=language, release=release, asked=asked), publishing
        )
        for language in ("en", "es")
    )
    addresses = _cited(page)
    files = {
        "report.html": html_of(page),
        "informe.html": html_of(spanish),
        "rows.csv": _rows(case, addresses),
        "originals.csv": _originals(case),
        "log.jsonl": _log(case),
        "figures.json": _figures(asked),
        "READ-ME-FIRST.html": _recipe(asked, page),
    }
    content = {path: text.encode("utf-8") for path, text in files.items()}
    content["ro-crate-metadata.json"] = _crate(case, page, content)
    sums = "".join(f"{_sha256(content[path])}  {path}\n" for path in sorted(content)).encode()
    content["SHA256SUMS.txt"] = sums
    zipped = _zipped(content)
    leaving.enter(case, publishing, what, zipped)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        write_whole(output, zipped)
    except OSError as error:
        raise ParaderoError(
            f"{output}: cannot be written ({error.strerror}). Name another place; what was there before is"
            " unchanged."
        ) from error
    return Bundled(n_rows=len(addresses), n_files=len(content), sums=_sha256(sums))


def _cited(page: Page) -> list[str]:
    """The rows that the page and the evidence of its figures lead to."""
    found = [one.address for one in pieces_of(page.sections) if isinstance(one, Row)]
    return list(dict.fromkeys(found))


def _rows(case: Casefile, addresses: Sequence[str]) -> str:
    """Each cell of each row as received, but for columns that were kept although they hold direct
    identifiers.
    """
    lines = [["address", "file", "sheet", "row", "column", "value"]]
    for address in addresses:
        found = original(case, address)
        for column, value in cells_of(case, found):
            lines.append([address, found.file_name, found.sheet, str(found.row), column, value])
    return _csv(lines)


def _originals(case: Casefile) -> str:
    lines = [["source", "file", "bytes", "sha256", "release", "origin", "licence"]]
    lines += [
        [
            one.source,
            one.file_name,
            str(one.n_bytes),
            one.sha256,
            one.release,
            one.origin or "",
            one.licence or "",
        ]
        for one in sources_of(case)
    ]
    return _csv(lines)


def _csv(lines: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for line in lines:
        writer.writerow([disarmed(shown(cell)) for cell in line])
    return stream.getvalue()


def _log(case: Casefile) -> str:
    """The acts on the casefile without who did them: names stay in the casefile."""
    entries = (
        {
            "number": one.number,
            "at": one.at,
            "act": one.act,
            "what": {name: value for name, value in one.what.items() if name != "by"},
            "hash": one.hash,
        }
        for one in read_log(case)
    )
    return "".join(json.dumps(one, ensure_ascii=False, default=str) + "\n" for one in entries)


def _figures(asked: Asked) -> str:
    found = figures_of(asked, most_basis=None)
    return msgspec.json.format(msgspec.json.encode(found), indent=1).decode()


def _recipe(asked: Asked, page: Page) -> str:
    """What lies here and how to check it, as a page."""
    return html_of(recipe_page(Material(asked, page.language), page))


def _crate(case: Casefile, page: Page, content: Mapping[str, bytes]) -> bytes:
    """The metadata of the crate (RO-Crate 1.1): what each file is, its size and its hash."""
    say = Wording("bundle", page.language)
    settings = case.settings()
    parts: list[dict[str, Any]] = [
        {
            "@id": path,
            "@type": "File",
            "name": path,
            "description": say.plain(_key(path)),
            "encodingFormat": _MEDIA[Path(path).suffix],
            "contentSize": str(len(content[path])),
            "sha256": _sha256(content[path]),
        }
        for path in sorted(content)
    ]
    root = {
        "@id": _ROOT,
        "@type": "Dataset",
        "name": settings.title,
        "description": settings.scope,
        "license": {"@id": "#terms"},
        "hasPart": [{"@id": one["@id"]} for one in parts],
        "version": f"paradero {__version__}",
    }
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": _ROOT},
    }
    terms = {"@id": "#terms", "@type": "CreativeWork", "name": say.plain("terms")}
    graph = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [about, root, terms, *parts]}
    return (json.dumps(graph, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _key(path: str) -> str:
    return "file_" + Path(path).stem.lower().replace("-", "_")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _zipped(content: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(content):
            packed.writestr(zipfile.ZipInfo(path, _ZIPPED), content[path], zipfile.ZIP_DEFLATED)
    return stream.getvalue()
