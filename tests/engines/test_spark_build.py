"""The demonstration data on Apache Spark: the very same digest as on DuckDB, table by table, through the
command line.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from attack.scale import at_length
from casefile.made import said
from money.awarded import AWARD, IDV, action, short, subaward, summary, written

from paradero.synthetic import write_release

pytestmark = [pytest.mark.xdist_group("spark"), at_length]

PARADERO = Path(sys.executable).parent / "paradero"


def spawned(folder: Path, *arguments: str) -> str:
    """Run a command in a process of its own, for Spark: a session that ends in this one would end that of all
    tests.
    """
    done = subprocess.run(
        [str(PARADERO), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "default"},
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def run(folder: Path, *arguments: str) -> str:
    heard = said(folder, *arguments)
    assert heard.code == 0, heard.err
    return heard.out


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spark")
    run(folder, "new", "case")
    # what `paradero demo` fabricates
    write_release(folder / "release", rows=600, seed=1, format="xlsx")
    run(
        folder / "case",
        "add",
        *(str(path) for path in sorted((folder / "release").glob("*.xlsx"))),
        "--release",
        "FABRICATED",
    )
    # awards that overlap in every way, so that their steps have something to run on
    awards = {
        "awards.csv": [
            action("0", "100.10", "2024-01-02"),
            action("0", "40", "2024-01-02", number="1"),
            action("P1", "-25.10", "2024-06-30", modified="2024-07-01"),
        ],
        "again.csv": [
            action("P1", "-20", "2024-06-30", modified="2024-06-30"),
            action("P2", "12.345", "2024-08-01"),
        ],
        "short.csv": [
            short("0", "100.1", "2024-01-02"),
            short("P3", "7", "2024-09-01"),
            short("P3", "8", "2024-09-01"),
        ],
        "Contracts_PrimeAwardSummaries_2024-08-05_H01M02S03_1.csv": [
            summary(AWARD, "115", "2024-06-30", ceiling="400"),
            summary(IDV, "0", "2023-10-01"),
        ],
        "subawards.csv": [
            subaward("r1", "S-1", "90"),
            subaward("r1", "S-1", "95", modified="2024-03-20"),
            subaward("r2", "S-1", "70"),
        ],
    }
    run(
        folder / "case",
        "add",
        *(str(written(folder, name, rows)) for name, rows in awards.items()),
        "--release",
        "USASPENDING",
    )
    # and a table of figures that states one of them twice and alike, and another twice and otherwise
    (folder / "twice.csv").write_text(
        "detention_facility_code,date,n_detained,n_detained_at_midnight\nEXACODE,2025-03-01,3,3\nEXACODE,2025-03-01,3,4\nEXACODE,2025-03-02,3,3\nEXACODE,2025-03-02,3,3\n"
    )
    run(folder / "case", "add", str(folder / "twice.csv"), "--release", "TWICE")
    run(folder / "case", "build")
    return folder / "case"


def test_spark_gives_the_same_digest_table_by_table(demonstration: Path, tmp_path: Path) -> None:
    on_duckdb = json.loads(run(demonstration, "build", "--json"))
    assert on_duckdb["changed"] is False
    copy = tmp_path / "copy"
    shutil.copytree(demonstration, copy)
    on_spark = json.loads(spawned(copy, "build", "--engine", "spark", "--json"))
    assert on_spark["engine"] == "spark"
    differing = {name for name, table in on_duckdb["tables"].items() if on_spark["tables"][name] != table}
    assert differing == set()
    assert on_spark["digest"] == on_duckdb["digest"]
    again = json.loads(spawned(copy, "build", "--engine", "spark", "--json"))
    assert again["changed"] is False
    # what Spark wrote is read like any other build
    assert run(copy, "unaccounted", "--csv") == run(demonstration, "unaccounted", "--csv")
