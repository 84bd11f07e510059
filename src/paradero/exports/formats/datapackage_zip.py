"""A Frictionless Data Package (version 2), zipped: the rows as CSV, what each column is, and a text that says
what the file covers and how it is checked. The same rows give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

from paradero.disk.whole_files import half_of
from paradero.exports.content import Content, disarmed_sql, quoted

FOR_SPREADSHEETS = True

_PROFILES = "https://datapackage.org/profiles/2.0"
_FIRST_DAY = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the earliest that a zip can say; the day of writing would change the bytes
_PIECE = 1 << 20


def write(content: Content, path: Path) -> None:
    """Write `data.csv`, `datapackage.json`, `README.txt` and `LEAME.txt` into one zip."""
    rows = half_of(path.with_name("data.csv"))
    try:
        selected = ", ".join(_selected(column, kind) for column, kind in content.kinds.items())
        content.relation.project(selected).write_csv(str(rows), header=True)
        with rows.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        described = json.dumps(
            _package(content, n_bytes=rows.stat().st_size, sha256=sha256), ensure_ascii=False, indent=2
        )
        with zipfile.ZipFile(path, "w") as packed:
            with rows.open("rb") as stream, packed.open(_entry("data.csv"), "w", force_zip64=True) as into:
                shutil.copyfileobj(stream, into, _PIECE)
            packed.writestr(_entry("datapackage.json"), described + "\n")
            packed.writestr(_entry("README.txt"), _words(content, sha256))
            packed.writestr(_entry("LEAME.txt"), _words_es(content, sha256))
    finally:
        rows.unlink(missing_ok=True)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # whatever system writes it
    entry.external_attr = 0o644 << 16
    return entry


def _selected(column: str, kind: str) -> str:
    """A column as Table Schema reads its type: an instant has a T between day and time."""
    text = quoted(column)
    if kind == "TIMESTAMP":
        return f"replace(CAST({text} AS VARCHAR), ' ', 'T') AS {text}"
    return disarmed_sql(column) if kind == "VARCHAR" else text


def _package(content: Content, *, n_bytes: int, sha256: str) -> dict[str, Any]:
    name = re.sub(r"[^a-z0-9._-]+", "-", content.name.lower())
    meanings, spanish = content.meanings, content.meanings_es
    fields = [
        {"name": column, "type": _type(kind)}
        | ({"description": meanings[column]} if column in meanings else {})
        | ({"description_es": spanish[column]} if column in spanish else {})
        for column, kind in content.kinds.items()
    ]
    resource = {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": name,
        "type": "table",
        "path": "data.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": n_bytes,
        "hash": f"sha256:{sha256}",
        "schema": {"$schema": f"{_PROFILES}/tableschema.json", "fields": fields, "missingValues": [""]},
    }
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": name,
        "title": ": ".join(content.note[key] for key in ("case", "what") if key in content.note)
        or content.name,
        "description": content.note.get("scope", ""),
        "resources": [resource],
        "paradero": content.note,
    }


def _type(kind: str) -> str:
    """The type of Table Schema; what it has none for is text."""
    if kind.endswith("INT") or kind == "INTEGER":
        return "integer"
    if kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL"):
        return "number"
    return {"BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP": "datetime"}.get(kind, "string")


def _words(content: Content, sha256: str) -> str:
    told = "\n".join(f"{key}: {value}" for key, value in content.note.items())
    return f"""\
{content.name}

{told}

data.csv has the rows, datapackage.json says what each column is (`description`, in Spanish
`description_es`) and of which type.
An empty cell is a missing value. Instants are on the clock as recorded: no zone is stated.

How to check this package

1. That nobody changed the rows: the SHA-256 of data.csv is
   {sha256}
   (`sha256sum data.csv`, on Windows `certutil -hashfile data.csv SHA256`).
2. That the rows follow from the records, with the casefile: `paradero verify` checks it,
   `paradero status` says the digest of its build, which has to be the one above, and exporting
   the table again with the same version gives the same data.csv, byte for byte.
"""


def _words_es(content: Content, sha256: str) -> str:
    """The same in Spanish; the note stands as it is, since it is a part of what is checked."""
    told = "\n".join(f"{key}: {value}" for key, value in content.note.items())
    return f"""\
{content.name}

{told}

data.csv tiene las filas; datapackage.json dice qué es cada columna (`description_es`, en inglés
`description`) y de qué tipo. Una celda vacía es un valor que falta. Las horas son las del reloj
que consta: no se indica la zona horaria.

Cómo comprobar este paquete

1. Que nadie cambió las filas: el SHA-256 de data.csv es
   {sha256}
   (`sha256sum data.csv`; en Windows `certutil -hashfile data.csv SHA256`).
2. Que las filas salen de los registros, con el expediente: `paradero verify` lo comprueba,
   `paradero status` da la huella digital de sus tablas, que debe ser la de arriba, y exportar otra
   vez la tabla con la misma versión da el mismo data.csv, byte por byte.
"""
