"""An audit open for reading."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TypeAlias, TypeVar

import duckdb
import msgspec

from paradero.answers.verdicts.auditing import Audited
from paradero.answers.verdicts.verdict_files import OF_FACILITIES, OF_SUBJECTS, VerdictFile
from paradero.building.tables import Built, open_tables
from paradero.engines.lending import another, lent
from paradero.engines.queries import counted
from paradero.engines.queries import query as query_of

Bound: TypeAlias = str | int | bool | Sequence[str] | Sequence[int] | None
Shape = TypeVar("Shape", bound=msgspec.Struct)

_ROWS_AT_ONCE = 10_000
_PARAMETER = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An audit with a connection that knows its files of verdicts, and the build where there is one.

    A query is the name of an `.sql` file beside this module. It reads the file of verdicts that is asked for
    as `query_table($table)`, and what it asks for is bound, never written into it. `found` is where verdicts
    on subjects stand, as far as somebody asked for them.
    """

    audited: Audited
    connection: duckdb.DuckDBPyConnection
    built: Built | None
    found: dict[tuple[str, str | None], dict[str, list[int]]] = field(default_factory=dict)

    def rows(
        self, query: str, shape: type[Shape], file: VerdictFile, asked: Mapping[str, Bound] | None = None
    ) -> list[Shape]:
        """Rows of a query on a file of verdicts; what it does not ask for is left out."""
        found = self.connection.execute(_text(query), _bound(query, file, asked))
        names = [column[0] for column in found.description or ()]
        return [_shaped(names, row, shape) for row in found.fetchall()]

    def number(self, query: str, file: VerdictFile, asked: Mapping[str, Bound]) -> int:
        """How many rows a query gives of a file of verdicts, all of them."""
        bound = _bound(query, file, {**asked, "most": None, "skipped": 0})
        ((n,),) = self.connection.execute(counted(_text(query)), bound).fetchall()
        return int(n)

    def stream(
        self, query: str, shape: type[Shape], file: VerdictFile, asked: Mapping[str, Bound] | None = None
    ) -> Iterator[Shape]:
        """Rows of a query one by one, on a cursor of its own: a million verdicts are never all in memory."""
        cursor = another(self.connection)
        try:
            found = cursor.execute(_text(query), _bound(query, file, asked))
            names = [column[0] for column in found.description or ()]
            while rows := found.fetchmany(_ROWS_AT_ONCE):
                yield from (_shaped(names, row, shape) for row in rows)
        finally:
            cursor.close()

    def places(self, subject: str, release: str | None) -> dict[str, list[int]]:
        """Where the verdicts on a subject stand, by the file's name: found in what the audit keeps, as no
        file of verdicts lies by person.
        """
        if (subject, release) not in self.found:
            path = self.audited.folder / f"{OF_SUBJECTS}.parquet"
            asked = {"places_file": str(path), "subject": subject}
            found = self.connection.execute(_text("subject_found"), {**asked, "release": release}).fetchall()
            named = self.connection.execute(_text("subject_named"), asked).fetchall()
            if named and release is not None:  # few rules name their subject: else no person is looked up
                numbers = {"release": release, "numbers": [person for _, _, person in named]}
                there = self.connection.execute(_text("subject_of_release"), numbers).fetchall()
                named = [each for each in named if each[2:] in there]
            places: dict[str, list[int]] = {}
            for file, place in sorted({*found, *(each[:2] for each in named)}):
                places.setdefault(file, []).append(place)
            self.found[subject, release] = places
        return self.found[subject, release]

    def addresses(self, *row_ids: int | None) -> list[str]:
        """The addresses of rows of the records; none where there are no records."""
        if self.built is None:
            return []
        return [str(self.built.address(each)) for each in row_ids if each is not None]


def _shaped(names: list[str], row: tuple[object, ...], shape: type[Shape]) -> Shape:
    return msgspec.convert(dict(zip(names, row, strict=True)), shape)


@functools.cache
def _text(name: str) -> str:
    return query_of(files("paradero.answers.verdicts"), name)


def _bound(query: str, file: VerdictFile, asked: Mapping[str, Bound] | None) -> dict[str, Bound]:
    """The values of the parameters that a query names."""
    values = {**(asked or {}), "table": _table(file)}
    return {name: values[name] for name in _PARAMETER.findall(_text(query))}


def _table(file: VerdictFile) -> str:
    """The name under which the connection knows a file of verdicts, quoted."""
    return '"' + f"verdicts_{file.name}".replace('"', '""') + '"'


@contextlib.contextmanager
def reading(audited: Audited) -> Iterator[Reading]:
    """Open an audit for reading."""
    if audited.receipt.build is None:
        with lent() as connection:
            connection.execute(
                "CREATE TABLE persons (person_no BIGINT, release VARCHAR, unique_identifier VARCHAR)"
            )
            connection.execute(
                "CREATE TABLE person_lookups (lower_id VARCHAR, unique_identifier VARCHAR, release VARCHAR,"
                " person_no BIGINT)"
            )
            connection.execute(
                "CREATE TABLE facility_stints (row_id BIGINT, detention_facility_code VARCHAR)"
            )
            yield _known(Reading(audited=audited, connection=connection, built=None))
        return
    with open_tables(audited.case, "persons", "person_lookups", "facility_stints") as built:
        yield _known(Reading(audited=audited, connection=built.connection, built=built))


def _known(read: Reading) -> Reading:
    for name, path in read.audited.paths().items():
        # with the place of each row: what is found by it is read without all before it
        found = read.connection.read_parquet(str(path), file_row_number=True)
        found.create_view(f"verdicts_{name}", replace=True)
    return read


class RuleAtFacility(msgspec.Struct, frozen=True, kw_only=True):
    """How many events with a row of a facility, or on it, have which verdict under a version and construction
    of a rule.
    """

    rule: str
    version: str | None
    construction: str | None
    violated: int
    undetermined: int
    complied: int
    not_bound: int
    worst_case: int


def rules_on_people(audited: Audited) -> list[str]:
    """The rules that were held against events of people, and not only of places or reports."""
    return [
        file.name
        for file in audited.receipt.files
        if file.judged == "rule" and any(each.n_of_people for each in file.counts)
    ]


def counted_at(audited: Audited, facility: str) -> list[RuleAtFacility]:
    """The verdicts of rules at a facility, counted, in the order of the audit's rules; none where it judged
    no records.
    """
    path = audited.folder / f"{OF_FACILITIES}.parquet"
    if not path.exists():
        return []
    with lent() as connection:
        asked = {"file": str(path), "facility": facility}
        found = connection.execute(_text("facility_counted"), asked)
        names = [column[0] for column in found.description or ()]
        rows = [_shaped(names, row, RuleAtFacility) for row in found.fetchall()]
    places = {rule: place for place, rule in enumerate(audited.rules_judged())}
    return sorted(rows, key=lambda each: places[each.rule])
