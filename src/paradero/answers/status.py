"""The state of a casefile: what was added, what became of every row, what is unlike a known release, what was
built.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import msgspec

from paradero.answers.digests import digest_of_case
from paradero.answers.drift import Drift, Rejects, drift_of, rejects_of
from paradero.answers.source_status import (
    DocumentStatus,
    SourceStatus,
    Withheld,
    document_status,
    source_status,
    withheld_of,
)
from paradero.building import receipts
from paradero.building.behind import behind_of
from paradero.building.documents import documents_of
from paradero.building.ingested import ingested_folder, report_of
from paradero.building.receipts import Receipt, is_of_this_code
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile, CaseSettings
from paradero.casefile.log import read_log
from paradero.casefile.originals import Source, sources_of
from paradero.casefile.published import check_published, has_published
from paradero.casefile.seals import is_sealed
from paradero.engines.lending import lent
from paradero.engines.queries import query, values_of
from paradero.model.answer import Answer
from paradero.model.errors import CasefileError
from paradero.model.time.clock import clock_text

_QUERIES = files("paradero.answers") / "status.sql"
_PLAIN = "".join(map(chr, range(0x21, 0x7F)))
_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))  # the same signs in full width


class ReleaseStatus(Answer, frozen=True, kw_only=True):
    """A release: when it begins and ends and from what that is known, how much it holds, how its histories
    end; what is to be asked about its end (`warning`) and its ids (`id_twins`). `earliest` is in microseconds
    on the clock as recorded.
    """

    release: str
    released_at: str | None
    released_at_from: str | None
    first_event: str | None
    latest_book_out: str | None
    earliest: int | None
    n_later_outs: int | None
    covered_from: str | None
    covered_until: str | None
    is_cover_stated: bool | None
    persons: int
    stays: int | None
    unaccounted: int
    conflicts: int
    chain_ends: dict[str, int]
    warning: str | None = None
    id_twins: str | None = None


class Status(Answer, frozen=True, kw_only=True):
    """Everything `paradero status` says. Counts are rows of the originals below their headers: rows in are
    rows kept, blank and outside the table (notes, totals) together. `casefile_digest` is the one that pages
    and citations carry: of all files of the casefile and its build; `digest` is of the build's tables alone.
    """

    title: str
    scope: str
    root: str
    sources: list[SourceStatus]
    documents: list[DocumentStatus]
    releases: list[ReleaseStatus]
    warnings: list[str]
    drift: list[Drift]
    rejects: list[Rejects]
    withheld: list[Withheld]
    build: str
    casefile_digest: str
    digest: str | None
    engine: str | None
    version: str | None
    tables: dict[str, int]


class _Twins(msgspec.Struct, frozen=True, kw_only=True):
    release: str
    n: int
    one: str
    other: str


def status_of(case: Casefile) -> Status:
    """The state of a casefile: its sources, documents and releases, what is to be asked about them, and its
    build.
    """
    settings = case.settings()
    sources = sources_of(case)
    added = _added(case)
    state, receipt = _build_state(case, sources)
    entries, drift, rejects, withheld = [], [], [], []
    with lent() as connection:
        for source in sources:
            report = report_of(case, source) if is_sealed(ingested_folder(case, source)) else None
            entries.append(source_status(connection, case, source, report, added_on=added[source.sha256]))
            if report is not None:
                drift += drift_of(connection, case, source, report)
                rejects += rejects_of(connection, case, source)
                withheld += withheld_of(source, report)
    is_readable = receipt is not None and is_of_this_code(receipt)
    latest = {entry.release: entry.added_on for entry in sorted(entries, key=lambda entry: entry.added_on)}
    releases = _releases(case, latest) if is_readable else []
    return Status(
        title=settings.title,
        scope=settings.scope,
        root=str(case.root),
        sources=entries,
        documents=[document_status(case, one) for one in documents_of(case)],
        releases=releases,
        warnings=[
            *_unused(settings, sources),
            *(text for one in releases for text in (one.warning, one.id_twins) if text),
            *_unpublished(case),
        ],
        drift=drift,
        rejects=rejects,
        withheld=withheld,
        build=state,
        casefile_digest=digest_of_case(case),
        digest=receipt.digest if receipt else None,
        engine=receipt.engine if receipt else None,
        version=receipt.version if receipt else None,
        tables={table.name: table.rows for table in receipt.tables} if receipt else {},
    )


def _unpublished(case: Casefile) -> list[str]:
    """What is wrong with the register of publications: nothing more is published until it is restored."""
    try:
        if has_published(case):
            check_published(case)
    except CasefileError as error:
        return [str(error)]
    return []


def _added(case: Casefile) -> dict[str, dt.date]:
    """The day (UTC) on which each source was first added, by SHA-256."""
    found: dict[str, dt.date] = {}
    for entry in read_log(case):
        if entry.act == "add":
            found.setdefault(entry.what["sha256"], dt.datetime.fromisoformat(entry.at).date())
    return found


def _releases(case: Casefile, added: dict[str, str]) -> list[ReleaseStatus]:
    with open_tables(case, "releases", "persons", "chains", "unaccounted", "conflicts") as built:
        rows = built.rows(query(_QUERIES, "releases"))
        alike = values_of(built.rows(query(_QUERIES, "twins"), {"wide": _WIDE, "plain": _PLAIN}), _Twins)
        ends = built.rows(query(_QUERIES, "ends"))
    twins = {one.release: one for one in alike}
    found = []
    for row in rows:
        for name in ("first_event", "released_at", "latest_book_out", "covered_from", "covered_until"):
            row[name] = clock_text(row[name])
        row["chain_ends"] = {end["end_kind"]: end["n"] for end in ends if end["release"] == row["release"]}
        one = msgspec.convert(row, ReleaseStatus)
        found.append(
            msgspec.structs.replace(
                one,
                warning=_beyond(one, added.get(one.release)),
                id_twins=_twins_words(twins[one.release]) if one.release in twins else None,
            )
        )
    return found


def _twins_words(found: _Twins) -> str:
    """What is said of ids of several sheets or files that differ only in how they are written."""
    return (
        f"release {found.release}: {found.n:,} {'id differs' if found.n == 1 else 'ids differ'} from"
        f" another only in capitals, in signs around it or in full-width letters, such as `{found.one}`"
        f" and `{found.other}`, in different sheets or files. Whether they are one person is not known,"
        " and each counts as one."
    )


def _beyond(row: ReleaseStatus, added_on: str | None) -> str | None:
    """What is to be asked about the end of a release: it lies after the day its files were added, or
    book-outs lie after it.
    """
    setting = f'[releases."{row.release}"] in paradero.toml'
    if added_on is not None and row.released_at is not None and row.released_at[:10] > added_on:
        return (
            f"release {row.release} looks until {row.released_at} ({row.released_at_from}), after"
            f" the day its last source was added ({added_on}): a mistyped date moves this instant, at which"
            f" open ends are censored. Set `released_at` under {setting}."
        )
    if row.released_at_from == "latest book-out":
        return (
            f"release {row.release} is taken for one of all stays begun in a period:"
            f" {row.n_later_outs:,} book-outs with a reason come after its last book-in, and the latest of"
            f" them ends it. If that is wrong, set `released_at` under {setting}. Whoever was held since"
            " before the period is not in it: published counts of people held are compared only once"
            " `covers_from` says from when on everybody is."
        )
    if row.n_later_outs and row.released_at_from == "latest event":
        return (
            f"release {row.release}: {row.n_later_outs:,} book-outs with a reason come after its latest"
            f" event ({row.released_at}). They are taken for scheduled or mistyped. If they happened, set"
            f" `released_at` under {setting}."
        )
    return None


def _unused(settings: CaseSettings, sources: list[Source]) -> list[str]:
    unused = sorted(set(settings.releases) - {source.release for source in sources})
    return (
        [f"paradero.toml has settings for a release `{name}`, which no source belongs to" for name in unused]
        if sources
        else []
    )


def _build_state(case: Casefile, sources: list[Source]) -> tuple[str, Receipt | None]:
    try:
        found = receipts.current(case)
    except CasefileError:
        return "damaged: run `paradero build`", None
    if found is None:
        nothing = "no records: add files with `paradero add FILE`, then run `paradero build`"
        return "not built yet: run `paradero build`" if sources else nothing, None
    behind = behind_of(case, found[1], sources)
    return (
        f"older than {behind}: run `paradero build`" if behind else f"up to date, on {found[1].engine}"
    ), found[1]
