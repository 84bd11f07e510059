"""Rules and orders give the same verdicts on DuckDB and on Spark: compared by digest, on the worked cases of
every rule and on drawn orders.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attack.scale import draws
from test_soundness import drawn, written

from paradero.answers.law.rule_cases import trials_of
from paradero.authored.evidence import Trust
from paradero.building.trials import run_trials
from paradero.engines.digest import digest_of
from paradero.engines.duckdb import DuckDBEngine, connect
from paradero.law.events import read_event
from paradero.law.judging import VERSIONS
from paradero.law.matrix import matrix_of
from paradero.law.orders import read_order
from paradero.law.rules import built_in_rules, law_steps, variants
from paradero.law.tables import tables_of
from paradero.model.time.clock import HOUR_US

ENGINES = pytest.mark.xdist_group("spark")
RECORDED = {  # what comes from records, of which the drawn orders have none
    "value_likeness": {
        "order_id": pa.string(),
        "condition_bit": pa.int64(),
        "attribute": pa.string(),
        "value": pa.string(),
        "is_same": pa.bool_(),
    },
    "kept_likeness": {"variant": pa.int64(), "value": pa.string(), "is_same": pa.bool_()},
    "detention_rows": {
        "row_id": pa.int64(),
        "detention_facility_code": pa.string(),
        "book_in_date_time": pa.timestamp("us"),
    },
    "transfers": {
        "from_row": pa.int64(),
        "to_row": pa.int64(),
        "to_facility_code": pa.string(),
        "arrived_at": pa.int64(),
    },
    "facilities": {"detention_facility_code": pa.string(), "state": pa.string(), "n_states": pa.int64()},
}
# of the suite, with what of SQL they try; at length every rule is run
SAMPLE = {
    "two-custodians": "pairs of a person's rows by ranges of time, clocks that may have changed, values as a table",
    "facility-over-capacity": "running sums and a running greatest over windows, days of times",
}
EXCLUDED = "spark.sql.optimizer.excludedRules"


def files(path: Path) -> list[Path]:
    """The Parquet files of a table: one, or the parts that Spark wrote."""
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path]


@pytest.fixture
def pruned(plainly: Any) -> Iterator[Any]:
    """Spark as in `plainly`; what a test excludes of the optimizer is let in again after it."""
    yield plainly
    plainly.session.conf.unset(EXCLUDED)


@ENGINES
@pytest.mark.parametrize("rule_id", [each for each in sorted(built_in_rules()) if draws(each in SAMPLE, 1)])
def test_a_rule_gives_the_same_verdicts_on_both_engines(rule_id: str, pruned: Any, tmp_path: Path) -> None:
    if (
        rule_id == "children-beyond-20-days"
    ):  # written into its filter, the measure of a stay is an expression of thousands
        pruned.session.conf.set(
            EXCLUDED,
            ",".join(
                f"org.apache.spark.sql.catalyst.optimizer.{name}"
                for name in ("CollapseProject", "PushDownPredicates")
            ),
        )
    rule = built_in_rules()[rule_id]
    tables = [name for name in rule.test.inputs if name != "rule_versions"]
    connection = run_trials(trials_of(rule), tables)
    paths = {name: tmp_path / f"{name}.parquet" for name in tables}
    for name, path in paths.items():
        connection.sql(f'SELECT * FROM "{name}"').write_parquet(str(path))
    connection.close()
    paths["rule_versions"] = tmp_path / "rule_versions.parquet"
    pq.write_table(
        pa.Table.from_pylist(variants(rule, shift_us=HOUR_US), schema=VERSIONS), paths["rule_versions"]
    )
    made = {}
    for engine in (DuckDBEngine(threads=1), pruned):
        for name, path in paths.items():
            engine.read(name, [path])
        test = tmp_path / f"{engine.name}-test.parquet"
        engine.write(
            replace(rule.test, name="rule_test"), test
        )  # written, not defined: Spark would analyse all of it again for what reads it
        engine.read("rule_test", files(test))
        made[engine.name] = tmp_path / f"{engine.name}.parquet"
        engine.write(law_steps()["verdict_rows"], made[engine.name])
    with connect() as reader:
        ours, theirs = (digest_of(reader, files(path)) for path in made.values())
    assert ours == theirs
    assert ours.rows > 0


@ENGINES
def test_orders_give_the_same_verdicts_on_both_engines(spark: Any, tmp_path: Path) -> None:
    chance = random.Random(11)
    texts = [written(drawn(chance), number) for number in range(40)]
    orders = [read_order(text, file="o.toml") for text, _ in texts]
    events = [read_event(text, file="e.toml") for _, text in texts]
    given = tables_of(matrix_of(orders, events, Trust()))
    given["recorded_events"] = given["stated_events"].slice(0, 0)
    given["recorded_attributes"] = pa.table(
        {
            "event_no": pa.array([], pa.int64()),
            "attribute": pa.array([], pa.string()),
            "value": pa.array([], pa.string()),
        }
    )
    given["recorded_people"] = pa.table(
        {
            "event_no": pa.array([], pa.int64()),
            "release": pa.array([], pa.string()),
            "unique_identifier": pa.array([], pa.string()),
        }
    )
    given |= {
        table: pa.table({name: pa.array([], kind) for name, kind in columns.items()})
        for table, columns in RECORDED.items()
    }
    for name, table in given.items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
    made: dict[str, dict[str, Path]] = {}
    for engine in (DuckDBEngine(threads=1), spark):
        folder = tmp_path / engine.name
        folder.mkdir()
        for name in given:
            engine.read(name, [tmp_path / f"{name}.parquet"])
        made[engine.name] = {}
        steps = ("order_events", "order_scope", "recorded_places", "recorded_answers", "event_questions")
        for name in (*steps, "order_verdicts"):
            if name == "order_verdicts":
                engine.read("order_questions", files(made[engine.name]["event_questions"]))
            made[engine.name][name] = folder / f"{name}.parquet"
            engine.write(law_steps()[name], made[engine.name][name])
            engine.read(name, files(made[engine.name][name]))
    with connect() as reader:
        different = [
            name
            for name, path in made["duckdb"].items()
            if digest_of(reader, files(path)) != digest_of(reader, files(made["spark"][name]))
        ]
    assert different == []
