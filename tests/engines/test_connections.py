"""A connection says nothing by itself: what is printed is the answer's. What an engine needs is said."""

import subprocess
import sys
from pathlib import Path

import pytest

from paradero.engines.choice import open_engine
from paradero.engines.duckdb import connect
from paradero.engines.fingerprint import Tree
from paradero.engines.steps import StepError, read_steps
from paradero.model.errors import ParaderoError, UnknownName

# as in a notebook or `python -c`, where DuckDB takes itself to be spoken to and draws after two seconds
ASKED = """
from paradero.engines.duckdb import connect
print(connect().execute("SELECT current_setting('enable_progress_bar')").fetchone()[0])
"""


def test_no_bar_is_drawn_among_the_answers() -> None:
    said = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"


def test_memory_is_limited_where_a_limit_is_stated() -> None:
    for memory, limit in (("1GiB", "1.0 GiB"), ("512MiB", "512.0 MiB")):
        connection = connect(memory=memory)
        assert connection.execute("SELECT current_setting('memory_limit')").fetchall() == [(limit,)]
        connection.close()


def test_an_engine_is_opened_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(name: str) -> object:
        return open_engine(name, master=None, threads=1, memory=None, temporary=tmp_path)

    assert type(opened("duckdb")).__name__ == "DuckDBEngine"
    with pytest.raises(UnknownName, match="`sparc` is not an engine"):
        opened("sparc")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ParaderoError, match="needs Java 17 or later"):
        opened("spark")


def test_a_table_is_made_by_one_step(tmp_path: Path) -> None:
    for folder, names in (("one", ("a", "b")), ("two", ("b",))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "notes.txt").write_text("no step", encoding="utf-8")
        for name in names:
            step = f"-- {name}: a table\n-- inputs: x\n-- kept: view\n--\n-- It.\nSELECT * FROM x\n"
            (tmp_path / folder / f"{name}.sql").write_text(step, encoding="utf-8")
    assert sorted(read_steps(tmp_path / "one")) == ["a", "b"]
    with pytest.raises(StepError, match=r"two/b\.sql: the table `b` is made by another step already"):
        read_steps(tmp_path / "one", tmp_path / "two")


def test_what_python_compiles_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("", encoding="utf-8")
    (tmp_path / "room").mkdir()
    (tmp_path / "__pycache__").mkdir()
    found = Tree(tmp_path)._folder(str(tmp_path))
    assert (sorted(found.files), found.folders) == (["a.py"], ("room",))
