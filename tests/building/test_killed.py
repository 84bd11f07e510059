"""A kill at any instant leaves the last good state; two processes at once leave one."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from attack.scale import draws
from casefile.made import RELEASE, copied, original, said, spawned

from paradero.answers.verification.verifying import verify
from paradero.building import receipts
from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create
from paradero.casefile.log import read_log
from paradero.casefile.originals import check_originals, sources_of

from .conftest import narrow_gap

pytestmark = pytest.mark.xdist_group("building")  # with test_adding: both need the same casefiles

KILLS = draws(2, 60)  # an even number: of the last the settings were edited


def _digest(case: Casefile) -> str:
    found = receipts.current(case)
    assert found is not None
    return found[1].digest


def _killed(case: Casefile, after: float, *arguments: str) -> None:
    process = spawned(case.root, *arguments)
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _assert_good(case: Casefile) -> None:
    read_log(case)
    check_originals(case, sources_of(case))
    found = receipts.current(case)
    assert found is not None
    folder, receipt = found
    assert all(path.exists() for table in receipt.tables for path in receipts.table_files(folder, table.name))
    heard = said(case.root, "status", "--json")
    assert heard.code == 0
    assert heard.json["digest"] == receipt.digest


def _failed(case: Casefile) -> set[str]:
    """What fails of the checks of bytes against their hashes; all checks make everything once more."""
    return {finding.check for finding in verify(case, quick=True).checks if finding.failed}


def _assert_whole(case: Casefile, digest: str) -> None:
    """All is as it was written, and the log names the build."""
    assert _failed(case) == set()
    assert [entry.what["digest"] for entry in read_log(case) if entry.act == "build"][-1] == digest


def test_kill_at_any_instant(case: Casefile, three: Casefile, fabricated: Path) -> None:
    chance = random.Random(5)
    removals = str(original(fabricated, "Removals"))
    for number in range(KILLS):
        if number % 2:
            # another setting each time, so that there is something to build
            settings = case.root / "paradero.toml"
            settings.write_text(settings.read_text().replace("gap_hours = 2", f"gap_hours = {number}2", 1))
            _killed(case, chance.uniform(0.25, 0.9), "build")
        else:
            _killed(case, chance.uniform(0.2, 0.6), "add", removals, "--release", RELEASE)
        _assert_good(case)
        if number == KILLS - 1:
            assert _failed(case) <= {
                "authored files"
            }  # the settings were edited, and the build that would have used them was killed
    settings.write_text((three.root / "paradero.toml").read_text())
    add(case, Path(removals), release=RELEASE)
    assert build(case)[0].digest == _digest(three)
    assert sorted(path.name for path in case.build.iterdir() if path.name.startswith(".")) == []
    assert sorted(path.name for path in case.ingested.iterdir() if path.name.startswith(".")) == []


def test_killed_between_the_log_and_the_pointer(small: Casefile, narrowed: Casefile, tmp_path: Path) -> None:
    case = copied(narrowed, tmp_path / "case")
    shutil.copyfile(small.build / "current", case.build / "current")
    _assert_good(case)
    found = verify(case, quick=bool(draws(1, 0)))  # at length everything is made once more
    assert [finding.found for finding in found.checks if finding.failed] == []
    entries = read_log(case)
    assert build(case)[0].digest == _digest(narrowed)
    assert read_log(case) == entries
    _assert_whole(case, _digest(narrowed))


def test_killed_between_the_rename_and_the_log(small: Casefile, narrowed: Casefile, tmp_path: Path) -> None:
    case = copied(narrowed, tmp_path / "case")
    (case.build / f"{_digest(narrowed)[:12]}-duckdb" / "receipt.json").unlink()
    shutil.copyfile(small.build / "current", case.build / "current")
    shutil.copyfile(small.log, case.log)
    _assert_good(case)
    assert _failed(case) == {"authored files"}
    assert build(case)[0].digest == _digest(narrowed)
    _assert_whole(case, _digest(narrowed))


def test_what_killed_processes_left_is_swept(case: Casefile, fabricated: Path) -> None:
    (case.build / ".new-123" / "x").mkdir(parents=True)
    (case.build / ".spill").mkdir()
    (case.build / ".verify-abc").mkdir()
    (case.build / ".current.77").write_text("half")
    (case.ingested / ".0123456789ab-fedcba9876.99").mkdir()
    (case.sources / f".{'0' * 64}.xlsx.99").write_text("half")
    (case.sources / "notes by hand.txt").write_text("mine")
    add(case, original(fabricated, "Arrests"), note="again")
    assert [path.name for path in case.root.rglob(".*") if path.name != ".lock"] == []
    assert (case.sources / "notes by hand.txt").exists()
    originals = next(finding for finding in verify(case, quick=True).checks if finding.check == "originals")
    assert "used for nothing: notes by hand.txt" in originals.found
    assert not originals.failed


def test_processes_at_once(tmp_path: Path, fabricated: Path, three: Casefile) -> None:
    case = create(tmp_path / "case")
    add(case, original(fabricated, "Detentions"), release=RELEASE)
    at_once = [
        ("add", str(original(fabricated, "Removals")), "--release", RELEASE),
        ("add", str(original(fabricated, "Arrests")), "--release", RELEASE),
        ("build",),
        ("build",),
        ("add", str(original(fabricated, "Removals")), "--release", RELEASE),
    ]
    for process in [spawned(case.root, *arguments) for arguments in at_once[: draws(3, 5)]]:
        _, err = process.communicate()
        assert process.returncode == 0, err
    assert [entry.act for entry in read_log(case)].count("add") == 3
    receipt, _ = build(case)
    assert receipt.digest == _digest(three)
    _assert_whole(case, _digest(three))


def test_reading_while_another_builds(case: Casefile) -> None:
    narrow_gap(case)
    building = spawned(case.root, "build")
    codes = []
    while building.poll() is None:
        codes.append(said(case.root, "unaccounted", "--json").code)
    building.communicate()
    assert building.returncode == 0
    assert set(codes) <= {0}


def test_a_log_without_its_build_folder(case: Casefile) -> None:
    shutil.rmtree(case.build)
    heard = said(case.root, "conflicts")
    assert (heard.code, heard.err) == (1, f"paradero: {case.root} was not built yet. Run `paradero build`.\n")
