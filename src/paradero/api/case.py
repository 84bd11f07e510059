"""`paradero.open(DIR)`: a casefile whose methods answer the product's questions, in the words of its users.

People are named by their id in the release, times as ISO text (`2025-03-15`, `2025-03-15T17:42`), facilities,
definitions, rules and orders by their names. Every answer is a frozen value.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from paradero.answers.books.answers import BalanceAsked, CostsAsked
from paradero.answers.books.balancing import trust_of
from paradero.answers.books.costs import CostResult
from paradero.answers.companies.award_values import Award
from paradero.answers.companies.awards import awards_of
from paradero.answers.companies.company_graph import graph_of
from paradero.answers.companies.exposure import exposure_of
from paradero.answers.companies.exposure_values import Exposure
from paradero.answers.counts import headcounts
from paradero.answers.counts.headcounts import Headcount
from paradero.answers.counts.reconciling import Comparison, reconciled
from paradero.answers.digests import digest_of_case
from paradero.answers.documents.document_values import ListedMention
from paradero.answers.documents.documents import listed_mentions
from paradero.answers.flights.flight_matches import matches
from paradero.answers.flights.flown import flown_of_files, span_about
from paradero.answers.law.law_files import law_of
from paradero.answers.original import OriginalRow, original
from paradero.answers.people.history import TABLES, History, history_of, person_numbers
from paradero.answers.people.listing import (
    CONFLICTS,
    TRANSFERS,
    UNACCOUNTED,
    GradedConflict,
    Listing,
    Transfer,
    UnaccountedInterval,
    listed,
)
from paradero.answers.people.whereabouts import Whereabouts, whereabouts
from paradero.answers.status import Status, status_of
from paradero.answers.verdicts.asking.request_values import Request
from paradero.answers.verdicts.audit_reading import reading
from paradero.answers.verdicts.auditing import Audited, audit
from paradero.answers.verdicts.requests import requests_of
from paradero.answers.verdicts.verdict_values import Verdict, VerdictSummary
from paradero.answers.verdicts.verdicts import Wanted, check_wanted, summary, verdicts_of
from paradero.answers.verdicts.why import find_verdict, why_text
from paradero.answers.verification.verifying import Verification, verify
from paradero.api import books
from paradero.api.books import Balance, Claims
from paradero.api.flights import Flights
from paradero.api.rows import Rows
from paradero.building.building import build
from paradero.building.tables import legible, open_tables
from paradero.casefile.folder import Casefile, find
from paradero.custody.definitions import definition_of
from paradero.figures.answered import Asked
from paradero.figures.computing import figures_of
from paradero.figures.definitions import definitions
from paradero.figures.figure import Figure
from paradero.flights.days import days_between
from paradero.flights.matching.matching import Limits
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown
from paradero.model.time.clock import parse_time
from paradero.reports.written import write_report

Language = Literal["en", "es"]


def open_case(folder: str | Path) -> Case:
    """Open a casefile. Raises CasefileError where the folder is none, nor lies in one.

    >>> case = paradero.open("my-case")  # doctest: +SKIP
    >>> case.person("c15a7f3b").at("2025-03-15T17:42")  # doctest: +SKIP
    """
    return Case(casefile=find(Path(folder)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person of a data release: their custody history, and where they were at a time."""

    history: History
    casefile: Casefile

    def at(self, time: str) -> Rows[Whereabouts]:
        """Everything the records say of where the person was at that time: a day, a minute, a month.

        Several rows are several possibilities or statements; each has its state, its reason and its address.
        Raises UnknownName for a time that cannot be read.
        """
        lo, hi = parse_time(time)
        with open_tables(self.casefile, *TABLES, threads=1) as built:
            (found,) = person_numbers(built, self.history.unique_identifier, self.history.release)
            rows = whereabouts(built, found.person_no, lo, hi)
            return Rows(values=tuple(rows), scope=built.receipt.scope, digest=built.receipt.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Events held against rules and orders: how many verdicts of each kind, each verdict, each
    explanation.
    """

    audited: Audited

    @property
    def summary(self) -> Rows[VerdictSummary]:
        """For each rule or term, version and reading: how many events under each verdict."""
        with reading(self.audited) as read:
            return self._rows(summary(read, Wanted()))

    def verdicts(
        self,
        *only: str,
        verdicts: Iterable[str] = ("violated", "undetermined"),
        event: str | None = None,
        subject: str | None = None,
        limit: int = 0,
    ) -> Rows[Verdict]:
        """Verdicts by the rules and orders named, by all where none is. Raises UnknownName with near
        names.
        """
        wanted = Wanted(by=only, verdicts=tuple(verdicts), event=event, subject=subject)
        with reading(self.audited) as read:
            check_wanted(read, wanted)
            return self._rows(list(verdicts_of(read, wanted, limit=limit)))

    def why(self, verdict_id: str, *, language: Language = "en") -> str:
        """A verdict explained step by step, with every text, statement and row it rests on."""
        with reading(self.audited) as read:
            return why_text(read, find_verdict(read, verdict_id), language)

    def requests(self, *only: str, language: Language = "en") -> Rows[Request]:
        """What to ask for: the facts that would settle open verdicts, those that settle most first."""
        with reading(self.audited) as read:
            check_wanted(read, Wanted(by=only))
            return self._rows(requests_of(read, language=language, by=only))

    def _rows(self, values: list[Any]) -> Rows[Any]:
        receipt = self.audited.receipt
        scope = self.audited.case.settings().scope
        return Rows(values=tuple(values), scope=scope, digest=receipt.build or receipt.law)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A casefile that answers questions. Nothing is changed by asking, but what an answer rests on is
    kept.
    """

    casefile: Casefile

    @property
    def scope(self) -> str:
        """What the records cover, and what they do not."""
        return self.casefile.settings().scope

    def status(self) -> Status:
        """What the casefile holds and lacks."""
        return status_of(self.casefile)

    def build(self) -> str:
        """Build the tables from the files; the digest of the build."""
        receipt, _ = build(self.casefile)
        return receipt.digest

    def person(self, identifier: str, *, release: str | None = None) -> Person:
        """One person by their id in a release. Raises UnknownName where no row has the id, and where several
        releases have it and none is named: ids of different releases are different people until linked.
        """
        with open_tables(self.casefile, *TABLES, threads=1) as built:
            found = person_numbers(built, identifier, release)
            if len(found) > 1:
                names = ", ".join(each.release for each in found)
                raise UnknownName(f"Several releases have the id `{identifier}`: {names}. Name one.")
            return Person(history=history_of(built, found[0].person_no), casefile=self.casefile)

    def unaccounted(self, *, release: str | None = None) -> Rows[UnaccountedInterval]:
        """Intervals in which no record names a custodian although nothing ended custody."""
        return self._listed(UNACCOUNTED, release=release)

    def conflicts(self, *, release: str | None = None, grade: str | None = None) -> Rows[GradedConflict]:
        """Records of one person that cannot all be true."""
        return self._listed(CONFLICTS, release=release, grade=grade)

    def transfers(self, *, release: str | None = None, status: str | None = None) -> Rows[Transfer]:
        """Transfers with both their sides."""
        return self._listed(TRANSFERS, release=release, status=status)

    def headcount(
        self,
        definition: str,
        *,
        by: str = "everywhere",
        first: str | None = None,
        last: str | None = None,
        facility: str | None = None,
        release: str | None = None,
        assuming: Iterable[str] = (),
    ) -> Rows[Headcount]:
        """People held per day under a named definition, with bounds and what makes them wide."""
        asked = headcounts.Asked(
            definition=definition_of(definition),
            by=by,
            release=release,
            first=first,
            last=last,
            facility=facility,
            assuming=tuple(assuming),
            sort="place",
        )
        with open_tables(self.casefile, "sources") as built:
            found = headcounts.counted(built, asked)
            rows, _ = headcounts.shown(built, found, by=by, limit=0)
            return Rows(
                values=tuple(rows),
                scope=built.receipt.scope,
                digest=built.receipt.digest,
                cannot_be_judged=tuple(found.cannot_be_judged),
            )

    def reconcile(self, *, status: str | None = None) -> Rows[Comparison]:
        """Published figures beside the records: those that contradict, or those of a status."""
        found = reconciled(self.casefile, status=status, limit=0)
        return Rows(values=tuple(found.rows), scope=found.scope, digest=found.digest)

    def flights(
        self,
        *files: str | Path,
        first: str | None = None,
        last: str | None = None,
        within_km: float = 150,
        within_hours: float = 24,
        late_minutes: float = 0,
    ) -> Flights:
        """Match the legs of files, of positions and flight lists, with missions, manifests, transfers and
        removals from the day `first` to the day `last` (UTC); without files only manifests with the books.

        `within_km` is how far a facility may lie from its airport, `within_hours` how long before take-off a
        book-out and after landing a book-in may be, `late_minutes` how much later and earlier they may be
        entered. Raises SourceError where a file cannot be read, UnknownName where a day is none.
        """
        days = days_between(first, last)
        flown = flown_of_files([Path(file) for file in files], days=days).flown
        limits = Limits(within_km=within_km, within_hours=within_hours, late_minutes=late_minutes)
        return Flights(matched=matches(self.casefile, flown, span=span_about(flown, days), limits=limits))

    def documents(
        self,
        document: str | None = None,
        *,
        kind: str | None = None,
        state: str | None = None,
        page: int | None = None,
    ) -> Rows[ListedMention]:
        """What documents mention, one by its id or file name or all of them: amounts, counts, dates, times,
        numbers, each with its exact place and whether somebody confirmed it into a claim.

        Raises UnknownName for a document, a kind or a state (open, confirmed, rejected) that there is not.
        """
        values = tuple(listed_mentions(self.casefile, document, kind=kind, state=state, page=page))
        return Rows(values=values, scope=self.scope, digest=digest_of_case(self.casefile))

    def awards(self, *names: str) -> Rows[Award]:
        """Federal awards, each once, the largest first: those of a key, a PIID, a UEI or the name of a
        recipient or its parent, all where none is named.

        Amounts are exact, in nominal US dollars. Raises UnknownName with near names.
        """
        found = awards_of(self.casefile, names)
        return Rows(values=tuple(found.rows), scope=found.scope, digest=found.digest)

    def exposure(self, name: str) -> Exposure:
        """Who is behind a facility or flight: every link between those who own and hold contracts and what is
        run, carried or supplied, each step with its evidence and dates.

        `name` is a company, a facility, a tail number, an award, or a flight of the case's events. A name
        that is merely alike is a candidate, joined to nothing. Raises UnknownName with near names.
        """
        return exposure_of(graph_of(self.casefile), name)

    def verify(self, *, quick: bool = False) -> Verification:
        """Check that nothing has changed: every file against its hash, everything built and answered again
        from the originals; with `quick` only the hashes. A check that cannot be made has failed.
        """
        return verify(self.casefile, quick=quick)

    def audit(self, *, evidence: Iterable[str] = (), without: Iterable[str] = ()) -> Audit:
        """Hold every event against every rule and order, believing only some kinds of evidence, or all
        sources but some. Raises UnknownName for a kind of evidence or a source that there is none of.
        """
        law = law_of(self.casefile)
        believed = trust_of(",".join(evidence) or None, tuple(without), law.sources())
        return Audit(audited=audit(self.casefile, law, trust=believed))

    def balance(self, *, evidence: Iterable[str] = (), without: Iterable[str] = ()) -> Balance:
        """Every count of people with the bounds that all statements and equations allow; beside them
        `.conflicts`, which cannot all be true, and `.unaccounted`, whom no count covers.

        Only some kinds of evidence are believed, or all sources but some. Bounds are whole, None is no bound.
        Raises CasefileError where the casefile has no counts, UnknownName for a kind of evidence or a source
        that there is none of.
        """
        asked = BalanceAsked(trust=",".join(evidence) or None, without=tuple(without))
        return books.balance(self.casefile, asked)

    def costs(
        self,
        *only: str,
        on: Iterable[str] = (),
        off: Iterable[str] = (),
        prices_of: int | None = None,
        index: str | None = None,
    ) -> Rows[CostResult]:
        """What costs come to, each in its unit, with assumptions switched on and off: the results named, or
        all where none is. With `prices_of` all money is in the prices of that year, by the index named or the
        only one there is.

        Raises CasefileError where the casefile has no costs, UnknownName for a result, an assumption or an
        index that no file has.
        """
        asked = CostsAsked(
            results=only, switched_on=tuple(on), switched_off=tuple(off), prices_of=prices_of, index=index
        )
        return books.costs(self.casefile, asked)

    def claims(self) -> Claims:
        """Every claim held against counts, costs, moments and its own figures, never against its own source;
        beside them `.findings`, claims that do not go together. Raises CasefileError where there are none.
        """
        return books.claims(self.casefile)

    def figures(self, *names: str) -> Rows[Figure]:
        """Published numbers with bounds, what opens them and what they rest on: those of the kinds named
        (`unaccounted-people`, `cost`, …), or all. Raises UnknownName with near names.
        """
        for name in names:
            if name not in definitions():
                raise unknown("a kind of figure", name, definitions())
        found = figures_of(Asked(self.casefile), only=names)
        absent = tuple(dict.fromkeys(found.absent.values()))
        return Rows(values=tuple(found.rows), scope=found.scope, digest=found.digest, cannot_be_judged=absent)

    def report(
        self, output: str | Path, about: str = "case", name: str = "", *, language: Language = "en"
    ) -> str:
        """Write the report on the `case`, a `person` (`name` is the id) or a `facility` (its code) to a file
        that ends in .html, and give its title. Raises UnknownName for a subject that there is none of.
        """
        return write_report(self.casefile, about, name, Path(output), language=language)

    def rows(self, *addresses: str) -> Rows[OriginalRow]:
        """Original rows as received, by their addresses."""
        values = tuple(original(self.casefile, address) for address in addresses)
        return Rows(values=values, scope=self.scope, digest="")

    def table(self, name: str) -> Any:
        """A built table as a pyarrow Table, rows by their addresses, clock readings as timestamps."""
        with open_tables(self.casefile, name) as built:
            return legible(built, name).to_arrow_table()

    def _listed(self, listing: Listing[Any, Any], **only: str | None) -> Rows[Any]:
        found = listed(self.casefile, listing, only=only, limit=0)
        return Rows(
            values=tuple(found.rows),
            scope=found.scope,
            digest=found.digest,
            cannot_be_judged=tuple(found.cannot_be_judged),
        )
