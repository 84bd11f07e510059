"""Fabricated releases attacked under every rule and under orders: a cell hidden, a time cut to its day, a
column withheld, an id taken from a row.

Pieces of releases of several seeds are judged beside copies with one change each, all in one run, every copy
a release of its own. Nothing may be claimed that was not claimed before, no verdict may turn `not_bound`, and
no event may vanish uncounted: where one is gone, the row that no longer makes it one is counted as a row that
cannot be judged. Of several rows that state one thing one stands for all; hide it there, and the next stands
for them.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from contradicting import contradictions

from attack.law_files import condition, order
from attack.scale import draws
from paradero.authored.evidence import Trust
from paradero.building.stages import empty_of
from paradero.building.trials import Trial, place_in_trial, run_trials
from paradero.law.identities import Identity
from paradero.law.judging import define_test
from paradero.law.matrix import matrix_of, rule_variants
from paradero.law.order_judging import give_matrix, judge_events, judge_rule_terms
from paradero.law.orders import read_order
from paradero.law.rules import built_in_rules, law_steps, variants
from paradero.model.time.clock import HOUR_US
from paradero.synthetic.release import write_release

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Key = tuple[Any, ...]

SEEDS = (11, 12, 13, 14, 15)
PIECES, COPIES, PEOPLE = (
    draws(2, 30),
    12,
    9,
)  # pieces of each seed, copies of each piece, people of each piece
SAYS = ("violated", "complied")
FILES = {"detentions": "Detentions", "arrests": "Arrests", "removals": "Removals"}
# columns that no rule and no order reads: hiding them only costs time
UNREAD = {
    "religion",
    "marital_status",
    "ethnicity",
    "race",
    "row_original",
    "file_original",
    "sheet_original",
    "felon",
    "known_terrorist_yes_no",
}

ACTS = (("given", "binds", "2023-06-01"), ("gone", "vacates", "2025-07-01T12:00-05:00"))
ORDERS = {
    "class": ('forbids = "removal"', condition("citizenship_country", "is_one_of", ["MEXICO", "VENEZUELA", "HONDURAS"])),
    "others": ('forbids = "removal"', condition("gender", "is_none_of", ["Male"])),
    "district": ('forbids = "transfer"', condition("state", "is_one_of", ["TX", "LA", "AZ"])),
    "somebody": ('forbids = "removal"', 'individuals = ["petitioner-a"]'),
    "known": ('forbids = "transfer"', 'individuals = ["petitioner-b"]'),
    "rooms": ('rule = "hold-room-limit"\nparameters = { limit = "PT3H" }', condition("gender", "is_one_of", ["Female", "Male"])),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """One release of the run: a piece as it is, or with one change."""

    piece: int
    change: str
    rows: Rows
    whole: Rows

    def person(self, kind: str, number: int) -> Any:
        """Whose row it was before anything was hidden; a row that never had a person stands for itself."""
        person = self.whole[kind][number - 1].get("unique_identifier")
        return person if person is not None else f"{kind} {number}"


@cache
def release(seed: int, folder: Path) -> Rows:
    """Fabricate a release and read it back as rows of the kinds' own columns."""
    write_release(folder, rows=900, seed=seed, format="parquet")
    found: Rows = {}
    for kind, name in FILES.items():
        (path,) = folder.glob(f"*{name}_seed*.parquet")
        schema = empty_of(kind)
        names = [each for each in pq.read_schema(path).names if each in schema.names and each not in UNREAD]
        found[kind] = [
            {name: value_of(value) for name, value in row.items() if value is not None}
            for row in pq.read_table(path, columns=names).to_pylist()
        ]
    (path,) = folder.glob("*Facilities*.csv")
    listed = pyarrow.csv.read_csv(path).to_pylist()
    found["facilities"] = [
        {name: row[name] for name in ("detention_facility_code", "state", "type", "capacity")}
        | {"detention_facility": row["name"]}
        for row in listed
    ]
    found["facilities"] = [
        {**row, "capacity": float(row["capacity"])}
        for row in found["facilities"]
        if row["capacity"] is not None
    ]
    return found


def value_of(value: Any) -> Any:
    """A value as a cell of the tables has it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return (
        datetime(value.year, value.month, value.day)
        if isinstance(value, date) and not isinstance(value, datetime)
        else value
    )


def pieces(folder: Path) -> Iterator[Rows]:
    """Cut pieces out of the releases: everything of a few people, and the facilities they were at."""
    for seed in SEEDS:
        rows = release(seed, folder / str(seed))
        rng = random.Random(seed)
        people = sorted(
            {row["unique_identifier"] for row in rows["detentions"] if "unique_identifier" in row}
        )
        removed = sorted(
            {row["unique_identifier"] for row in rows["removals"] if "unique_identifier" in row} & set(people)
        )
        for _ in range(PIECES):
            chosen = {*rng.sample(people, PEOPLE - 3), *rng.sample(removed, 3)}
            strays = [row for row in rows["detentions"] if "unique_identifier" not in row][:1]
            piece = {
                kind: [dict(row) for row in rows[kind] if row.get("unique_identifier") in chosen]
                for kind in FILES
            }
            piece["detentions"] += [dict(row) for row in strays if rng.random() < 0.3]
            codes = {row.get("detention_facility_code") for row in piece["detentions"]}
            piece["facilities"] = [
                dict(row) for row in rows["facilities"] if row["detention_facility_code"] in codes
            ]
            yield piece


def changed(rng: random.Random, whole: Rows) -> tuple[str, Rows]:
    """Change one thing."""
    cells = [
        (kind, number, name)
        for kind, rows in whole.items()
        for number, row in enumerate(rows)
        for name in row
    ]
    kind, number, name = rng.choice(cells)
    value, how = whole[kind][number][name], rng.random()
    if how < 0.1 and kind != "facilities":
        return f"column withheld: {name} of {kind}", {
            **whole,
            kind: [{n: v for n, v in row.items() if n != name} for row in whole[kind]],
        }
    if how < 0.2 and kind != "facilities":
        name = "unique_identifier" if "unique_identifier" in whole[kind][number] else name
    elif how < 0.5 and isinstance(value, datetime) and (value.hour or value.minute):
        cut = {**whole[kind][number], name: value.replace(hour=0, minute=0, second=0, microsecond=0)}
        return f"day only: {name} of {kind} {number + 1}, {value}", {
            **whole,
            kind: [*whole[kind][:number], cut, *whole[kind][number + 1 :]],
        }
    row = {n: v for n, v in whole[kind][number].items() if n != name}
    return f"hidden: {name} of {kind} {number + 1}, {whole[kind][number][name]}", {
        **whole,
        kind: [*whole[kind][:number], row, *whole[kind][number + 1 :]],
    }


def copies(folder: Path) -> Iterator[Copy]:
    """Every piece and its copies."""
    for piece, whole in enumerate(pieces(folder)):
        yield Copy(piece, "", whole, whole)
        rng = random.Random(piece)
        for _ in range(COPIES):
            yield Copy(piece, *changed(rng, whole), whole)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[Copy]]]:
    """Every piece and copy taken through the steps; facility codes are set apart, since facilities belong to
    no release.
    """
    made = list(copies(tmp_path_factory.mktemp("releases")))
    trials = [
        Trial(
            name=f"{n:05d}",
            rows={kind: [coded(row, n) for row in rows] for kind, rows in copy.rows.items()},
            released_at=datetime(2026, 3, 10, 23, 59, 59),
        )
        for n, copy in enumerate(made)
    ]
    rules = built_in_rules().values()
    tables = {
        name
        for rule in rules
        for name in (*rule.test.inputs, *(needs.table for needs in rule.file.needs))
        if name != "rule_versions"
    }
    connection = run_trials(
        trials,
        sorted(
            tables
            | {
                "sources",
                "transfers",
                "reason_kinds",
                "removal_rows",
                "detention_rows",
                "facilities",
                "persons",
            }
        ),
    )
    yield connection, made
    connection.close()


def coded(row: Row, number: int) -> Row:
    """Give a row's facility code the number of its copy; a row without one has no name of the place either,
    which would tell what the hidden code hides.
    """
    return {
        name: f"{number:05d}{value}" if name == "detention_facility_code" else value
        for name, value in row.items()
        if name != "detention_facility" or "detention_facility_code" in row
    }


def trial_of(row: Row) -> int:
    """The copy that a verdict is of."""
    at = next((at for at in (row["event_row"], row["other_row"]) if at is not None), None)
    return place_in_trial(at)[0] if at is not None else int(row["subject"][:5])


def keyed(connection: duckdb.DuckDBPyConnection, query: str, *reading: str) -> dict[int, dict[Key, Row]]:
    """Verdicts by copy, and by reading and rows."""
    result = connection.execute(query)
    names = [column[0] for column in result.description or ()]
    found: dict[int, dict[Key, Row]] = defaultdict(dict)
    for values in result.fetchall():
        row = dict(zip(names, values, strict=True))
        rows = [
            place_in_trial(at)[1:] if at is not None else None for at in (row["event_row"], row["other_row"])
        ]
        found[trial_of(row)][*(row[name] for name in reading), *rows] = row
    return found


def unjudged(
    connection: duckdb.DuckDBPyConnection, rule_id: str, judged: dict[int, dict[Key, Row]]
) -> dict[int, int]:
    """How many rows of each copy are counted as rows that cannot be judged, read anew from what the rule says
    that it needs.
    """
    seen = {row["event_row"] for rows in judged.values() for row in rows.values()}
    found: dict[int, int] = defaultdict(int)
    for needs in built_in_rules()[rule_id].file.needs:
        lacks = " OR ".join(f'"{column}" IS NULL' for column in needs.columns)
        for (row_id,) in connection.execute(f'SELECT row_id FROM "{needs.table}" WHERE {lacks}').fetchall():
            found[place_in_trial(row_id)[0]] += row_id not in seen
    return found


def check(made: list[Copy], found: dict[int, dict[Key, Row]], missing: dict[int, int]) -> list[str]:
    """Everything that is claimed too much, or gone."""
    wrong: list[str] = []
    for number, copy in enumerate(made):
        if not copy.change:
            base, before = number, found[number]
            claimed = {
                (*key[:-2], row["verdict"], copy.person(*key[-2])) for key, row in before.items() if key[-2]
            }
            continue
        after = found[number]
        settled = contradictions(copy.whole) - contradictions(copy.rows)
        may_settle = bool(settled)  # what two rows left open, hiding one of them may settle
        # a row that ended before it began shares time with any other, until its begin may be another
        turned = {("detentions", one[1] + 1) for one in settled if one[0] == "inverted"}
        for key, row in after.items():
            was = before[key]["verdict"] if key in before else None
            stands_in = key[-2] and (*key[:-2], row["verdict"], copy.person(*key[-2])) in claimed
            if (
                not may_settle
                and row["verdict"] not in (was, "undetermined")
                and not (was is None and (row["verdict"] not in SAYS or stands_in))
            ):
                wrong.append(f"piece {copy.piece}, {copy.change}\n  {key}: {was} became {row['verdict']}")
        rows = {key[:-1] for key in after} if may_settle else set()
        gone = [
            key
            for key in before
            if key not in after
            and key[:-1] not in rows
            and not turned & set(key[-2:])
            and not _repeats(key, before, after, copy)
        ]
        if gone and missing[number] <= missing[base]:
            wrong.append(f"piece {copy.piece}, {copy.change}\n  gone: {gone}, and nothing more is counted")
    return wrong


def _repeats(key: Key, before: dict[Key, Row], after: dict[Key, Row], copy: Copy) -> bool:
    """Whether another row of the same person gives the same verdict now: of rows that state one thing one
    stands for all.
    """
    return key[-2] is not None and any(
        other[:-2] == key[:-2] and other[-2] and row["verdict"] in (before[key]["verdict"], "undetermined") and copy.person(*other[-2]) == copy.person(*key[-2])
        for other, row in after.items()
    )  # fmt: skip


@pytest.mark.parametrize("rule_id", sorted(built_in_rules()))
def test_no_rule_claims_more_of_less(rule_id: str, run: tuple[duckdb.DuckDBPyConnection, list[Copy]]) -> None:
    connection, made = run
    rule = built_in_rules()[rule_id]
    define_test(connection, rule, variants(rule, shift_us=HOUR_US))
    found = keyed(connection, law_steps()["verdict_rows"].select, "version", "construction")
    wrong = check(made, found, unjudged(connection, rule_id, found))
    assert not wrong, f"{len(wrong)} of {len(made)} copies, the first:\n" + "\n".join(wrong[:3])


def test_no_order_claims_more_of_less(run: tuple[duckdb.DuckDBPyConnection, list[Copy]]) -> None:
    connection, made = run
    orders = [
        read_order(order(term, scope, *ACTS, name=name, zone="America/Chicago"), file=f"{name}.toml")
        for name, (term, scope) in ORDERS.items()
    ]
    identities = []
    for number, copy in enumerate(made):
        person = next(
            row["unique_identifier"] for row in copy.whole["detentions"] if "unique_identifier" in row
        )
        identities.append(
            Identity(same=["petitioner-b", f"{number:05d}/{person}"], by="counsel", evidence="sworn", seen=[])
        )
    matrix = matrix_of(orders, [], Trust(), identities)
    give_matrix(connection, matrix, with_records=True)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE order_found AS SELECT * FROM ({judge_events(connection).sql_query()})"
    )
    found = keyed(connection, "SELECT * FROM order_found WHERE event_no >= 0", "variant")
    missing: dict[int, int] = defaultdict(int)
    for table, lacks in (("detention_rows", "departed_date IS NULL"), ("removal_rows", "departed_date IS NULL"),
                         ("stint_spans", "person_no IS NULL OR detention_facility_code IS NULL OR book_out IS NULL OR detention_release_reason IS NULL OR stay_book_in IS NULL OR stay_book_in % 86400000000 = 0")):  # fmt: skip
        for (row_id,) in connection.execute(f"SELECT row_id FROM {table} WHERE {lacks}").fetchall():
            missing[place_in_trial(row_id)[0]] += 1
    wrong = check(made, found, missing)
    assert not wrong, f"{len(wrong)} of {len(made)} copies, the first:\n" + "\n".join(wrong[:3])
    assert {row["verdict"] for rows in found.values() for row in rows.values()} == {
        "violated",
        "undetermined",
        "not_bound",
    }


def test_no_order_that_binds_to_a_rule_claims_more_of_less(
    run: tuple[duckdb.DuckDBPyConnection, list[Copy]],
) -> None:
    connection, made = run
    orders = [
        read_order(order(term, scope, *ACTS, name=name, zone="America/Chicago"), file=f"{name}.toml")
        for name, (term, scope) in ORDERS.items()
        if "rule" in term
    ]
    matrix = matrix_of(orders, [], Trust())
    give_matrix(connection, matrix, with_records=True)
    define_test(
        connection,
        built_in_rules()["hold-room-limit"],
        rule_variants(matrix.variants, "hold-room-limit", shift_us=HOUR_US),
    )
    found = keyed(connection, f"SELECT * FROM ({judge_rule_terms(connection).sql_query()})", "variant")
    wrong = check(made, found, defaultdict(int))
    assert not wrong, f"{len(wrong)} of {len(made)} copies, the first:\n" + "\n".join(wrong[:3])
    assert {"violated", "undetermined"} <= {
        row["verdict"] for rows in found.values() for row in rows.values()
    }
