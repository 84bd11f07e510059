"""What becomes of a build of which a part is gone, changed, or made of something else: told, and never taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from casefile.made import copied, original

from paradero.building import adding, documents, making, publishing, receipts, tables
from paradero.building.ingested import filled_columns
from paradero.building.making import Plan
from paradero.building.stages import all_steps
from paradero.casefile.folder import Casefile
from paradero.model.errors import CasefileError, SourceError

KEPT = "stay_ends"

pytestmark = pytest.mark.xdist_group("building")


@pytest.fixture(scope="module")
def parts(small: Casefile, tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """A build of whose files each test puts back what it changes."""
    return copied(small, tmp_path_factory.mktemp("parts") / "case")


def test_a_receipt_without_hashes_proves_nothing(parts: Casefile) -> None:
    folder, receipt = receipts.built(parts)
    assert receipts.check_build(folder, receipt) == len(receipt.files)
    with pytest.raises(CasefileError, match="built by a version that kept no hashes of bytes"):
        receipts.check_build(folder, msgspec.structs.replace(receipt, files={}))


def test_a_build_counts_where_pointer_and_log_name_it(parts: Casefile) -> None:
    folder, receipt = receipts.built(parts)
    assert publishing._is_whole(parts, folder, receipt)
    pointer, written = receipts.pointer(parts), (folder / publishing.RECEIPT).read_bytes()
    before = pointer.read_bytes()
    pointer.write_bytes(before + b" ")
    assert not publishing._is_whole(parts, folder, receipt)
    pointer.write_bytes(before)
    (folder / publishing.RECEIPT).write_bytes(written + b" ")
    assert not publishing._is_whole(parts, folder, receipt)
    (folder / publishing.RECEIPT).write_bytes(written)
    assert publishing._is_whole(parts, folder, receipt)


def test_an_equal_build_of_other_code_is_another(parts: Casefile) -> None:
    folder, receipt = receipts.built(parts)
    assert publishing._named_already(parts, folder, receipt) == receipt
    assert publishing._named_already(parts, folder, msgspec.structs.replace(receipt, code="other")) is None


def test_a_table_is_taken_over_byte_by_byte_as_a_file_or_as_a_folder(parts: Casefile, tmp_path: Path) -> None:
    folder, receipt = receipts.built(parts)
    table = receipt.table(KEPT)
    assert table is not None
    steps, (path,) = all_steps(), receipts.table_files(folder, KEPT)
    plan = Plan(
        folder=tmp_path,
        engine="duckdb",
        before=receipt,
        before_folder=folder,
        steps=[],
        keys={KEPT: table.key},
    )
    new = tmp_path / path.name
    assert making._taken_over(steps[KEPT], plan, new) == table
    assert new.read_bytes() == path.read_bytes()
    # as Spark writes it: a folder of parts
    spread = tmp_path / "before" / path.name
    spread.mkdir(parents=True)
    (spread / "part-0.parquet").write_bytes(path.read_bytes())
    name = f"{path.name}/part-0.parquet"
    spread_receipt = msgspec.structs.replace(receipt, files={name: receipt.files[path.name]})
    plan = replace(plan, before=spread_receipt, before_folder=tmp_path / "before")
    (tmp_path / "new").mkdir()
    assert making._taken_over(steps[KEPT], plan, tmp_path / "new" / path.name) == table
    assert (tmp_path / "new" / name).read_bytes() == path.read_bytes()
    (spread / "part-0.parquet").write_bytes(b"changed")
    assert making._taken_over(steps[KEPT], plan, tmp_path / "again" / path.name) is None


def test_a_table_that_is_gone_or_changed_is_told(parts: Casefile, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _ = receipts.built(parts)
    (path,) = receipts.table_files(folder, KEPT)
    written = path.read_bytes()
    path.unlink()
    with (
        pytest.raises(CasefileError, match="the table `stay_ends` is missing from the build"),
        tables.open_tables(parts, KEPT),
    ):
        pass
    path.write_bytes(written[:-8] + b"\0" * 8)
    with (
        pytest.raises(CasefileError, match=r"stay_ends.*: not the bytes that were built"),
        tables.open_tables(parts, KEPT),
    ):
        pass
    monkeypatch.setattr(tables, "_HASHED_BYTES", 0)  # as for a table too large to be hashed for a question
    with (
        pytest.raises(CasefileError, match=r"a table is damaged .* Run `paradero verify`"),
        tables.open_tables(parts, KEPT),
    ):
        pass
    path.write_bytes(written)
    with tables.open_tables(parts, KEPT) as built:
        assert built.rows("SELECT count(*) AS n FROM stay_ends")[0]["n"] > 0


def test_a_source_without_a_profile_of_its_columns_has_none_that_is_filled(
    parts: Casefile, tmp_path: Path
) -> None:
    _, receipt = receipts.built(parts)
    filled = filled_columns(parts.ingested / receipt.sources[0].folder)
    assert "unique_identifier" in filled
    assert filled_columns(tmp_path) == set()


def test_an_original_that_is_declared_anew_stays_where_reading_it_fails(
    parts: Casefile, fabricated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise SourceError("The machine has no more memory. Try again.")

    (tmp_path / "letter.txt").write_text("238 men.", encoding="utf-8")
    one, *_ = documents.add_document(parts, tmp_path / "letter.txt")
    kept = {path: path.read_bytes() for path in parts.sources.iterdir()}
    log = parts.log.read_bytes()
    monkeypatch.setattr(adding, "take_in", fails)
    monkeypatch.setattr(documents, "take_in_document", fails)
    with pytest.raises(SourceError, match="no more memory"):
        adding.add(parts, original(fabricated, "Detentions"), release="OTHER")
    with pytest.raises(SourceError, match="no more memory"):
        documents.add_document(parts, tmp_path / "letter.txt", origin="the court")
    assert {path: path.read_bytes() for path in parts.sources.iterdir()} == kept
    (tmp_path / "new.txt").write_text("23 women.", encoding="utf-8")
    for failing in (
        lambda: documents.add_document(parts, tmp_path / "new.txt"),
        lambda: adding.add(parts, original(fabricated, "Removals")),
    ):
        with pytest.raises(SourceError, match="no more memory"):
            failing()
    assert {path: path.read_bytes() for path in parts.sources.iterdir()} == kept  # of a new one nothing stays
    assert parts.log.read_bytes() == log
    assert documents.documents_of(parts) == [one]
