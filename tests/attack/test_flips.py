"""A bit flipped anywhere in what paradero keeps is found by `verify --quick`: the oracle is the flip
itself.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from casefile.made import copied, said

from attack.scale import draws
from paradero.casefile.folder import Casefile

pytestmark = pytest.mark.xdist_group("flips")  # its casefile is made once, by one worker

FLIPS = draws(40, 2_000)


@pytest.fixture(scope="module")
def rich(small: Casefile, tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """A casefile with everything in it: records, a document, orders, events, an audit, a kept answer, an
    older build.
    """
    folder = tmp_path_factory.mktemp("flips")
    case = copied(small, folder / "case")
    assert said(folder, "new", "example", "--from", "cecot-2025").code == 0
    for part in ("orders", "events", "balances", "claims", "agreements", "costs", "companies", "hand"):
        shutil.copytree(folder / "example" / part, case.root / part, dirs_exist_ok=True)
    letter = folder / "letter.txt"
    letter.write_text(
        "On 15 March 2025 some 238 people were flown out. The cost was $4,760,000.\n" * 3, encoding="utf-8"
    )
    for arguments in (
        ("add", str(letter), "--as", "document"),
        ("build",),
        ("audit", "--limit", "1"),
        ("balance", "--keep"),
    ):
        assert said(case.root, *arguments).code in (0, 2), arguments
    settings = case.root / "paradero.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("gap_hours = 24.0", "gap_hours = 12.0"), encoding="utf-8"
    )
    for arguments in (("build",), ("audit", "--limit", "1"), ("balance", "--keep")):
        assert said(case.root, *arguments).code in (0, 2), arguments
    return case


def _covered(case: Casefile) -> list[Path]:
    """Every file of the casefile but the lock and what saves running worked cases again, which no answer
    rests on.
    """
    left_out = {".lock", "worked-cases"}
    return [
        path
        for path in sorted(case.root.rglob("*"))
        if path.is_file() and path.stat().st_size and path.name not in left_out
    ]


def _flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    mode = path.stat().st_mode
    path.chmod(0o644)
    path.write_bytes(bytes(content))
    path.chmod(mode)


def test_an_untouched_casefile_is_verified(rich: Casefile) -> None:
    answer = said(rich.root, "verify", "--quick")
    assert answer.code == 0, answer.out
    assert "not checked" not in answer.out


def test_every_flipped_bit_is_found(rich: Casefile) -> None:
    chance = random.Random(11)
    files = _covered(rich)
    missed = []
    for number in range(FLIPS):
        # every file in turn, then by size: small ones hold the most meaning a bit, large ones the most bits
        path = (
            files[number % len(files)]
            if number < len(files)
            else chance.choices(files, [each.stat().st_size for each in files])[0]
        )
        bit = chance.randrange(8 * path.stat().st_size)
        _flip(path, bit)
        try:
            if said(rich.root, "verify", "--quick").code == 0:
                missed.append(f"{path.relative_to(rich.root)} bit {bit}")
        finally:
            _flip(path, bit)
    assert missed == []
    assert said(rich.root, "verify", "--quick").code == 0


def test_the_last_letter_of_every_small_file_counts(rich: Casefile) -> None:
    missed = []
    for path in _covered(rich)[:: draws(4, 1)]:
        for bit in {8 * path.stat().st_size - 1, 8 * path.stat().st_size - 8, 0}:
            _flip(path, bit)
            if said(rich.root, "verify", "--quick").code == 0:
                missed.append(f"{path.relative_to(rich.root)} bit {bit}")
            _flip(path, bit)
    assert missed == []


def test_no_answer_is_read_from_a_table_that_was_changed(rich: Casefile) -> None:
    """A bit in the footer of a table hides rows from whoever reads it: an answer is refused, not given
    without them.
    """
    folder = rich.build / (rich.build / "current").read_text(encoding="utf-8").strip()
    chance = random.Random(3)
    for table, question in (
        ("persons", ("person", "nobody")),
        ("stint_spans", ("headcount", "--limit", "1")),
        ("conflicts", ("conflicts",)),
    ):
        path = folder / f"{table}.parquet"
        for _ in range(draws(2, 40)):
            bit = 8 * path.stat().st_size - 1 - chance.randrange(8 * 600)  # the footer lies at the end
            _flip(path, bit)
            answer = said(rich.root, *question)
            _flip(path, bit)
            assert answer.code == 1
            assert "not the bytes that were built" in answer.err
