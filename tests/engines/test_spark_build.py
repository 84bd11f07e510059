"""The demonstration data on Apache Spark: the very same digest as on DuckDB, table by table, through the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("spark")

PARADERO = Path(sys.executable).parent / "paradero"


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run([str(PARADERO), *arguments], cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONWARNINGS": "default"})
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spark")
    run(folder, "demo", "case", "--rows", "1200")
    return folder / "case"


def test_spark_gives_the_same_digest_table_by_table(demonstration: Path, tmp_path: Path) -> None:
    on_duckdb = json.loads(run(demonstration, "build", "--json"))
    assert on_duckdb["changed"] is False
    copy = tmp_path / "copy"
    shutil.copytree(demonstration, copy)
    on_spark = json.loads(run(copy, "build", "--engine", "spark", "--json"))
    assert on_spark["engine"] == "spark"
    differing = {name for name, table in on_duckdb["tables"].items() if on_spark["tables"][name] != table}
    assert differing == set()
    assert on_spark["digest"] == on_duckdb["digest"]
    again = json.loads(run(copy, "build", "--engine", "spark", "--json"))
    assert again["changed"] is False
    # what Spark wrote is read like any other build
    assert run(copy, "unaccounted", "--csv") == run(demonstration, "unaccounted", "--csv")
