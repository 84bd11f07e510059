"""Tables on a terminal: never wider than it, no id broken, nothing lost; in a pipe as wide as they are."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import termios
from itertools import product
from pathlib import Path

import pytest
from attack.scale import at_length
from casefile.made import COMMAND, said
from hypothesis import given
from hypothesis import strategies as st

from paradero.casefile.folder import Casefile
from paradero.cli.tables import table_lines


def on_a_terminal(folder: Path, width: int, *arguments: str) -> list[str]:
    """Run a command on a terminal of that width; the lines that it shows."""
    pid, terminal = pty.fork()
    if pid == 0:  # the child: its standard output is the terminal
        os.chdir(folder)
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        os.environ.pop("COLUMNS", None)
        os.execv(COMMAND, [COMMAND, *arguments])  # noqa: S606
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # Linux says so where the child has ended
            break
        if not part:
            break
        shown += part
    os.close(terminal)
    os.waitpid(pid, 0)
    return shown.decode().replace("\r\n", "\n").splitlines()


# every table and every width; each with each at length
PAIRS = [("transfers", 80), ("unaccounted", 120), ("conflicts", 200)]
OTHERS = [pair for pair in product((each for each, _ in PAIRS), (80, 120, 200)) if pair not in PAIRS]


@pytest.mark.parametrize(
    ("command", "width"), [*PAIRS, *(pytest.param(*pair, marks=at_length) for pair in OTHERS)]
)
def test_a_table_fits_the_terminal_and_keeps_every_id_whole(
    whole: Casefile, command: str, width: int
) -> None:
    rows = said(whole.root, command, "--json").json["rows"][:5]
    shown = on_a_terminal(whole.root, width, command, "--limit", "5")
    table = [line for line in shown[shown.index("") :] if not line.startswith(("…", "Scope"))]
    assert max(map(len, table)) <= width
    text = "\n".join(shown)
    for row in rows:
        for name in ("unique_identifier", "status", "from_facility_code"):
            if row.get(name) and (name != "unique_identifier" or command != "transfers"):
                assert str(row[name]) in text


def test_in_a_pipe_a_row_is_a_line(whole: Casefile) -> None:
    lines = said(whole.root, "transfers", "--limit", "3").out.splitlines()
    head = next(line for line in lines if line.startswith("status"))
    assert len(head.split()) == 9
    assert len(head) > 100


words = st.lists(st.text("ab_é1", min_size=1, max_size=30), min_size=0, max_size=6).map(" ".join)
cells = st.one_of(st.none(), st.integers(-(10**12), 10**12), words)


@given(
    st.integers(1, 7).flatmap(
        lambda n: st.tuples(st.lists(st.lists(cells, min_size=n, max_size=n), max_size=5), st.just(n))
    ),
    st.integers(40, 160),
)
def test_whatever_is_in_it_nothing_is_lost_and_nothing_is_wider(
    drawn: tuple[list[list[object]], int], width: int
) -> None:
    table, n_columns = drawn
    columns = [f"column_{place}_of_some_length" for place in range(n_columns)]
    rows = [dict(zip(columns, line, strict=True)) for line in table]
    lines = table_lines(rows, columns, width=width)
    # a block has its name beside the text: 40 letters leave room for the longest name and twelve letters
    assert all(len(line) <= max(width, 40) for line in lines)
    text = re.sub(r"\s", "", "".join(lines))
    written = [value for row in rows for value in row.values() if isinstance(value, str)]
    letters = sum(len(re.sub(r"\s", "", value)) for value in written)
    assert len(text) >= letters
    if table and len(lines) == 1 + len(table):
        assert all(str(value) in "\n".join(lines) for value in written)
