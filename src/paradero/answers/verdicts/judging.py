"""Judge the events of a casefile by rules and orders, and write the verdicts, a file each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa
from msgspec.structs import replace

from paradero.answers.law.law_files import OF_EVENTS, Law, orders_under
from paradero.answers.verdicts.verdict_files import OF_FACILITIES, OF_SUBJECTS, VerdictCount, VerdictFile
from paradero.answers.verdicts.verdict_values import Judged
from paradero.building.stages import documented_tables
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.engines.digest import digest_of
from paradero.engines.duckdb import confine, connect, hold, write_select
from paradero.engines.queries import query
from paradero.law.confined import stopped_after
from paradero.law.judging import check_test, define_test
from paradero.law.matrix import Matrix, rule_variants
from paradero.law.order_judging import give_matrix, judge_events, judge_rule_terms
from paradero.law.rules import Rule, law_steps, variants
from paradero.model.time.clock import HOUR_US

Progress = Callable[[str, int, int], None]

_QUERIES = files("paradero.answers.verdicts") / "kept.sql"

# what the verdicts of orders read of the records beside their own tables
_RECORDS = (
    "stint_spans",
    "removals",
    "transfers",
    "reason_kinds",
    "detention_rows",
    "removal_rows",
    "facilities",
    "persons",
)


def compute_verdicts(
    case: Casefile,
    law: Law,
    matrix: Matrix,
    into: Path,
    *,
    has_records: bool,
    progress: Progress | None = None,
) -> list[VerdictFile]:
    """Write the verdicts of every rule and order into `into`, a file each."""
    made: list[VerdictFile] = []
    rules = list(law.rules.values()) if has_records else []
    for rule in rules:
        check_test(rule, documented_tables())
    with _tables(case, rules, into, has_records=has_records) as connection:
        shift_us = HOUR_US if case.settings().settings.clock_changes else 0
        limit = case.settings().settings.rule_seconds
        for number, rule in enumerate(rules):
            if progress:
                progress(rule.file.title, number, len(rules) + 1)
            with stopped_after(connection, limit, what=f"{rule.place}/test.sql"):
                made.append(_judge_rule(connection, rule, into, shift_us))
        if has_records:
            made = _counted(connection, made, into, judged="rule")
            _count_facilities(connection, made, into)
        if law.orders:
            if progress:
                progress("orders", len(rules), len(rules) + 1)
            with stopped_after(connection, limit, what="the orders"):
                made += _judge_orders(connection, law, matrix, into, shift_us, has_records=has_records)
        _keep_places(connection, made, into)
    return made


@contextmanager
def _tables(
    case: Casefile, rules: list[Rule], into: Path, *, has_records: bool
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that knows the tables, and reaches nothing but their files and the folder of the verdicts:
    rules of others run on it.
    """
    if not has_records:
        connection = connect(threads=1)
        try:
            confine(connection, readable=(), writable=[into])
            yield connection
        finally:
            connection.close()
        return
    read = {
        name for rule in rules for name in (*rule.test.inputs, *(needs.table for needs in rule.file.needs))
    }
    names = sorted((read - {"rule_versions"}) | set(_RECORDS))
    with open_tables(case, *names, apart=True) as built:
        for name in names if built.is_small else ():
            hold(built.connection, name)
        confine(built.connection, readable=built.files, writable=[into])
        yield built.connection


def _judge_rule(connection: duckdb.DuckDBPyConnection, rule: Rule, into: Path, shift_us: int) -> VerdictFile:
    define_test(connection, rule, variants(rule, shift_us=shift_us))
    verdicts = law_steps()["verdict_rows"].select
    made = _write(connection, verdicts, rule.id, into, judged="rule", rule=rule.id)
    unjudged = _unjudged(connection, rule, into / f"{made.name}.parquet")
    return replace(made, unjudged=unjudged)


def _counted(
    connection: duckdb.DuckDBPyConnection, made: list[VerdictFile], into: Path, *, judged: Judged
) -> list[VerdictFile]:
    """The files with how many verdicts each has, counted in one query: one for each would take longer than
    the verdicts of a small casefile.
    """
    if not made:
        return made
    counts: dict[str, list[VerdictCount]] = {one.name: [] for one in made}
    found = connection.execute(query(_QUERIES, f"{judged}_counts"), {"files": _files_of(made, into)})
    names = [column[0] for column in found.description or ()]
    for row in found.fetchall():
        values = dict(zip(names, row, strict=True))
        counts[Path(values.pop("file")).stem].append(msgspec.convert(values, VerdictCount))
    return [replace(one, counts=counts[one.name]) for one in made]


def _count_facilities(connection: duckdb.DuckDBPyConnection, judged: list[VerdictFile], into: Path) -> None:
    """Count the verdicts of rules by facility: a page on one of them would read every file of them else."""
    if judged:
        named = {"name": [one.name for one in judged], "rule": [one.rule for one in judged]}
        connection.register("judged_files", pa.table(named))
        files = {"files": _files_of(judged, into)}
        counted = connection.execute(query(_QUERIES, "facility_counts"), files).to_arrow_table()
        connection.register("counted_at_facilities", counted)
        ordered = query(_QUERIES, "facility_counts_ordered")
        write_select(connection, ordered, into / f"{OF_FACILITIES}.parquet")


def _files_of(judged: list[VerdictFile], into: Path) -> list[str]:
    return [str(into / f"{one.name}.parquet") for one in judged]


def _keep_places(connection: duckdb.DuckDBPyConnection, judged: list[VerdictFile], into: Path) -> None:
    """Keep where the verdicts on each person and subject stand: a person's page would read every file else,
    as these lie in the order of events.
    """
    connection.execute(query(_QUERIES, "places"))
    for one in judged:
        asked = {"file": str(into / f"{one.name}.parquet"), "name": one.name}
        connection.execute(query(_QUERIES, "places_of"), asked)
    write_select(connection, query(_QUERIES, "places_ordered"), into / f"{OF_SUBJECTS}.parquet")


def _judge_orders(
    connection: duckdb.DuckDBPyConnection,
    law: Law,
    matrix: Matrix,
    into: Path,
    shift_us: int,
    *,
    has_records: bool,
) -> list[VerdictFile]:
    give_matrix(connection, matrix, with_records=has_records, is_utc=shift_us == 0)
    made = [_write(connection, judge_events(connection).sql_query(), OF_EVENTS, into, judged="order")]
    if has_records:
        kinds = dict(connection.execute(law_steps()["unjudged_events"].select).fetchall())
        made = [replace(one, unjudged=kinds) for one in made]
    bound = {each.term.rule for each in matrix.variants if each.term.rule}
    for rule_id in sorted(bound) if has_records else []:
        define_test(
            connection, law.rules[rule_id], rule_variants(matrix.variants, rule_id, shift_us=shift_us)
        )
        verdicts, name = judge_rule_terms(connection).sql_query(), orders_under(rule_id)
        one = _write(connection, verdicts, name, into, judged="order", rule=rule_id)
        unjudged = _unjudged(connection, law.rules[rule_id], into / f"{one.name}.parquet")
        made.append(replace(one, unjudged=unjudged))
    return _counted(connection, made, into, judged="order")


def _unjudged(connection: duckdb.DuckDBPyConnection, rule: Rule, verdicts: Path) -> dict[str, int]:
    """How many rows lack what makes them an event of the rule, and have no verdict all the same."""
    n = 0
    judged = (
        connection.read_parquet(str(verdicts))
        .project("event_row AS judged_row")
        .filter("judged_row IS NOT NULL")
        .distinct()
    )
    for needs in rule.file.needs:
        lacks = duckdb.ConstantExpression(False)
        for column in needs.columns:
            lacks = lacks | duckdb.ColumnExpression(column).isnull()
        rows = connection.table(needs.table).filter(lacks).project("row_id")
        n += len(rows.join(judged, "row_id = judged_row", how="anti").fetchall())
    return {rule.id: n} if n else {}


def _write(
    connection: duckdb.DuckDBPyConnection,
    select: str,
    name: str,
    into: Path,
    *,
    judged: Judged,
    rule: str = "",
) -> VerdictFile:
    path = into / f"{name}.parquet"
    write_select(connection, select, path)
    return VerdictFile(name, *digest(connection, path), judged=judged, rule=rule)


def digest(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[str, int]:
    """The digest of a file of verdicts, and how many it holds."""
    digest = digest_of(connection, [path])
    return digest.sha256, digest.rows
