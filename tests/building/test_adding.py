"""Adding and building: twice changes nothing, order leaves no trace, and what fails leaves no trace
either.
"""

from __future__ import annotations

import json
import re
import shutil
from itertools import permutations
from pathlib import Path

import pytest
from attack.scale import draws
from casefile.made import RELEASE, original, said, state

from paradero.answers.verification.verifying import verify
from paradero.building import receipts
from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create
from paradero.casefile.log import read_log
from paradero.casefile.originals import sources_of
from paradero.model.errors import CasefileError, SourceError

from .conftest import narrow_gap

pytestmark = pytest.mark.xdist_group("building")  # with test_killed: both need the same casefiles

WORDS = ("Detentions", "Arrests", "Removals")


def digest(case: Casefile) -> str:
    found = receipts.current(case)
    assert found is not None
    return found[1].digest


def test_twice_changes_nothing(case: Casefile, fabricated: Path) -> None:
    before = state(case)
    for word in WORDS[:2]:
        assert add(case, original(fabricated, word), release=RELEASE)[1] is False
        assert add(case, original(fabricated, word))[1] is False
    receipt, changed = build(case)
    assert not changed
    assert receipt.digest == digest(case)
    assert state(case) == before


def test_order_leaves_no_trace(tmp_path: Path, fabricated: Path, three: Casefile) -> None:
    """In the suite the very reverse of the order in which the other was added, in `make attack` every order.
    And with several threads: the other, of few rows, was built by one.
    """
    orders = [*reversed(list(permutations(WORDS)))][: draws(1, 5)]
    assert orders[0] == WORDS[::-1]
    for number, order in enumerate(orders):
        case = create(tmp_path / str(number))
        for word in order:
            add(case, original(fabricated, word), release=RELEASE)
        assert build(case, threads=2 + number % 3)[0].digest == digest(three)


def test_built_step_by_step_or_at_once(case: Casefile, fabricated: Path, three: Casefile) -> None:
    add(case, original(fabricated, "Removals"), release=RELEASE)
    step_by_step, changed = build(case)
    assert changed
    assert step_by_step.digest == digest(three)


def test_deleted_build_comes_back(case: Casefile) -> None:
    before = digest(case)
    shutil.rmtree(case.build)
    receipt, changed = build(case)
    assert changed
    assert receipt.digest == before
    assert verify(case, quick=True).verified


def test_only_what_changed_is_made_again(small: Casefile, narrowed: Casefile) -> None:
    before, after = (receipts.current(case) or pytest.fail("not built") for case in (small, narrowed))
    assert after[1].digest != before[1].digest
    again = {
        table.name
        for table in before[1].tables
        if table.made_by != "given"
        and not (narrowed.build / before[0].name / f"{table.name}.parquet").samefile(
            after[0] / f"{table.name}.parquet"
        )
    }
    assert {"transfers", "unaccounted"} <= again
    assert again.isdisjoint({"stint_flags", "persons", "arrests", "stint_spans", "releases"})


def test_release_instant_is_a_setting(case: Casefile) -> None:
    before = digest(case)
    with (case.root / "paradero.toml").open("a") as stream:
        stream.write(f'\n[releases."{RELEASE}"]\nreleased_at = 2026-01-01T00:00:00\n')
    assert build(case)[0].digest != before
    status = said(case.root, "status", "--json").json
    assert status["releases"][0]["released_at"] == "2026-01-01 00:00"
    assert status["releases"][0]["released_at_from"] == "setting"
    assert status["warnings"] == []


def test_title_and_scope_are_taken_over_without_another_digest(case: Casefile) -> None:
    before = digest(case)
    settings = case.root / "paradero.toml"
    settings.write_text(settings.read_text().replace("Nobody in these records exists.", "Only a test."))
    assert said(case.root, "status", "--json").json["build"].startswith("older than the settings")
    receipt, changed = build(case)
    assert (changed, receipt.digest, receipt.scope) == (True, before, "Only a test.")
    assert read_log(case)[-1].what["settings"] == receipt.settings_print
    assert verify(case, quick=True).verified


def test_same_file_under_another_name_is_the_same_source(
    case: Casefile, fabricated: Path, tmp_path: Path
) -> None:
    other = tmp_path / "copy of it.xlsx"
    shutil.copyfile(original(fabricated, "Detentions"), other)
    before = state(case)
    source, changed = add(case, other)
    assert not changed
    assert source.file_name == original(fabricated, "Detentions").name
    assert "under the name FABRICATED_Detentions" in said(case.root, "add", str(other)).out
    assert state(case) == before


def test_a_file_is_declared_anew(case: Casefile, fabricated: Path) -> None:
    path = original(fabricated, "Arrests")
    noted, changed = add(case, path, note="second look", origin="a reader")
    assert changed
    assert (noted.release, noted.release_from, noted.note) == (RELEASE, "declared", "second look")
    moved, changed = add(case, path, release="another")
    assert changed
    assert (moved.release, moved.note, moved.origin) == ("another", "second look", "a reader")
    before = state(case)
    with pytest.raises(SourceError):
        add(case, path, as_kind="detentions")
    assert state(case) == before


def test_a_declared_release_outlives_the_one_found_in_the_file(tmp_path: Path, fabricated: Path) -> None:
    path = tmp_path / "2026-ICLI-00005 arrests.xlsx"
    shutil.copyfile(original(fabricated, "Arrests"), path)
    case = create(tmp_path / "case")
    assert add(case, path)[0].release == "2026-ICLI-00005"
    assert add(case, path, release="mine")[0].release == "mine"
    again = add(case, path, note="a remark")[0]
    assert (again.release, again.release_from) == ("mine", "declared")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("half.xlsx", None),
        ("page.csv", b"<html><body>404</body></html>"),
        ("other.csv", b"a,b\n1,2\n"),
        ("p.parquet", b"PAR1junk"),
    ],
)
def test_a_damaged_file_changes_nothing(
    case: Casefile, fabricated: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    path.write_bytes(original(fabricated, "Removals").read_bytes()[:9000] if content is None else content)
    before = state(case)
    heard = said(case.root, "add", str(path), "--json")
    assert heard.code == 1
    assert heard.json["failed"][0]["file"] == name
    assert re.match(rf"paradero: {re.escape(name)}: .+\. [A-Z]", heard.err)
    assert state(case) == before


def test_a_file_that_fails_after_it_was_copied_leaves_no_copy(case: Casefile, tmp_path: Path) -> None:
    path = tmp_path / "torn.csv"
    path.write_bytes(
        b"Anonymized Identifier,Book In Date Time,Stay Book In Date Time,Detention Facility Code\n"
        + b"a,2025-01-01 10:00,2025-01-01 10:00,X\n" * 9000
        + b"\x00\xff" * 50
    )
    before = state(case)
    try:
        add(case, path)
    except SourceError:
        assert state(case) == before


def test_a_changed_original_is_refused_and_can_be_restored(case: Casefile, fabricated: Path) -> None:
    before = digest(case)
    kept = next(path for path in case.sources.iterdir() if path.name.startswith(sources_of(case)[0].sha256))
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes() + b" ")
    heard = said(case.root, "build")
    assert heard.code == 1
    assert "was changed after it was added; nothing is computed from it" in heard.err
    assert next(finding.check for finding in verify(case, quick=True).checks if finding.failed) == "originals"
    assert add(case, original(fabricated, "Arrests"))[1] is True
    assert read_log(case)[-1].act == "restore"
    assert build(case)[1] is False
    assert digest(case) == before
    kept.unlink()
    with pytest.raises(CasefileError, match="was lost"):
        build(case)


def test_a_damaged_table_is_not_taken_over(case: Casefile, narrowed: Casefile) -> None:
    folder = (receipts.current(case) or pytest.fail("not built"))[0]
    shutil.copyfile(folder / "arrests.parquet", folder / "chains.parquet")
    (folder / "removals.parquet").write_bytes(b"junk")
    narrow_gap(case)
    assert build(case)[0].digest == digest(narrowed)
    receipts.check_build(*(receipts.current(case) or pytest.fail("not built")))  # and so are its files


def test_a_damaged_receipt_and_lost_rows_are_no_dead_end(case: Casefile) -> None:
    """The tables are made again, and the rows read again that they are made of."""
    folder, before = receipts.current(case) or pytest.fail("not built")
    (folder / "receipt.json").write_text(json.dumps({"digest": "x"}))
    lost = next(case.ingested.glob("*/rows-detentions-0.parquet"))
    lost.unlink()
    assert "damaged" in said(case.root, "status", "--json").json["build"]
    heard = said(case.root, "conflicts")
    assert heard.code == 1
    assert "Run `paradero build`" in heard.err
    assert build(case)[0].digest == before.digest
    assert lost.exists()


def test_nothing_to_build_from(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    heard = said(case.root, "build")
    assert heard.code == 1
    assert "Add one with `paradero add FILE`" in heard.err
    with pytest.raises(CasefileError, match="casefile already"):
        create(tmp_path / "case")
    with pytest.raises(CasefileError, match="something in it"):
        create(tmp_path)


def test_a_name_that_is_not_utf8_is_refused(case: Casefile, tmp_path: Path, fabricated: Path) -> None:
    path = tmp_path / "d\udce9tentions.xlsx"
    shutil.copyfile(original(fabricated, "Removals"), path)
    before = state(case)
    heard = said(case.root, "add", str(path))
    assert heard.code == 1
    assert "Rename the file." in heard.err
    assert state(case) == before
