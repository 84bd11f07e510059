"""The suite's own promises: what a file makes once is made by one worker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

GROUP = """
import os
from pathlib import Path
import pytest

pytestmark = pytest.mark.xdist_group("together")

@pytest.mark.parametrize("number", range(6))
def test_says_where_it_runs(number):
    Path(f"ran-{number}").write_text(os.environ["PYTEST_XDIST_WORKER"])
"""


def test_a_group_of_tests_stays_on_one_worker(tmp_path: Path) -> None:
    """pytest 9.2 took the group out of the names by which pytest-xdist 3.8 knows it, and said nothing."""
    (tmp_path / "test_group.py").write_text(GROUP, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup"],
        cwd=tmp_path,
        env=alone,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ran = [path.read_text(encoding="utf-8") for path in tmp_path.glob("ran-*")]
    assert len(ran) == 6
    assert len(set(ran)) == 1
