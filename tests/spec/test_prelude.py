"""The names that steps may use beyond plain SQL mean the same on both engines."""

import itertools
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attack.scale import draws

from paradero.engines.duckdb import connect

BUILT_IN = {"sequence", "explode"}  # Spark has these itself
EPOCH = datetime(1970, 1, 1)
TIMES = [
    "1970-01-01 00:00:00", "1969-12-31 23:59:59.999999", "1969-12-31 00:00:00", "1970-01-01 00:00:00.000001", "1970-01-02 00:00:00", "1899-12-30 00:00:00",
    "1900-02-28 23:59:59", "2000-02-29 00:00:00", "2000-02-29 12:34:56", "2024-02-29 23:59:59.999999", "2024-03-01 00:00:00", "2026-03-08 02:30:00",
    "2026-11-01 01:30:00", "2026-03-10 23:59:59", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "2026-01-01 00:00:00.5", "1960-02-29 00:00:01",
]  # fmt: skip
INSTANTS = [datetime.fromisoformat(text) for text in TIMES]
MICROSECONDS = [
    None,
    *((at - EPOCH) // timedelta(microseconds=1) for at in INSTANTS),
    0,
    -1,
    1,
    86_400_000_000,
    -86_400_000_000,
    86_399_999_999,
]
DAYS = [None, *((at - EPOCH).days for at in INSTANTS), 0, -1, 1, 59, -719_162]
LETTERS = "abcdefgh"
TEXTS = [None, "", "AAAAAAA", "\u00e9", "\U0001f54a", "a; b"]

Values = list[tuple[Any, ...]]


def names_in(file: str, pattern: str) -> set[str]:
    """Name what a prelude defines."""
    return set(re.findall(pattern, (files("paradero.engines.prelude") / file).read_text(encoding="utf-8")))


def literal(value: Any) -> str:
    """Write a value for both engines."""
    if value is None or isinstance(value, bool):
        return "NULL" if value is None else str(value).upper()
    if isinstance(value, str):
        return f"'{value}'"
    return (
        f"TIMESTAMP '{value}'"
        if isinstance(value, datetime)
        else f"DATE '{value}'"
        if isinstance(value, date)
        else str(value)
    )


def asked(expression: str, kinds: list[str], values: Values) -> str:
    """Write a query of an expression over the columns a, b, c, … of a table of values."""
    columns = [f"CAST({letter} AS {kind}) AS {letter}" for letter, kind in zip(LETTERS, kinds, strict=False)]
    table = ", ".join(
        f"({number}, {', '.join(literal(value) for value in row)})" for number, row in enumerate(values)
    )
    letters = ", ".join(LETTERS[: len(kinds)])
    return (
        f"SELECT i, {expression} AS found FROM (SELECT i, {', '.join(columns)} FROM (VALUES {table}) AS v(i,"
        f" {letters})) AS t"
    )


@pytest.fixture(scope="module")
def on_both(spark: Any) -> Iterator[Any]:
    """Give a function that runs a query on both engines and gives both results, ordered."""
    connection = connect()

    def run(query: str) -> tuple[Values, Values]:
        rows = spark.session.sql(query).collect()
        return sorted(connection.execute(query).fetchall(), key=repr), sorted(
            (tuple(row) for row in rows), key=repr
        )

    yield run
    connection.close()


def test_both_preludes_define_the_same_names() -> None:
    duckdb = names_in("duckdb.sql", r"MACRO (\w+)\(")
    assert duckdb == names_in("spark.sql", r"FUNCTION (\w+)\(") | BUILT_IN
    assert duckdb == TESTED


OF_TWO = [
    *itertools.product((None, 0, 1, 2), repeat=4),
    (-(2**61), 2**61, -(2**61), 2**61),
    (2**61, 2**61, 2**61, 2**61),
    (None, 2**61, None, -(2**61)),
]
SIXES = [
    (a, b, c, d, *pair)
    for (a, b, c, d), pair in zip(
        OF_TWO, itertools.cycle(itertools.product((None, 0, 1, 2), repeat=2)), strict=False
    )
]
CHANGES = [
    (at - EPOCH) // timedelta(microseconds=1) + off
    for at in (
        datetime(2025, 3, 9, 2),
        datetime(2025, 11, 2, 1),
        datetime(2006, 4, 2, 2),
        datetime(2006, 10, 29, 1),
    )
    for off in (-1, 0, 1)
]
SPANS = [
    (a, b, shift)
    for a in (*CHANGES[:6], None)
    for b in (*CHANGES[3:9], 0, None)
    for shift in (0, 3_600_000_000)
]
ALWAYS, NEVER = -62_135_596_800_000_000, 253_402_300_799_000_000
ENDLESS = [
    (lo, hi, begin, begin, end, end)
    for lo in (None, 0)
    for hi in (None, 5)
    for begin in (ALWAYS, 0, 3, None)
    for end in (NEVER, 9, 4, None)
]
CASES = [
    ("us_of(a)", ["TIMESTAMP"], [(None,), *((at,) for at in INSTANTS)]),
    ("time_of(a)", ["BIGINT"], [(us,) for us in MICROSECONDS]),
    ("us_of(time_of(a))", ["BIGINT"], [(us,) for us in MICROSECONDS]),
    ("day_of(a)", ["BIGINT"], [(us,) for us in MICROSECONDS]),
    ("date_of(a)", ["BIGINT"], [(day,) for day in DAYS]),
    ("day_number(a)", ["DATE"], [(None,), *((at.date(),) for at in INSTANTS)]),
    ("day_number(date_of(a))", ["BIGINT"], [(day,) for day in DAYS]),
    ("time_text(a)", ["BIGINT"], [(us,) for us in MICROSECONDS]),
    (
        "in_place(a, b)",
        ["BIGINT", "STRING"],
        [(0, "x"), (12, ""), (999_999_999, "\u00e9"), (None, "x"), (3, None)],
    ),
    ("explode(sequence(a, b))", ["BIGINT", "BIGINT"], [(1, 3), (-2, 1), (5, 5), (20_000, 20_400)]),
    (
        "joined_in_order(array_agg(in_place(a, b)))",
        ["BIGINT", "STRING"],
        [(10, "B"), (2, "C"), (2, "A"), (100, "\U0001f54a"), (11, "\uffee"), (0, "")],
    ),
    ("before(a, b, c, d)", ["BIGINT"] * 4, OF_TWO),
    ("after(a, b, c, d)", ["BIGINT"] * 4, OF_TWO),
    ("not_after(a, b, c, d)", ["BIGINT"] * 4, OF_TWO),
    ("not_before(a, b, c, d)", ["BIGINT"] * 4, OF_TWO),
    ("same_instant(a, b, c, d)", ["BIGINT"] * 4, OF_TWO),
    ("elapsed_lo(a, b, c, d)", ["BIGINT"] * 4, OF_TWO),
    ("elapsed_hi(a, b, c, d)", ["BIGINT"] * 4, OF_TWO),
    (
        "longer_than(a, b, c, d, e)",
        ["BIGINT"] * 5,
        [(*row, most) for row in OF_TWO[::3] for most in (None, 0, 1)],
    ),
    ("during(a, b, c, d, e, f)", ["BIGINT"] * 6, SIXES),
    (
        "periods_overlap(a, b, c, d, e, f, g, h)",
        ["BIGINT"] * 8,
        [(*row, *other) for row, other in zip(OF_TWO, reversed(OF_TWO), strict=True)],
    ),
    ("joined_in_order(array_agg(b))", ["BIGINT", "STRING"], [(1, "000000001x")]),
    ("day_hi(a)", ["BIGINT"], [(us,) for us in MICROSECONDS]),
    ("recorded_hi(a)", ["BIGINT"], [(us,) for us in MICROSECONDS]),
    (
        "weekday_on(a, b)",
        ["BIGINT", "BIGINT"],
        [(day, weekday) for day in (0, 1, 3, 4, 6, 20_000, 20_005, None) for weekday in (0, 3, 6)],
    ),
    ("springs_before(a)", ["BIGINT"], [(us,) for us in (*MICROSECONDS, *CHANGES)]),
    ("falls_before(a)", ["BIGINT"], [(us,) for us in (*MICROSECONDS, *CHANGES)]),
    ("held_lo(a, b, c)", ["BIGINT"] * 3, SPANS),
    ("held_hi(a, b, c)", ["BIGINT"] * 3, SPANS),
    ("in_period(a, b, c, d, e, f)", ["BIGINT"] * 6, [*SIXES, *ENDLESS]),
    ("verdict_of(a, b, c)", ["BOOLEAN"] * 3, [*itertools.product((None, True, False), repeat=3)]),
]
TESTED = {name for expression, _, _ in CASES for name in re.findall(r"(\w+)\(", expression)} - {
    "array_agg"
} | {"key_hash"}


@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize(("expression", "kinds", "values"), CASES, ids=[case[0] for case in CASES])
def test_a_name_gives_the_same_on_both_engines(
    on_both: Any, expression: str, kinds: list[str], values: Values
) -> None:
    query = asked(expression, kinds, values)
    if "array_agg" in expression:
        query = query.replace("SELECT i, joined", "SELECT joined", 1)
    duckdb, spark = on_both(query)
    assert duckdb == spark
    assert [[type(value) for value in row] for row in duckdb] == [
        [type(value) for value in row] for row in spark
    ]


@pytest.mark.xdist_group("spark")
def test_the_names_mean_what_the_prelude_says(on_both: Any) -> None:
    expected = {
        "day_of(a)": [None if us is None else us // 86_400_000_000 for us in MICROSECONDS],
        "time_of(a)": [None if us is None else EPOCH + timedelta(microseconds=us) for us in MICROSECONDS],
        "time_text(a)": [
            None if us is None else text_of(EPOCH + timedelta(microseconds=us)) for us in MICROSECONDS
        ],
    }
    for expression, values in expected.items():
        found, _ = on_both(asked(expression, ["BIGINT"], [(us,) for us in MICROSECONDS]))
        assert sorted(found) == sorted(enumerate(values))


def test_changes_of_clocks_are_those_of_the_zone_database() -> None:
    """Against New York's clocks from 1987 on, hour by hour around every change: what the closed form counts,
    the database shows.
    """
    connection = connect()
    zone = ZoneInfo("America/New_York")
    for name, month in (
        ("springs_before", 3),
        ("springs_before", 4),
        ("falls_before", 10),
        ("falls_before", 11),
    ):
        hours = [
            datetime(year, month, day, hour, 30)
            for year in sorted({*range(1987, 2038, draws(4, 1)), 2006})  # the law changed in 2007
            for day in range(1, 31)
            for hour in (0, 1, 2, 3)
        ]
        counted = connection.execute(
            f"SELECT list({name}(us) ORDER BY us) FROM unnest(?) AS t(us)",
            [[(at - EPOCH) // timedelta(microseconds=1) for at in hours]],
        ).fetchall()[0][0]
        want = [at.year + year_changes(at, zone, name) for at in hours]
        wrong = [at for at, found, due in zip(hours, counted, want, strict=True) if found != due]
        assert wrong == [], name
    connection.close()


def year_changes(at: datetime, zone: ZoneInfo, name: str) -> int:
    """1 where the clocks had changed when they showed `at` (in autumn: had or may have), else 0: by the
    offsets of both readings of the time.
    """
    offsets = [at.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)]
    winter = timedelta(hours=-5)
    if name == "springs_before":
        return 0 if offsets[0] == winter and at.month < 6 and offsets[1] == winter else 1
    return 1 if winter in offsets else 0


def text_of(at: datetime) -> str:
    """Write a time as the page says; parts of a second without trailing zeros."""
    if at == datetime(at.year, at.month, at.day):
        return f"{at:%Y-%m-%d}".zfill(10)
    return at.isoformat(sep=" ", timespec="seconds") + (
        f".{at.microsecond:06d}".rstrip("0") if at.microsecond else ""
    )


@pytest.mark.xdist_group("spark")
def test_equal_keys_hash_equal_and_nulls_too(on_both: Any) -> None:
    rows = [(a, b, "x", day) for a in (None, "p") for b in TEXTS for day in (None, 0, -1)]
    for found in on_both(
        asked("key_hash(a, b, c, d)", ["STRING", "STRING", "STRING", "BIGINT"], rows + rows)
    ):
        hashes = dict(found)
        assert None not in hashes.values()
        assert all(hashes[number] == hashes[number + len(rows)] for number in range(len(rows)))
        assert len(set(hashes.values())) > len(rows) // 2
