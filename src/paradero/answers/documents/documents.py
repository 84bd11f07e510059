"""Documents and what they mention, as rows and as text; no word of a document but the mentions, and a context
with the names left out on demand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from paradero.answers.books.claiming import claims_of
from paradero.answers.documents.confirming import Standing, confirmed_in, rejections_of, standing
from paradero.answers.instants import bounds_text
from paradero.answers.words import Words
from paradero.building.document_tables import DocumentReport
from paradero.building.documents import (
    DocumentSource,
    check_document,
    document_named,
    document_path,
    documents_of,
    kept_report,
    mentions_of,
    take_in_document,
)
from paradero.casefile.folder import Casefile, locked
from paradero.documents.context import context_of
from paradero.documents.finding import find_mentions
from paradero.documents.mentions import KINDS
from paradero.documents.reading import page_text
from paradero.model.naming import unknown

Row = dict[str, Any]

STATES = ("open", "confirmed", "rejected")
LISTED = (
    "document",
    "file_name",
    "format",
    "pages",
    "pages_without_text",
    "mentions",
    "open",
    "confirmed",
    "rejected",
    "withheld",
)
SHOWN = ("mention", "kind", "text", "reads", "state")


def document_row(one: DocumentSource, report: DocumentReport) -> Row:
    """A document and how it was read, with counts."""
    return {
        "document": one.document,
        "sha256": one.sha256,
        "file_name": one.file_name,
        "bytes": one.n_bytes,
        "format": report.format,
        "pages": report.pages,
        "pages_without_text": report.pages_without_text,
        "letters": report.letters,
        "encoding": report.encoding or None,
        "encoding_from": report.encoding_from or None,
        "undecodable": report.undecodable,
        "mentions": sum(report.mentions.values()),
        "by_kind": report.mentions,
        "withheld": report.withheld,
        "origin": one.origin,
        "licence": one.licence,
        "note": one.note,
    }


def document_rows(case: Casefile) -> list[Row]:
    """Every document with how many of its mentions are open, confirmed and rejected."""
    states, found = _states(case), []
    for one in documents_of(case):
        row = document_row(one, report_of_document(case, one))
        counted = dict.fromkeys(STATES, 0)
        for mention in mentions_of(case, one):
            counted[states.get(mention["mention"], ("open", ""))[0]] += 1
        found.append(row | counted)
    return found


def report_of_document(case: Casefile, one: DocumentSource) -> DocumentReport:
    """The kept report; read again where it is not there."""
    kept = kept_report(case, one)
    if kept is not None:
        return kept
    with locked(case):
        check_document(case, one)
        return take_in_document(case, one)


def document_table(rows: Sequence[Row]) -> list[Row]:
    """What the table of text shows of each document."""
    return [
        {
            **row,
            "pages_without_text": len(row["pages_without_text"]),
            "withheld": sum(row["withheld"].values()),
        }
        for row in rows
    ]


def mention_rows(
    case: Casefile,
    name: str | None,
    *,
    kind: str | None = None,
    state: str | None = None,
    page: int | None = None,
) -> list[Row]:
    """The mentions of one document or of all, each with its state; raises UnknownName for a kind, state or
    document that there is not.
    """
    for what, asked, known in (("a kind of mention", kind, KINDS), ("a state of a mention", state, STATES)):
        if asked is not None and asked not in known:
            raise unknown(what, asked, known)
    states = _states(case)
    documents = [document_named(case, name)] if name is not None else documents_of(case)
    rows = []
    for one in documents:
        for mention in mentions_of(case, one):
            found, decided = states.get(mention["mention"], ("open", ""))
            if (
                (kind or mention["kind"]) == mention["kind"]
                and (state or found) == found
                and (page or mention["page"]) == mention["page"]
            ):
                rows.append(
                    {**mention, "file_name": one.file_name, "state": found, "decided": decided or None}
                )
    return rows


def _states(case: Casefile) -> dict[str, tuple[str, str]]:
    """(state, claim or reason) of every mention that was decided on."""
    rejected = {mention: ("rejected", each.why) for mention, each in rejections_of(case).items()}
    return rejected | {
        mention: ("confirmed", claim.id) for mention, (claim, _) in confirmed_in(claims_of(case)).items()
    }


def mention_table(rows: Sequence[Row], words: Words) -> list[Row]:
    """What the table of text shows of each mention: a line end in it as a blank."""
    return [
        {
            **row,
            "text": " ".join(row["text"].split()),
            "reads": reading_text(row, words),
            "state": words(f"mention_{row['state']}"),
        }
        for row in rows
    ]


def reading_text(row: Row, words: Words) -> str:
    """What a mention is read as, in a few words."""
    if row["ids"]:
        return " ".join(row["ids"])
    if row["kind"] in ("date", "time"):
        said = words("mention_either").join(row["readings"]) or row["moment"] or row["partial"] or ""
        return str(said)
    lo, hi = (
        None if row[name] is None else f"{row[name]:,.6f}".rstrip("0").rstrip(".") for name in ("lo", "hi")
    )
    figure = lo if lo == hi else f"{lo or '…'} {words('to')} {hi or '…'}"
    unit = "" if row["unit"] == "1" else f" {row['unit']}"
    return f"{figure}{unit}" + (
        f" ({words('mention_either').join(row['readings'])})" if row["readings"] else ""
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One mention in full: its row, and the words before and after it in the original with every name left
    out.
    """

    row: Row
    before: str
    after: str


def shown_mention(case: Casefile, mention: str, *, words: int = 12) -> Shown:
    """A mention with its context, read from the original now. Raises UnknownName, or CasefileError where the
    original changed.
    """
    one: Standing = standing(case, mention)
    text = page_text(document_path(case, one.document), one.page, name=one.document.file_name)
    found = find_mentions(text).found
    before, after = context_of(text, found, one.found, words=words)
    (row,) = [
        each for each in mention_rows(case, one.document.document, page=one.page) if each["mention"] == one.id
    ]
    return Shown(row=row, before=before, after=after)


def shown_text(shown: Shown, words: Words) -> str:
    """A mention in full as text."""
    row = shown.row
    place = words("mention_page", page=row["page"], start=row["start"], end=row["end"])
    if row["line"] is not None:
        place += "; " + words(
            "mention_line",
            line=row["line"],
            column=row["column"],
            first=row["byte_start"],
            last=row["byte_end"],
        )
    for box in row["boxes"]:
        place += "; " + words("mention_box", box=", ".join(f"{side:g}" for side in box))
    lines = [
        words(
            "mention_title",
            text=" ".join(row["text"].split()),
            kind=words(f"mention_kind_{row['kind']}"),
            id=row["mention"],
        ),
        f"{row['file_name']}, {place}",
        words("mention_reads", reading=reading_text(row, words))
        + (f" ({words('mention_vague', words=row['vague'])})" if row["vague"] else ""),
    ]
    if row["moment_lo"] is not None or row["moment_hi"] is not None:
        lines.append(
            words("mention_between", bounds=bounds_text(row["moment_lo"], row["moment_hi"], to=words("to")))
        )
    if row["assumed"]:
        lines.append(words("mention_assumed", assumed=row["assumed"]))
    lines.append(
        words(
            "mention_state",
            state=words(f"mention_{row['state']}"),
            decided=f": {row['decided']}" if row["decided"] else "",
        )
    )
    after = shown.after if shown.after[:1] in ".,;:?!" else f" {shown.after}"
    lines.append(f"{shown.before} «{' '.join(row['text'].split())}»{after}".strip())
    lines.append(words("mention_hidden"))
    return "\n".join(lines)
