"""Verify documents: originals unchanged, mentions found again, and every confirmed claim where it was confirmed."""

from __future__ import annotations

from paradero.casefile import log
from paradero.casefile.claiming import claims_of
from paradero.casefile.confirming import CONFIRM, claim_print, confirmed_in, rejections_of
from paradero.casefile.document_tables import MENTIONS
from paradero.casefile.documents import DocumentSource, check_document, document_path, documents_of, kept_report, kept_table, read_again, table_print
from paradero.casefile.folder import Casefile
from paradero.claims.statements import Claim, Position
from paradero.documents.finding import find_mentions
from paradero.documents.reading import open_pages
from paradero.model.errors import CasefileError


def check_documents(case: Casefile) -> str:
    """Hash and read every document again and compare its mentions with those kept; raises CasefileError where one is other than it was."""
    documents = documents_of(case)
    mentions, not_kept = 0, 0
    for one in documents:
        check_document(case, one)
        again, report = read_again(case, one)
        mentions += again.num_rows
        if kept_report(case, one) is None:
            not_kept += 1
            continue
        kept, said = kept_table(case, one)
        if kept.schema != MENTIONS or table_print(kept) != report.table_sha256 or said != report:
            raise CasefileError(f"{one.file_name}: the mentions kept are not what reading the original gives: delete build/documents and list them again")
    more = f"; {not_kept} had no mentions kept by this version" if not_kept else ""
    return f"{len(documents)} documents read again to the same {mentions:,} mentions{more}"


def check_positions(case: Casefile) -> str:
    """Look up every claim that cites a position: the original is whole, the words still stand there, and the claim says what was confirmed."""
    claims = claims_of(case)
    documents = {each.sha256: each for each in documents_of(case)}
    prints = {entry.what.get("claim"): entry.what for entry in log.read_log(case) if entry.act == CONFIRM}
    confirmed = confirmed_in(claims)
    places: dict[str, list[tuple[Claim, Position]]] = {}
    for claim in claims:
        if claim.file.position is not None:
            places.setdefault(claim.file.position.document, []).append((claim, claim.file.position))
    for sha256, cited in places.items():
        if sha256 not in documents:
            raise CasefileError(f"{cited[0][0].place}: the claim `{cited[0][0].id}` cites a document that the casefile does not have")
        _check_cited(case, documents[sha256], cited)
        for claim, position in cited:
            entry = prints.get(claim.id)
            if entry is None or entry.get("mention") != position.mention:
                raise CasefileError(f"{claim.place}: the claim `{claim.id}` cites a position that nobody confirmed. Use `paradero documents confirm`.")
            if entry.get("print") != claim_print(claim):
                raise CasefileError(f"{claim.place}: the claim `{claim.id}` was changed after it was confirmed. Remove it and confirm the mention again.")
    rejected = rejections_of(case)
    for mention in rejected:
        if mention in confirmed:
            raise CasefileError(f"{mention} is both confirmed, as `{confirmed[mention][0].id}`, and rejected. Decide which.")
    n = sum(len(cited) for cited in places.values())
    gone = len({each["mention"] for each in prints.values()} - set(confirmed))
    more = f"; {gone} confirmed before are no longer among the claims" if gone else ""
    return f"{n} claims stand where they were confirmed, {len(rejected)} mentions are rejected{more}"


def _check_cited(case: Casefile, one: DocumentSource, cited: list[tuple[Claim, Position]]) -> None:
    check_document(case, one)
    wanted: dict[int, list[tuple[Claim, Position]]] = {}
    for claim, position in cited:
        wanted.setdefault(position.page, []).append((claim, position))
    with open_pages(document_path(case, one), name=one.file_name) as (_, n_pages, _, pages):
        beyond = [claim for page, members in wanted.items() if not 1 <= page <= n_pages for claim, _ in members]
        if beyond:
            raise CasefileError(f"{beyond[0].place}: the claim `{beyond[0].id}` cites a page that {one.file_name} does not have")
        for page in pages:
            if page.number not in wanted:
                continue
            spans = {(found.start, found.end) for found in find_mentions(page.text).found}
            for claim, position in wanted[page.number]:
                if page.text[position.start : position.end] != position.text or (position.start, position.end) not in spans:
                    raise CasefileError(
                        f"{claim.place}: what the claim `{claim.id}` cites is not what {one.file_name} says at page {position.page}, {position.start}"
                    )
