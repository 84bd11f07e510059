"""Small files made to fill a machine or to hang it: each ends in a sentence, in bounded time and memory.

Each is read by a process of its own, whose largest memory the system tells, and which it ends after a minute:
nothing of paradero measures itself.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest
from casefile.made import said

from attack.forked import Ended, Forks
from attack.packed import gzipped
from attack.scale import draws

GIGABYTE = 1_000_000_000


def _sentence(bomb: Ended) -> str:
    assert bomb.code == 1, bomb.err
    assert "Traceback" not in bomb.err
    assert bomb.peak < GIGABYTE + 300_000_000  # what Python and its libraries need besides
    return bomb.err


@pytest.fixture
def case(tmp_path: Path) -> Path:
    assert said(tmp_path, "new", "case").code == 0
    return tmp_path / "case"


def _pdf(content: bytes) -> bytes:
    """A PDF of one page whose content is given, packed."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


@pytest.mark.parametrize(
    ("letters", "move"),
    [(letters, move) for letters in (1_500_000, 40_000_000) for move in (b"", b"0 -1 Td ", b"7 0 Td ")][
        :: draws(4, 1)
    ],
)
def test_a_small_pdf_of_endless_text(
    ended: Forks, case: Path, tmp_path: Path, letters: int, move: bytes
) -> None:
    line = move + b"(" + b"1 2" * 30 + b") Tj\n"
    (tmp_path / "small.pdf").write_bytes(_pdf(b"BT /F 1 Tf\n" + line * (letters // 90) + b"ET"))
    assert (tmp_path / "small.pdf").stat().st_size < 400_000
    bomb = ended(case, "add", "../small.pdf")
    assert "Traceback" not in bomb.err
    assert bomb.peak < GIGABYTE + 300_000_000
    assert bomb.code == 0 or "Split the file" in bomb.err or "Split the page" in bomb.err


def test_a_small_pdf_of_nested_drawings(ended: Forks, case: Path, tmp_path: Path) -> None:
    (tmp_path / "small.pdf").write_bytes(_pdf(b"q " * 30_000_000))
    bomb = ended(case, "add", "../small.pdf")
    assert "Traceback" not in bomb.err
    assert bomb.peak < GIGABYTE + 300_000_000


@pytest.mark.parametrize(("number", "inside"), list(enumerate([b"\0", b"[", b"1,"])))
def test_gzip_that_fills_a_machine(
    ended: Forks, case: Path, tmp_path: Path, number: int, inside: bytes
) -> None:
    """In the suite each content is given to another command, in `make attack` to every one."""
    (tmp_path / "bomb.json.gz").write_bytes(gzipped(b"", inside * (10_000_000 // len(inside)), 200))
    assert (tmp_path / "bomb.json.gz").stat().st_size < 20_000_000
    commands = (("flights", "legs"), ("companies", "import"), ("add",))
    for command in commands[draws(number, 0) :: draws(len(commands), 1)]:
        _sentence(ended(case, *command, "../bomb.json.gz"))


@pytest.mark.parametrize("name", ["deep.txt", "deep.json", "deep.ftm.json"][: draws(1, 3)])
def test_json_nested_without_end(ended: Forks, case: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"a":' * 200_000 + "[" * 200_000, encoding="utf-8")
    _sentence(ended(tmp_path, "flights", "legs", name))
    _sentence(ended(case, "companies", "import", f"../{name}"))


@pytest.mark.parametrize(
    ("number", "folder"),
    list(enumerate(["orders", "claims", "costs", "hand", "events", "balances", "companies"]))[: draws(4, 7)],
)
def test_a_pipe_in_a_folder_is_named(ended: Forks, case: Path, number: int, folder: str) -> None:
    """In the suite each folder meets one of the commands that read everything, in `make attack` all
    of them.
    """
    (case / folder).mkdir(exist_ok=True)
    name = {"hand": "identities.toml"}.get(folder, "x.toml")
    os.mkfifo(case / folder / name)
    commands = (("audit",), ("claims", "check"), ("costs", "list"), ("verify", "--quick"))
    for arguments in commands[draws(number % len(commands), 0) :: draws(len(commands), 1)]:
        bomb = ended(case, *arguments)
        assert "Traceback" not in bomb.err
    assert "this is a pipe" in ended(case, {"claims": "claims", "balances": "balance", "costs": "costs", "companies": "companies"}.get(folder, "audit"),
                                      *{"claims": ("check",), "companies": ("list",), "costs": ("list",)}.get(folder, ())).err  # fmt: skip


def test_a_pipe_or_device_is_no_original(ended: Forks, case: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert "this is a pipe" in _sentence(ended(case, "add", "../pipe.csv"))
    assert "a device" in _sentence(ended(case, "add", "/dev/zero"))
    assert "pipe.csv" in _sentence(ended(tmp_path, "flights", "legs", "pipe.csv"))


def test_toml_nested_without_end(ended: Forks, case: Path) -> None:
    (case / "orders").mkdir(exist_ok=True)
    (case / "orders" / "deep.toml").write_text("a = " + "[" * 100_000, encoding="utf-8")
    assert "deep.toml" in _sentence(ended(case, "audit"))
