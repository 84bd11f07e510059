"""Documents and what they mention, as tables and text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from paradero.answers.documents.document_values import (
    DoubtedFigures,
    ListedDocument,
    ListedMention,
    ReadDocument,
    ShownMention,
)
from paradero.answers.instants import bounds_text
from paradero.answers.words import Words
from paradero.model.answer import Row

DOCUMENT_COLUMNS = [
    "document",
    "file_name",
    "format",
    "pages",
    "pages_without_text",
    "pages_scanned",
    "mentions",
    "open",
    "confirmed",
    "rejected",
    "withheld",
    "doubted",
]
MENTION_COLUMNS = ["mention", "kind", "text", "reads", "state"]


def document_line(one: ListedDocument) -> Row:
    """A document as a line of a table: lists as how many there are."""
    return {
        **one.as_json(),
        "pages_without_text": len(one.pages_without_text),
        "pages_scanned": len(one.pages_scanned),
        "pages_recognised": len(one.pages_recognised),
        "withheld": sum(one.withheld.values()),
        "doubted": sum(each.n for each in one.doubted),
    }


def remarks(one: ReadDocument, words: Words) -> list[str]:
    """What has to be known of how a document was read."""
    unread = sorted({*one.pages_scanned} - {*one.pages_recognised})
    blank = sorted({*one.pages_without_text} - {*one.pages_scanned})
    found = []
    if blank:
        found.append(words("document_silent", n=len(blank), of=one.pages, pages=_pages(blank)))
    if unread:
        found.append(words("document_scanned", n=len(unread), of=one.pages, pages=_pages(unread)))
    if one.pages_recognised:
        n, pages = len(one.pages_recognised), _pages(one.pages_recognised)
        found.append(words("document_recognised", n=n, of=one.pages, pages=pages, by=one.recogniser))
    if one.encoding:
        found.append(words("document_encoding", encoding=one.encoding, why=one.encoding_from))
    if one.undecodable:
        found.append(words("document_undecodable", n=one.undecodable))
    if one.withheld:
        found.append(words("document_withheld", n=sum(one.withheld.values())))
    return [*found, *doubted_lines(one.doubted, words)]


def doubted_lines(doubted: Sequence[DoubtedFigures], words: Words) -> list[str]:
    """How many figures were not read, a line for each reason with its pages; no word of them."""
    pages: dict[str, Counter[int]] = {}
    for each in doubted:
        pages.setdefault(each.why, Counter())[each.page] += each.n
    return [
        words("document_doubted", n=counted.total(), why=words(f"doubt_{why}"), pages=_pages(sorted(counted)))
        for why, counted in sorted(pages.items())
    ]


def _pages(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:12])) + (", …" if len(numbers) > 12 else "")


def flat_mention(one: ListedMention) -> Row:
    """A mention as one line of comma-separated text: what a list holds is parted by semicolons."""
    boxes = "; ".join(" ".join(map(str, box)) for box in one.boxes)
    return {**one.as_json(), "boxes": boxes, "ids": "; ".join(one.ids), "readings": "; ".join(one.readings)}


def mention_line(one: ListedMention, words: Words) -> Row:
    """A mention as a line of a table: a line end in it as a blank."""
    return {
        "mention": one.mention,
        "kind": one.kind,
        "text": _in_one_line(one),
        "reads": reading_text(one, words)
        + ("" if one.confidence is None else f" [{words('mention_from_picture')} {one.confidence:g}]"),
        "state": words(f"mention_{one.state}"),
    }


def _in_one_line(one: ListedMention) -> str:
    return " ".join(one.text.split())


def reading_text(one: ListedMention, words: Words) -> str:
    """What a mention is read as, in a few words."""
    if one.ids:
        return " ".join(one.ids)
    if one.kind in ("date", "time"):
        return words("mention_either").join(one.readings) or one.moment or one.partial or ""
    lo, hi = (
        None if bound is None else f"{bound:,.6f}".rstrip("0").rstrip(".") for bound in (one.lo, one.hi)
    )
    figure = lo if lo == hi else f"{lo or '…'} {words('to')} {hi or '…'}"
    unit = "" if one.unit == "1" else f" {one.unit}"
    either = f" ({words('mention_either').join(one.readings)})" if one.readings else ""
    return f"{figure}{unit}{either}"


def shown_text(shown: ShownMention, words: Words) -> str:
    """A mention in full: where it stands, what it is read as, what was decided, the words around it."""
    one = shown.mention
    text = _in_one_line(one)
    kind = words(f"mention_kind_{one.kind}")
    vague = f" ({words('mention_vague', words=one.vague)})" if one.vague else ""
    lines = [
        words("mention_title", text=text, kind=kind, id=one.mention),
        f"{one.file_name}, {_place(one, words)}",
        words("mention_reads", reading=reading_text(one, words)) + vague,
    ]
    if one.moment_lo is not None or one.moment_hi is not None:
        bounds = bounds_text(one.moment_lo, one.moment_hi, to=words("to"))
        lines.append(words("mention_between", bounds=bounds))
    if one.confidence is not None:
        lines.append(words("mention_recognised", confidence=f"{one.confidence:g}"))
    if one.assumed:
        lines.append(words("mention_assumed", assumed=one.assumed))
    decided = f": {one.decided}" if one.decided else ""
    lines.append(words("mention_state", state=words(f"mention_{one.state}"), decided=decided))
    after = shown.after if shown.after[:1] in ".,;:?!" else f" {shown.after}"
    lines.append(f"{shown.before} «{text}»{after}".strip())
    lines.append(words("mention_hidden"))
    return "\n".join(lines)


def _place(one: ListedMention, words: Words) -> str:
    place = words("mention_page", page=one.page, start=one.start, end=one.end)
    if one.line is not None:
        place += "; " + words(
            "mention_line", line=one.line, column=one.column, first=one.byte_start, last=one.byte_end
        )
    for box in one.boxes:
        place += "; " + words("mention_box", box=", ".join(f"{side:g}" for side in box))
    return place
