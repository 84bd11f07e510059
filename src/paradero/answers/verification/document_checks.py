"""Verify documents: originals unchanged, mentions found again, and every confirmed claim where it was
confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from paradero.answers.books.claiming import claims_of
from paradero.answers.documents.confirming import (
    CONFIRM,
    REJECT,
    REJECTED,
    Rejection,
    claim_print,
    confirmed_in,
    rejection_print,
    rejections_of,
)
from paradero.building.document_tables import MENTIONS, DocumentReport, table_print
from paradero.building.documents import (
    DocumentSource,
    check_document,
    document_path,
    documents_of,
    kept_report,
    kept_table,
    read_again,
)
from paradero.casefile import log
from paradero.casefile.folder import Casefile
from paradero.casefile.log import Entry
from paradero.claims.statements import Claim, Position
from paradero.documents.finding import find_mentions
from paradero.documents.reading import open_pages
from paradero.model.errors import CasefileError


def check_documents(case: Casefile) -> str:
    """Hash and read every document again and compare its mentions with those kept; raises CasefileError where
    one is other than it was.
    """
    documents = documents_of(case)
    mentions, not_kept, pictures = 0, 0, 0
    for one in documents:
        check_document(case, one)
        again, report = read_again(case, one)
        mentions += again.num_rows
        if kept_report(case, one) is None:
            not_kept += 1
            continue
        kept, said = kept_table(case, one)
        pictures += len(said.pages_recognised) if said.recogniser != report.recogniser else 0
        if kept.schema != MENTIONS or not _same(kept, said, again, report):
            raise CasefileError(
                f"{one.file_name}: the mentions kept are not what reading the original gives: delete"
                " build/documents and list them again"
            )
    more = f"; {not_kept} had no mentions kept by this version" if not_kept else ""
    if pictures:
        more += f"; {pictures} pages that are pictures were not read again by the program that read them"
    return f"{len(documents)} documents read again to the same {mentions:,} mentions{more}"


def _same(kept: pa.Table, said: DocumentReport, again: pa.Table, report: DocumentReport) -> bool:
    """Whether the mentions kept are those found now. Where pictures were read by another program, or by none,
    only what the file itself says can be held against it, and the table kept against its own print.
    """
    if said.recogniser == report.recogniser:
        return table_print(kept) == report.table_sha256 and said == report
    same_file = table_print(_of_the_file(kept)) == table_print(_of_the_file(again))
    return same_file and table_print(kept) == said.table_sha256 and said.pages_scanned == report.pages_scanned


def _of_the_file(mentions: pa.Table) -> pa.Table:
    return mentions.filter(pc.is_null(mentions["confidence"]))


def check_positions(case: Casefile) -> str:
    """Look up every claim that cites a position, and hold every decision on a mention that the log has
    against the claims and the rejections.

    The original is whole, the words still stand there, and the claim or the rejection says what was decided.
    A decision is undone by another one only: a confirmed claim or a rejection that is gone fails until its
    mention is confirmed or rejected again.
    """
    claims = claims_of(case)
    documents = {each.sha256: each for each in documents_of(case)}
    confirmed = confirmed_in(claims)
    places: dict[str, list[tuple[Claim, Position]]] = {}
    for claim in claims:
        if claim.file.position is not None:
            places.setdefault(claim.file.position.document, []).append((claim, claim.file.position))
    decided = {
        entry.what["mention"]: entry for entry in log.read_log(case) if entry.act in (CONFIRM, REJECT)
    }  # the last one of each mention
    pictures = 0
    for sha256, cited in places.items():
        if sha256 not in documents:
            raise CasefileError(
                f"{cited[0][0].place}: the claim `{cited[0][0].id}` cites a document that the casefile does"
                " not have"
            )
        pictures += _check_cited(case, documents[sha256], cited, decided)
    rejected = rejections_of(case)
    for mention in rejected:
        if mention in confirmed:
            raise CasefileError(
                f"{mention} is both confirmed, as `{confirmed[mention][0].id}`, and rejected. Decide which."
            )
    _check_decided([each for cited in places.values() for each in cited], rejected, decided)
    _check_undone({each.id: each for each in claims}, confirmed, rejected, decided)
    n = sum(len(cited) for cited in places.values())
    more = f"; {pictures} of pictures could not be looked up: read by another program" if pictures else ""
    return (
        f"{n - pictures} claims stand where they were confirmed, {len(rejected)} mentions are rejected{more}"
    )


def _check_decided(
    cited: list[tuple[Claim, Position]], rejected: Mapping[str, Rejection], decided: Mapping[str, Entry]
) -> None:
    """What stands in the files was decided so."""
    for claim, position in cited:
        entry = decided.get(position.mention)
        if entry is None or entry.act != CONFIRM or entry.what.get("claim") != claim.id:
            raise CasefileError(
                f"{claim.place}: the claim `{claim.id}` cites a position that nobody confirmed. Use `paradero"
                " documents confirm`."
            )
        if entry.what.get("print") != claim_print(claim):
            raise CasefileError(
                f"{claim.place}: the claim `{claim.id}`, or its subject, was changed after it was confirmed."
                " Remove the claim and confirm the mention again."
            )
    for mention, rejection in rejected.items():
        entry = decided.get(mention)
        if entry is None or entry.act != REJECT:
            raise CasefileError(
                f"hand/{REJECTED}: nobody rejected {mention}. Use `paradero documents reject`."
            )
        if entry.what.get("print") != rejection_print(rejection):
            raise CasefileError(
                f"hand/{REJECTED}: the rejection of {mention} was changed after it was made. Remove it and"
                " reject the mention again."
            )


def _check_undone(
    claims: Mapping[str, Claim],
    confirmed: Mapping[str, tuple[Claim, Position]],
    rejected: Mapping[str, Rejection],
    decided: Mapping[str, Entry],
) -> None:
    """What was decided stands in the files still."""
    unplaced = [
        str(each.what["claim"])
        for mention, each in decided.items()
        if each.act == CONFIRM and mention not in confirmed and each.what["claim"] in claims
    ]
    if unplaced:
        one = claims[unplaced[0]]
        raise CasefileError(
            f"{one.place}: the claim `{one.id}` was confirmed at a position that it does not cite any more."
            " Remove it and confirm the mention again."
        )
    gone = [
        f"the claim `{each.what['claim']}` ({mention})"
        for mention, each in decided.items()
        if each.act == CONFIRM and mention not in confirmed
    ]
    if gone:
        raise CasefileError(
            f"claims/: confirmed, and no longer among the claims: {', '.join(gone)}. Confirm the mention"
            " again, or reject it and say why."
        )
    missing = [mention for mention, each in decided.items() if each.act == REJECT and mention not in rejected]
    if missing:
        raise CasefileError(
            f"hand/{REJECTED}: rejected, and no longer there: {', '.join(missing)}. Reject the mention again,"
            " or confirm it."
        )


def _check_cited(
    case: Casefile, one: DocumentSource, cited: list[tuple[Claim, Position]], decided: Mapping[str, Entry]
) -> int:
    """How many of the claims stand on pictures that this machine does not read with the program by which they
    were read: those are not looked up.
    """
    check_document(case, one)
    pictures = 0
    wanted: dict[int, list[tuple[Claim, Position]]] = {}
    for claim, position in cited:
        wanted.setdefault(position.page, []).append((claim, position))
    with open_pages(document_path(case, one), name=one.file_name) as (_, n_pages, _, pages):
        beyond = [
            claim for page, members in wanted.items() if not 1 <= page <= n_pages for claim, _ in members
        ]
        if beyond:
            raise CasefileError(
                f"{beyond[0].place}: the claim `{beyond[0].id}` cites a page that {one.file_name} does not"
                " have"
            )
        for page in pages:
            if page.number not in wanted:
                continue
            spans = {(found.start, found.end) for found in find_mentions(page.text).found}
            for claim, position in wanted[page.number]:
                entry = decided.get(position.mention)
                read_by = entry.what.get("read_by", "") if entry else ""
                if page.scanned and read_by not in ("", page.read_by):
                    pictures += 1
                    continue
                if (
                    page.text[position.start : position.end] != position.text
                    or (position.start, position.end) not in spans
                ):
                    raise CasefileError(
                        f"{claim.place}: what the claim `{claim.id}` cites is not what {one.file_name} says"
                        f" at page {position.page}, {position.start}"
                    )
    return pictures
