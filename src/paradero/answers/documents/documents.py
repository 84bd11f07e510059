"""Documents and what they mention: lists, and one mention with the words around it, names left out."""

from __future__ import annotations

from collections import Counter

from paradero.answers.books.claiming import claims_of
from paradero.answers.documents.confirming import confirmed_in, rejections_of, standing
from paradero.answers.documents.document_values import (
    STATES,
    DoubtedFigures,
    DoubtedInDocument,
    ListedDocument,
    ListedMention,
    MentionState,
    ReadDocument,
    ShownMention,
)
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
from paradero.documents.reading import read_page
from paradero.engines.queries import values_of
from paradero.model.answer import columns_of
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown

_OPEN: tuple[MentionState, str | None] = ("open", None)  # the state of a mention that nobody decided on


def read_document(one: DocumentSource, report: DocumentReport) -> ReadDocument:
    """A document and how it was read, with counts."""
    return ReadDocument(
        document=one.document,
        sha256=one.sha256,
        file_name=one.file_name,
        bytes=one.n_bytes,
        format=report.format,
        pages=report.pages,
        pages_without_text=report.pages_without_text,
        pages_scanned=report.pages_scanned,
        pages_recognised=report.pages_recognised,
        recogniser=report.recogniser or None,
        letters=report.letters,
        encoding=report.encoding or None,
        encoding_from=report.encoding_from or None,
        undecodable=report.undecodable,
        doubted=[DoubtedFigures(page=each.page, why=each.why, n=each.n) for each in report.doubted],
        mentions=sum(report.mentions.values()),
        by_kind=report.mentions,
        withheld=report.withheld,
        origin=one.origin,
        licence=one.licence,
        note=one.note,
    )


def listed_documents(case: Casefile) -> list[ListedDocument]:
    """Every document with how many of its mentions are open, confirmed and rejected."""
    states, found = _states(case), []
    for one in documents_of(case):
        read = read_document(one, report_of_document(case, one))
        counted = Counter(states.get(row["mention"], _OPEN)[0] for row in mentions_of(case, one))
        found.append(
            ListedDocument(
                **{name: getattr(read, name) for name in columns_of(ReadDocument)},
                open=counted["open"],
                confirmed=counted["confirmed"],
                rejected=counted["rejected"],
            )
        )
    return found


def doubted_figures(case: Casefile, name: str | None, *, page: int | None = None) -> list[DoubtedInDocument]:
    """The figures of one document or of all that were not read, counted by page and reason; raises
    UnknownName for a document that there is not.
    """
    documents = [document_named(case, name)] if name is not None else documents_of(case)
    return [
        DoubtedInDocument(
            document=one.document, file_name=one.file_name, page=each.page, why=each.why, n=each.n
        )
        for one in documents
        for each in report_of_document(case, one).doubted
        if page in (None, each.page)
    ]


def report_of_document(case: Casefile, one: DocumentSource) -> DocumentReport:
    """The kept report; read again where it is not there."""
    kept = kept_report(case, one)
    if kept is not None:
        return kept
    with locked(case):
        check_document(case, one)
        return take_in_document(case, one)


def listed_mentions(
    case: Casefile,
    name: str | None,
    *,
    kind: str | None = None,
    state: str | None = None,
    page: int | None = None,
) -> list[ListedMention]:
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
            found, decided = states.get(mention["mention"], _OPEN)
            if (
                (kind or mention["kind"]) == mention["kind"]
                and (state or found) == found
                and (page or mention["page"]) == mention["page"]
            ):
                rows.append({**mention, "file_name": one.file_name, "state": found, "decided": decided})
    return values_of(rows, ListedMention)


def _states(case: Casefile) -> dict[str, tuple[MentionState, str | None]]:
    """The state of every mention that was decided on, and its claim or why it is none."""
    states: dict[str, tuple[MentionState, str | None]] = {
        mention: ("rejected", each.why or None) for mention, each in rejections_of(case).items()
    }
    for mention, (claim, _) in confirmed_in(claims_of(case)).items():
        states[mention] = ("confirmed", claim.id)
    return states


def shown_mention(case: Casefile, mention: str, *, words: int = 12) -> ShownMention:
    """A mention with its context, read from the original now. Raises UnknownName, or CasefileError where the
    original changed.
    """
    one = standing(case, mention)
    text = read_page(document_path(case, one.document), one.page, name=one.document.file_name).text
    found = find_mentions(text).found
    before, after = context_of(text, found, one.found, words=words)
    listed = listed_mentions(case, one.document.document, page=one.page)
    (row,) = [each for each in listed if each.mention == one.id]
    return ShownMention(mention=row, before=before, after=after)


def shown_page(case: Casefile, name: str, page: int, *, words: int = 10) -> list[ShownMention]:
    """The mentions of one page of a document in their order, each with the words around it, read from the
    original now. Raises UnknownName for a document or page that there is not, CasefileError where the
    original changed.
    """
    one = document_named(case, name)
    n_pages = report_of_document(case, one).pages
    if not 1 <= page <= n_pages:
        raise UnknownName(f"{one.file_name}: there is no page {page}. Its pages go up to {n_pages}.")
    check_document(case, one)
    text = read_page(document_path(case, one), page, name=one.file_name).text
    found = find_mentions(text).found
    listed = {(each.start, each.end): each for each in listed_mentions(case, one.document, page=page)}
    shown = []
    for each in found:
        mention = listed.get((each.start, each.end))
        if mention is not None:
            before, after = context_of(text, found, each, words=words)
            shown.append(ShownMention(mention=mention, before=before, after=after))
    return shown
