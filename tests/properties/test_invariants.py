"""What must hold of every table of the steps, whatever the rows."""

from pathlib import Path

import pytest
from attack.scale import draws
from reference.histories import random_history
from running import Batch, batch, rows_of, run, write_given, write_tables

from paradero.custody.causes import causes
from paradero.engines.digest import Digest, digest_of
from paradero.engines.duckdb import DuckDBEngine, connect

WIDTH = " + ".join(each.column for each in causes())
NAMES = {f"h{seed}": random_history(seed) for seed in range(5000, 5120)}
FEW = dict(list(NAMES.items())[: draws(15, 120)])  # a history has hundreds of rows, and 25,000 headcounts


@pytest.fixture(scope="module")
def engine() -> DuckDBEngine:
    """Give the case of all histories, run once."""
    return run(batch(NAMES, wanted=[]))


@pytest.fixture(scope="module")
def counting() -> DuckDBEngine:
    """Give the case of a few histories with all headcounts, run once."""
    return run(batch(FEW), only=["headcounts"])


def digests(of: Batch, folder: Path, *, threads: int | None = None) -> dict[str, Digest]:
    """Run the steps through files and give the digest of each table."""
    engine = DuckDBEngine(threads=threads)
    found = write_tables(engine, write_given(of, folder / "given"), folder / "made")
    engine.close()
    with connect() as reader:
        return {name: digest_of(reader, paths) for name, paths in found.items()}


def test_neither_the_order_of_given_rows_nor_threads_leave_a_trace(tmp_path: Path) -> None:
    """In the suite both change at once, and the headcounts are those of three definitions; in `make attack`
    first the threads, then the order twice, with every definition.
    """
    wanted = ["uwchr", "vera-midnight", "ddp-any-time"] if draws(1, 0) else None
    plain = digests(batch(FEW, wanted=wanted), tmp_path / "plain", threads=1)
    ways = [(None, 4), (1, 2), (2, 2)] if wanted is None else [(1, 4)]
    for shuffled, threads in ways:
        folder = tmp_path / f"shuffled {shuffled}"
        other = digests(batch(FEW, wanted=wanted, shuffled=shuffled), folder, threads=threads)
        assert {name: one for name, one in other.items() if one != plain[name]} == {}


def test_every_row_is_kept_once_or_flagged_once(engine: DuckDBEngine) -> None:
    (one,) = rows_of(engine, "SELECT count(*) AS n, count(*) FILTER (WHERE unique_identifier IS NULL) AS nobody, "
                             "count(*) FILTER (WHERE duplicate_drop_row) AS dropped, count(*) FILTER (WHERE duplicate_exact) AS exact FROM stints")  # fmt: skip
    assert one["n"] == sum(len(history.detentions) for history in NAMES.values())
    assert rows_of(engine, "SELECT sum(n_stints) AS n FROM stays") == [
        {"n": one["n"] - one["nobody"] - one["dropped"]}
    ]
    assert rows_of(
        engine, "SELECT count(*) AS n FROM stints WHERE duplicate_likely_bond AND duplicate_likely_sameday"
    ) == [{"n": 0}]
    address = {
        "row_id",
        "source",
        "source_1",
        "sheet_number",
        "ordinal",
        "source_sheet",
        "source_row",
        "file_original",
        "sheet_original",
        "row_original",
    }
    columns = ", ".join(
        f'"{name}"'
        for name in columns_of(engine, "detention_rows")
        if name not in address and not name.endswith("_why_missing")
    )
    assert rows_of(engine, f"SELECT count(*) AS n FROM (SELECT DISTINCT {columns} FROM detention_rows)") == [
        {"n": one["n"] - one["exact"]}
    ]


def columns_of(engine: DuckDBEngine, table: str) -> list[str]:
    """Name the columns of a table."""
    return [row["column_name"] for row in rows_of(engine, f"DESCRIBE {table}")]


def test_bounds_enclose_the_count(counting: DuckDBEngine) -> None:
    assert (
        rows_of(
            counting,
            "SELECT * FROM headcounts WHERE NOT (0 <= n_lo AND n_lo <= n AND n <= n_hi AND n_hi - n_lo ="
            f" {WIDTH})",
        )
        == []
    )


@pytest.mark.parametrize(
    ("midnight", "any_time"), [("ddp-midnight", "ddp-any-time"), ("vera-midnight", "vera-24-hour")]
)
def test_a_midnight_never_counts_more_than_the_day(
    counting: DuckDBEngine, midnight: str, any_time: str
) -> None:
    more = rows_of(counting, "SELECT m.* FROM headcounts m LEFT JOIN headcounts a ON a.release = m.release AND a.date = m.date "
                           f"AND a.group_value IS NOT DISTINCT FROM m.group_value AND a.definition = '{any_time}' "
                           f"WHERE m.definition = '{midnight}' AND m.n > coalesce(a.n, 0)")  # fmt: skip
    assert more == []


def test_every_row_named_exists(engine: DuckDBEngine) -> None:
    tables = [
        "stays",
        "stay_spans",
        "stay_ends",
        "stay_removals",
        "arrest_stays",
        "transfers",
        "unaccounted",
        "conflicts",
    ]
    named = [
        (table, name)
        for table in tables
        for name in columns_of(engine, table)
        if name in ("row_a", "row_b") or name.endswith("_row")
    ]
    named = [pair for pair in named if pair != ("stays", "last_source_row")]
    assert len(named) >= 15
    known = (
        "SELECT row_id FROM detention_rows UNION SELECT row_id FROM arrest_rows UNION SELECT row_id FROM"
        " removal_rows"
    )
    for table, name in named:
        lost = rows_of(engine, f"SELECT {name} FROM {table} WHERE {name} IS NOT NULL EXCEPT ({known})")
        assert (table, name, lost) == (table, name, [])


def test_every_stay_has_one_end_and_every_pair_of_stints_one_transfer(engine: DuckDBEngine) -> None:
    (one,) = rows_of(engine, "SELECT (SELECT count(*) FROM stay_spans) AS stays, (SELECT count(*) FROM stay_ends) AS ends, "
                             "(SELECT count(DISTINCT stay_row) FROM stay_ends) AS ended, (SELECT sum(n_stints) - count(*) FROM stay_spans) AS pairs, "
                             "(SELECT count(*) FROM transfers WHERE to_row IS NOT NULL) AS handed, "
                             "(SELECT count(*) FROM transfers WHERE status = 'unsigned') AS unsigned, "
                             "(SELECT count(*) FROM stay_ends WHERE end_reason = 'transferred, no arrival' AND end_kind = 'unaccounted') AS lost")  # fmt: skip
    assert one["stays"] == one["ends"] == one["ended"]
    assert (one["handed"], one["unsigned"]) == (one["pairs"], one["lost"])


def test_an_interval_without_a_custodian_is_begun_by_a_stint_that_ends_it(engine: DuckDBEngine) -> None:
    rows = rows_of(engine, "SELECT count(*) AS n FROM unaccounted u JOIN stints s ON s.row_id = u.last_row "
                           "WHERE u.reason = 'gap between stints' AND u.since IS DISTINCT FROM us_of(s.book_out_date_time)")  # fmt: skip
    assert rows == [{"n": 0}]
    assert rows_of(engine, "SELECT * FROM unaccounted WHERE until <= since") == []
