"""A connection says nothing by itself: what is printed is the answer's."""

import subprocess
import sys

# as in a notebook or `python -c`, where DuckDB takes itself to be spoken to and draws after two seconds
ASKED = """
from paradero.engines.duckdb import connect
print(connect().execute("SELECT current_setting('enable_progress_bar')").fetchone()[0])
"""


def test_no_bar_is_drawn_among_the_answers() -> None:
    said = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"
