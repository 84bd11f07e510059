"""Take a graph of companies of another tool into the casefile: read, checked and written as one file of
companies/, or nothing at all.
"""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

from paradero.answers.companies.company_graph import companies_of
from paradero.authored.attribution import UNDATED
from paradero.casefile.acts import commit
from paradero.casefile.folder import Casefile, locked
from paradero.disk.bounded import gunzipped, regular_bytes
from paradero.model.answer import Answer
from paradero.model.counting_words import counted
from paradero.model.errors import CasefileError, SourceError
from paradero.money.companies.bods_reading import is_bods, read_bods
from paradero.money.companies.ftm_reading import is_ftm, read_ftm
from paradero.money.companies.graph import Graph, declare
from paradero.money.companies.parties import read_companies
from paradero.money.companies.taking import Taken, as_moment, records_of, toml_text

_FORMS = {"ftm": "FollowTheMoney entities", "bods": "Open Ownership statements"}


class ImportedCompanies(Answer, frozen=True, kw_only=True):
    """What was kept of a file of companies, and what was left out, by sort; `changed` unless it was there
    already.
    """

    file: str
    sha256: str
    form: str
    written: str
    changed: bool
    parties: int
    relations: int
    persons_left_out: int
    left_out: dict[str, int]


def import_companies(
    case: Casefile, path: Path, *, licence: str = "", origin: str = "", by: str = "", dated: str = UNDATED
) -> ImportedCompanies:
    """Write the parties and relations of a file to `companies/`, with its SHA-256 and terms.

    Natural persons, whoever may be one, and relations with them are left out. The file is read in full and
    checked with all others of the casefile before it is written; the same file again gives the same bytes.
    Raises SourceError for a file of neither form, CasefileError where nothing of it can be kept.
    """
    content = _content(path)
    digest = hashlib.sha256(content).hexdigest()
    taken = _taken(content, path.name)
    if not taken.parties:
        raise CasefileError(
            f"{path.name}: no company in it ({counted(len(taken.persons), 'person')} left out). Nothing was"
            " changed."
        )
    if dated != UNDATED and not as_moment(dated):
        raise SourceError(
            f"`--dated {dated}` is not a date or period. Write it as 2025-03, or as `{UNDATED}`."
        )
    own_id = f"{taken.form}-{digest[:12]}"
    imported = {
        "file_name": path.name,
        "sha256": digest,
        "form": _FORMS[taken.form],
        "licence": licence,
        "origin": origin,
        "persons_left_out": len(taken.persons),
        "left_out": dict(taken.left_out),
    }
    title = f"{_FORMS[taken.form]}, imported from {path.name}"
    text = toml_text(
        taken,
        own_id=own_id,
        title=title,
        imported=imported,
        by=by or f"{path.name} (no publisher stated)",
        dated=dated,
        where=origin or path.name,
    )
    written = case.root / "companies" / f"{own_id}.toml"
    with locked(case):
        others = [each for each in companies_of(case) if each.id != own_id]
        declare(Graph(), [*others, read_companies(text, file=str(written))])
        is_new = not written.exists() or written.read_text(encoding="utf-8") != text
        if is_new:
            commit(case, written, text.encode(), "import companies", imported)
    return ImportedCompanies(
        file=str(path),
        sha256=digest,
        form=taken.form,
        written=f"companies/{written.name}",
        changed=is_new,
        parties=len(taken.parties),
        relations=len(taken.relations),
        persons_left_out=len(taken.persons),
        left_out=dict(sorted(taken.left_out.items())),
    )


def _content(path: Path) -> bytes:
    try:
        raw = regular_bytes(path)
        return gunzipped(raw, str(path)) if raw[:2] == b"\x1f\x8b" else raw
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(
            f"{path}: the file cannot be read ({getattr(error, 'strerror', None) or error}). Check it."
        ) from error


def _taken(content: bytes, name: str) -> Taken:
    try:
        records = records_of(content.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        raise SourceError(f"{name}: not UTF-8 at byte {error.start}. Save it as UTF-8.") from error
    if all(is_ftm(one) for one in records):
        return read_ftm(records)
    if all(is_bods(one) for one in records):
        return read_bods(records)
    raise SourceError(
        f"{name}: some records are neither FollowTheMoney entities (id, schema, properties) nor Open"
        " Ownership statements. Leave only these."
    )
