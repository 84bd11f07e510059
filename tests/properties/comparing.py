"""Bring the tables of the steps and those of the oracle into one form: {table: {key: values}}, times as
microseconds, rows and stays by row ids.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from reference.case import Case, rebuild
from reference.columns import BOND_MINIMA, DETENTION_COLUMNS, Row
from reference.headcounts import DEFINITIONS
from reference.histories import History
from running import batch, rows_of, run

from paradero.custody.causes import causes
from paradero.engines.duckdb import DuckDBEngine
from paradero.model.time.clock import us_of

Table = dict[Any, Any]
Tables = dict[str, Table]

FLAGS = [
    "duplicate_exact",
    "duplicate_likely_bond",
    "duplicate_likely_sameday",
    "duplicate_drop_row",
    "duplicate_likely",
]
WINDOWS = [
    "stint_window_in",
    "stint_window_out",
    "has_open_stint",
    "n_stints",
    "n_stays",
    "detention_facility_codes_all",
    "stay_ID",
]
STINT_COLUMNS = [*DETENTION_COLUMNS, "stay_ID", "stint_ID", *BOND_MINIMA.values(), *FLAGS]
PLACES = ("first", "longest", "last")
OF_PLACES = ["detention_facility", "detention_facility_code", "book_in_date_time", "book_out_date_time"]
TWO_STINTS = ["overlap", "two_places", "two_ends", "stint_two_stays"]


def us(at: datetime | None) -> int | None:
    """Give a time in microseconds."""
    return None if at is None else us_of(at)


def counted(rows: list[Any]) -> Table:
    """Give a table without a key of its own: each row as often as it occurs."""
    return dict(Counter(rows))


# The steps' tables


def of_steps(engine: DuckDBEngine) -> dict[str, Tables]:
    """Give the tables of the steps by history: the part of the release's name before the first slash."""
    found: dict[str, dict[str, list[tuple[Any, Any]]]] = {}
    for name, read in READERS.items():
        for release, key, values in read(engine):
            found.setdefault(release.split("/")[0], {}).setdefault(name, []).append((key, values))
    return {
        history: {name: paired(pairs) for name, pairs in tables.items()} for history, tables in found.items()
    }


def paired(pairs: list[tuple[Any, Any]]) -> Table:
    """Make a table of pairs; rows without a key are counted, and a key that occurs twice shows."""
    if pairs[0][0] is None:
        return counted([values for _, values in pairs])
    table: Table = {}
    for key, values in pairs:
        table[key] = values if key not in table else ("twice", table[key], values)
    return table


def query(text: str) -> Callable[[DuckDBEngine], list[tuple[str, Any, Any]]]:
    """Make a reader of a query whose first column is the release, all others the values of rows without a
    key.
    """
    return lambda engine: [
        (row[0], None, tuple(row[1:])) for row in engine.connection.execute(text).fetchall()
    ]


def keyed(text: str) -> Callable[[DuckDBEngine], list[tuple[str, Any, Any]]]:
    """Make a reader of a query whose first columns are the release and the key."""
    return lambda engine: [
        (row[0], row[1], tuple(row[2:])) for row in engine.connection.execute(text).fetchall()
    ]


def read_stints(engine: DuckDBEngine) -> list[tuple[str, Any, Any]]:
    """Read the stints, every column of the layout and every column computed."""
    return [
        (row["release"], row["row_id"], {name: row[name] for name in STINT_COLUMNS})
        for row in rows_of(engine, "stints")
    ]


def read_stays(engine: DuckDBEngine) -> list[tuple[str, Any, Any]]:
    """Read the stays with the row of the longest stint."""
    longest = dict(
        engine.connection.execute(
            "SELECT g.stay_row, s.row_id FROM stay_spans g JOIN stint_spans s ON s.place = g.longest_place"
        ).fetchall()
    )
    left_out = ("last_source", "last_source_sheet", "last_source_row")
    found = []
    for row in rows_of(engine, "stays"):
        values = {name: value for name, value in row.items() if name not in left_out}
        found.append((row["release"], row["stay_row"], values | {"longest_row": longest[row["stay_row"]]}))
    return found


def read_headcounts(engine: DuckDBEngine) -> list[tuple[str, Any, Any]]:
    """Read the headcounts that are not nothing at all (the zeros of filled definitions are counted
    elsewhere).
    """
    widths = ", ".join(each.column for each in causes())
    text = (
        f"SELECT release, definition, group_value, date, n, n_lo, n_hi, {widths} FROM headcounts WHERE"
        " n_hi > 0"
    )
    return [(row[0], (row[0], *row[1:4]), row[4:]) for row in engine.connection.execute(text).fetchall()]


PERSONS = "JOIN persons p ON p.person_no = x.person_no"
READERS = {
    "releases": keyed("SELECT release, release, released_at FROM releases"),
    "stints": read_stints,
    "stays": read_stays,
    "arrests": keyed(
        "SELECT r.release, x.row_id, x.episode, x.episode_first FROM arrests x JOIN arrest_rows r ON r.row_id"
        " = x.row_id"
    ),
    "arrest_stays": query(
        "SELECT coalesce(d.release, a.release), rule, status, stay_row, arrest_row, gap_us FROM arrest_stays"
        " x LEFT JOIN detention_rows d ON d.row_id = x.stay_row LEFT JOIN arrest_rows a ON a.row_id ="
        " x.arrest_row"
    ),
    "removals": keyed(
        "SELECT r.release, x.row_id, x.copy = 1 FROM removals x JOIN removal_rows r ON r.row_id = x.row_id"
    ),
    "stay_removals": query(
        "SELECT coalesce(d.release, r.release), rule, status, stay_row, removal_row, departed, CASE WHEN rule"
        " = 'nearest-removal' THEN gap_days END FROM stay_removals x LEFT JOIN detention_rows d ON d.row_id ="
        " x.stay_row LEFT JOIN removal_rows r ON r.row_id = x.removal_row"
    ),
    "stay_ends": keyed(
        "SELECT release, stay_row, end_kind, end_reason, end_lo, end_hi, unaccounted_since,"
        f" unaccounted_until FROM stay_ends x {PERSONS}"
    ),
    "chains": keyed(
        "SELECT release, (release, unique_identifier), n_stays, n_stints, end_kind, end_reason, end_lo,"
        " end_hi, unaccounted_since FROM chains WHERE n_stays > 0"
    ),
    "transfers": keyed(
        "SELECT release, (from_row, to_row), stay_row, status, left_at, arrived_at, gap_us, covered_until"
        " FROM transfers"
    ),
    "unaccounted": query(
        "SELECT release, unique_identifier, stay_row, reason, since, until, CASE WHEN reason <> 'gap between"
        " stints' THEN last_row END FROM unaccounted"
    ),
    "conflicts": query(
        "SELECT release, unique_identifier, kind, grade, size_us, CASE WHEN kind <> 'birth_year' THEN row_a"
        " END, CASE WHEN kind IN ('overlap', 'two_places', 'two_ends', 'stays_overlap', 'stint_two_stays',"
        " 'custody_after_death') THEN row_b END FROM conflicts"
    ),
    "headcounts": read_headcounts,
}


# The oracle's tables


def of_oracle(case: Case, *, headcounts: bool = True) -> Tables:
    """Give the tables of the oracle for one history, its headcounts (the slow part) only when asked for."""
    first = {one["stay_key"]: one["first_row"] for one in case.stays} | {None: None}
    stays = {one["stay_key"]: one for one in case.stays}
    tables = {
        "releases": {release: (us(at),) for release, at in case.released_at.items()},
        "stints": {row["row_id"]: {name: row[name] for name in STINT_COLUMNS} for row in case.stints},
        "stays": oracle_stays(case),
        "arrests": {row["row_id"]: (row["episode"], row["episode_first"]) for row in case.episodes},
        "arrest_stays": counted(
            [(one["rule"], one["status"], first[one["stay_key"]], one["arrest_row"], one["gap_us"]) for one in case.arrest_stays],
        ),
        "removals": {row["row_id"]: (row["removal_row"] == row["row_id"],) for row in case.removals},
        "stay_removals": counted([
            (one["rule"], one["status"], first[one["stay_key"]], one["removal_row"], us(one["departed_date"]), one["days_apart"])
            for one in case.stay_removals
            if one["status"] != "stay_unmatched"
        ]),
        "stay_ends": {first[end["stay_key"]]: (end["end"], end["end_reason"], *ends(end), us(end["unaccounted_until"])) for end in case.stay_ends},
        "chains": {
            end["stay_key"][:2]: (
                stays[end["stay_key"]]["n_stays"],
                sum(one["n_stints"] for one in case.stays if one["stay_key"][:2] == end["stay_key"][:2]),
                *(end["end"], end["end_reason"], *ends(end)),
            )
            for end in case.chain_ends
        },
        "transfers": {
            (one["row_before"], one["row_after"]): (
                *(first[one["stay_key"]], one["status"], us(one["since"]), us(one["until"])),
                *(one["gap_us"], us(one["covered_until"])),
            )
            for one in case.transfers
        },
        "unaccounted": counted([
            (
                *(one["unique_identifier"], first[one["stay_key"]], one["reason"], us(one["since"]), us(one["until"])),
                None if one["reason"] == "gap between stints" else one["row"],
            )
            for one in case.unaccounted
        ]),
        "conflicts": counted([(one["unique_identifier"], one["kind"], one["grade"], one["size_us"], *sides(one, first)) for one in case.conflicts]),
        "headcounts": oracle_headcounts(case) if headcounts else {},
    }  # fmt: skip
    return {name: table for name, table in tables.items() if table}


def ends(end: Row) -> tuple[int | None, ...]:
    """Give the instants of an end."""
    return us(end["end_lo"]), us(end["end_hi"]), us(end["unaccounted_since"])


def sides(one: Row, first: dict[Any, int]) -> tuple[int | None, int | None]:
    """Name the two rows by which the steps name a conflict: of a stay its first row, of many rows the least
    and the greatest.
    """
    rows, stays = one["rows"], sorted(first[key] for key in one["stays"])
    if one["kind"] in TWO_STINTS:
        return rows[0], rows[-1]
    if one["kind"] == "stays_overlap":
        return stays[0], stays[1]
    if one["kind"] == "custody_after_death":
        return rows[0], first[one["stays"][1]]
    if one["kind"] == "birth_year":
        return None, None
    return (stays[0] if one["kind"] == "stay_window" else rows[0]), None


def oracle_stays(case: Case) -> Table:
    """Give the stays with every column of the steps' table."""
    stints = {row["row_id"]: row for row in case.stints}
    found = {}
    for one in case.stays:
        placed = {
            f"{name}_{place}": stints[one[f"{place}_row"]][name] for place in PLACES for name in OF_PLACES
        }
        rows = {"stay_row": one["first_row"], "longest_row": one["longest_row"], "last_row": one["last_row"]}
        found[one["first_row"]] = one | placed | rows
    return found


def oracle_headcounts(case: Case) -> Table:
    """Count by every definition; cells of three zeros left out."""
    found = {}
    for release in case.released_at:
        for name in DEFINITIONS:
            for (group, on), counts in case.headcount(release, name, fill=False).items():
                found[release, name, group, on] = counts
    return found


# The difference


def differences(history: str, expected: Tables, found: Tables) -> list[str]:
    """Say where the tables differ: history, table, key and both rows."""
    said = []
    for name in READERS:
        wanted, made = expected.get(name, {}), found.get(name, {})
        for key in [*wanted, *(key for key in made if key not in wanted)]:
            one, other = wanted.get(key), made.get(key)
            if isinstance(one, dict) and isinstance(other, dict):
                names = [column for column in other if plain(one.get(column)) != plain(other[column])]
                one, other = ({column: row.get(column) for column in names} for row in (one, other))
            if one != other:
                said.append(f"history {history}, {name}, key {key}: expected {one}, found {other}")
    return said


def compared(histories: dict[str, History], *, headcounts: bool) -> list[str]:
    """Run histories through the steps and the oracle, and say where they differ."""
    of = batch(histories, wanted=None if headcounts else [])
    engine = run(of, only=[*READERS, "persons"])
    found = of_steps(engine)
    engine.close()
    said = []
    for name, one in of.histories.items():
        case = rebuild(one.detentions, one.arrests, one.removals, released_at=one.released_at)
        said += differences(name, of_oracle(case, headcounts=headcounts), found.get(name, {}))
    return said


def check(histories: dict[str, History], *, headcounts: bool = False) -> None:
    """Fail with the first differences of each table, if there are any."""
    said, shown = compared(histories, headcounts=headcounts), []
    for name in READERS:
        shown += [one for one in said if f", {name}, " in one][:3]
    if shown:
        pytest.fail(f"{len(said)} differences, among them:\n" + "\n".join(shown), pytrace=False)


def plain(value: Any) -> Any:
    """Give a value for comparison: a date is the midnight that begins it."""
    return (
        datetime(value.year, value.month, value.day)
        if isinstance(value, date) and not isinstance(value, datetime)
        else value
    )
