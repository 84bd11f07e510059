"""What is not installed is looked for once in a process of paradero's own, and what is installed is found."""

import importlib.util
import subprocess
import sys
from pathlib import Path

ASKED = """
import sys
from paradero.engines.not_installed import look_once_for_pandas
look_once_for_pandas()
import duckdb
for value in (7, "x", None):
    assert duckdb.connect().execute("SELECT $value", {"value": value}).fetchall() == [(value,)]
try:
    import pandas
    print(pandas.FRAMES)
except ModuleNotFoundError as error:
    print(error.name, error)
"""


def said_by(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ASKED], capture_output=True, text=True, check=True, cwd=folder
    )
    return done.stdout.strip()


def test_what_is_not_there_is_missing_as_ever_and_what_is_there_is_found(tmp_path: Path) -> None:
    if not any(Path(folder, "pandas").is_dir() for folder in sys.path):
        assert said_by(tmp_path) == "pandas No module named 'pandas'"
    (tmp_path / "pandas.py").write_text("FRAMES = 'installed'\nNaT = NA = None\n", encoding="utf-8")
    assert said_by(tmp_path) == "installed"


def test_other_modules_are_found() -> None:
    assert importlib.util.find_spec("pyarrow") is not None
