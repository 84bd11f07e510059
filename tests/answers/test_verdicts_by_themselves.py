"""Parts of verdicts and of their verification, each by itself: what is not there, damaged, or of something else."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from casefile.made import new_reference, said
from casefile.shared import TOGETHER

from paradero.answers.books.claiming import _Moments
from paradero.answers.books.measuring import measured_of
from paradero.answers.counts.headcounts import Totals
from paradero.answers.kept import keep
from paradero.answers.law.law_files import law_of
from paradero.answers.verdicts import auditing
from paradero.answers.verdicts.audit_reading import reading
from paradero.answers.verdicts.in_words import row_in_words
from paradero.answers.verdicts.requests import _recorded
from paradero.answers.verdicts.verdict_ids import parse_id
from paradero.answers.verdicts.verdicts import Wanted, check_wanted, row_of
from paradero.answers.verdicts.why import _event_lines
from paradero.answers.verification import verifying
from paradero.answers.words import Words
from paradero.authored.evidence import Trust
from paradero.building import receipts
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.engines.duckdb import connect
from paradero.law.rules import built_in_rules
from paradero.model.errors import CasefileError, UnknownName
from paradero.money.cost_files import ElapsedFile

pytestmark = TOGETHER


def filled(form: type[msgspec.Struct], **more: Any) -> Any:
    """A row with these fields, all others without a value."""
    return form(**{field.name: None for field in msgspec.structs.fields(form)} | more)


# --- verdicts -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """The reference case, audited; each test puts back what it changes."""
    return new_reference(tmp_path_factory.mktemp("reference") / "case")


@pytest.mark.parametrize("text", ["", "a/b", "@leg-1", "a/b@", "a@leg-1", "/b@leg-1"])
def test_what_is_no_id_of_a_verdict(text: str) -> None:
    with pytest.raises(UnknownName, match="is not the id of a verdict"):
        parse_id(text)
    assert parse_id("a/b/c@leg-1").construction == "c"


def test_names_that_an_audit_does_not_have(reference: Casefile) -> None:
    law = law_of(reference)
    audited = auditing.audit(reference, law)
    with reading(audited) as read:
        subject = next(iter(audited.matrix.events.values())).file.subject.id
        check_wanted(
            read, Wanted(by=("jgg-class",), construction="wheels-up/oral", event="leg-1", subject=subject)
        )
        for wanted, words in (
            (Wanted(by=("jgg-clas",)), "Did you mean `jgg-class`"),
            (Wanted(construction="wheels-up/orl"), "Did you mean `wheels-up/oral`"),
            (
                Wanted(event="leg-9"),
                "`leg-9` is not the id of an event or the address of a row of this build",
            ),
            (Wanted(subject="nobody"), "`nobody` is not a subject of some verdict"),
        ):
            with pytest.raises(UnknownName) as refused:
                check_wanted(read, wanted)
            assert words in str(refused.value)
        assert row_of(read, "000000000000:a:1") is None
        assert row_in_words(read, 1, Words("en")) == "…"
        assert _recorded(read, None, Words("en")) == ("", "…")
    heard = said(reference.root, "why", "jgg-class/no-removal/wheels-up/oral@nothing")
    assert (heard.code, "nothing" in heard.err) == (1, True)


def test_an_address_is_a_row_of_the_build_or_none(small: Casefile) -> None:
    with open_tables(small) as built:
        source = built.receipt.sources[-1]
        read: Any = SimpleNamespace(built=built)
        number = row_of(read, f"{source.source}:{source.sheets[0]}:7")
        assert number is not None
        assert built.address(number) == f"{source.source}:{source.sheets[0]}:7"
        assert row_of(read, f"{source.source}:no such sheet:7") is None
        assert row_of(read, "leg-1") is None


def test_an_audit_without_anything_to_judge(tmp_path: Path) -> None:
    assert said(tmp_path, "new", "case").code == 0
    assert (
        "nothing to audit: the casefile is not built, and events/ is empty"
        in said(tmp_path / "case", "audit").err
    )


def test_kept_audits_that_are_damaged_or_of_other_law(
    reference: Casefile, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = law_of(reference)
    folder = auditing.audit(reference, law).folder
    n = auditing.check_audit_bytes(reference)
    assert n == 1 + len(list(folder.glob("*.parquet")))
    path = folder / auditing.AUDIT
    written = path.read_bytes()
    # another law: not judged again, and said
    path.write_bytes(written.replace(law.fingerprint.encode(), b"0" * len(law.fingerprint)))
    assert auditing.check_audits(reference, law) == (
        "0 audits judged again to the same verdicts; 1 made by other code, rules, orders, events or records than"
        " there are now"
    )
    path.write_bytes(written[:-1])
    with pytest.raises(CasefileError, match="the audit is damaged"):
        auditing.check_audits(reference, law)
    with pytest.raises(CasefileError, match="changed since it was written"):
        auditing.check_audit_bytes(reference)
    path.write_bytes(written)
    (verdicts, *_) = sorted(folder.glob("*.parquet"))
    kept = verdicts.read_bytes()
    verdicts.unlink()
    with pytest.raises(CasefileError, match="the audit is damaged"):
        auditing.check_audits(reference, law)
    verdicts.write_bytes(kept)
    # one that may only be read is read as it stands
    monkeypatch.setattr(auditing.os, "access", lambda *_: False)
    log = reference.log.read_bytes()
    assert auditing.audit(reference, law).folder == folder
    assert reference.log.read_bytes() == log


def test_moments_are_worked_out_once(reference: Casefile) -> None:
    moments = _Moments(law_of(reference), Trust(), None)
    first = moments["leg-1.departure"]
    assert moments["leg-1.departure"] is first


def test_moments_of_two_events_need_not_follow_each_other(reference: Casefile) -> None:
    found = measured_of(reference)(ElapsedFile(since="leg-3.departure", until="leg-1.departure", unit="hour"))
    assert found.hi is not None
    assert found.hi < Fraction(0)


def test_an_answer_is_kept_of_the_casefile_it_was_asked_of(reference: Casefile) -> None:
    asked, answer = filled(Totals, n=0, widths={}), Totals(n=0, widths={})
    with pytest.raises(CasefileError, match=r"changed while `totals` was worked out\. Ask again"):
        keep(reference, "totals", asked, answer, of="another")


def test_a_recorded_event_of_nobody_in_particular_names_its_rows_alone() -> None:
    read: Any = SimpleNamespace(
        audited=SimpleNamespace(
            matrix=SimpleNamespace(events={}), law=SimpleNamespace(rules=built_in_rules())
        )
    )
    nobody = SimpleNamespace(
        event="s:a:2", subject=None, release="R", order=None, rule="hold-room-limit", addresses=("s:a:2",),
        event_from="2025-01-01", event_until="2025-01-02", event_clock="as recorded",
    )  # fmt: skip
    known = SimpleNamespace(**vars(nobody) | {"subject": "p"})
    lines, more = (_event_lines(read, one, None, Words("en")) for one in (nobody, known))  # type: ignore[arg-type]
    assert "2025-01-01" in lines[-1]
    assert [line for line in more if line not in lines] == [Words("en")("subject", subject="R / p")]


def test_a_language_that_there_is_not() -> None:
    with pytest.raises(UnknownName, match="`de` is not a language"):
        Words("de")


# --- verification ---------------------------------------------------------------------------------------


def test_builds_are_compared_by_what_they_say(small: Casefile) -> None:
    _, receipt = receipts.built(small)
    verifying._compare(receipt, receipt)
    changed = msgspec.structs.replace
    first = receipt.tables[0]
    other = changed(receipt, digest="0" * 64, tables=[changed(first, sha256="0" * 64), *receipt.tables[1:]])
    with pytest.raises(CasefileError, match=rf"the digest is 0+, not .*; other than before: {first.name}$"):
        verifying._compare(receipt, other)
    with pytest.raises(
        CasefileError, match=r"other than before: the sources \(the build is by version 0\.0\.1, this is "
    ):
        verifying._compare(changed(receipt, version="0.0.1"), changed(receipt, digest="0" * 64))
    with pytest.raises(CasefileError, match=r"the build is by other code than that of this version"):
        verifying._compare(changed(receipt, code="other"), changed(receipt, digest="0" * 64))
    fewer = changed(receipt, sources=receipt.sources[:1])
    with pytest.raises(CasefileError, match="the receipt of the build says other things of its sources"):
        verifying._compare(receipt, fewer)


def test_tables_that_are_gone_or_not_covered(case: Casefile, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, receipt = receipts.built(case)
    assert verifying._check_tables(case).startswith(f"{len(receipt.tables)} tables as they were built")
    monkeypatch.setattr(
        verifying, "_current", lambda _: (folder, msgspec.structs.replace(receipt, digest="0" * 64))
    )
    with pytest.raises(CasefileError, match="the digest does not cover the tables and sources"):
        verifying._check_tables(case)
    (path,) = receipts.table_files(folder, receipt.tables[0].name)
    path.unlink()
    with pytest.raises(CasefileError, match=f"the table {receipt.tables[0].name} is missing"):
        verifying._check_tables(case)


def test_files_beside_the_tables_are_equal_in_bytes_or_in_content(tmp_path: Path) -> None:
    kept, again = tmp_path / "kept", tmp_path / "again"
    kept.mkdir()
    again.mkdir()
    rows = pa.table({"a": [1, 2, 2]})

    def compare() -> None:
        with connect() as reader:
            verifying._compare_files(reader, kept, again, "*")

    for folder in (kept, again):
        (folder / "report.json").write_text("{}", encoding="utf-8")
        (folder / "files.json").write_text(str(folder), encoding="utf-8")  # the seal of a folder is its own
        pq.write_table(rows, folder / "rows.parquet", compression="zstd" if folder == kept else "none")
    compare()
    pq.write_table(rows.slice(1), again / "rows.parquet")
    with pytest.raises(CasefileError, match=r"rows\.parquet is not what reading the originals gives"):
        compare()
    (again / "rows.parquet").unlink()
    with pytest.raises(CasefileError, match=r"rows\.parquet is not what reading the originals gives"):
        compare()
    (kept / "rows.parquet").unlink()
    pq.write_table(rows, again / "rows.parquet")
    with pytest.raises(CasefileError, match=r"rows\.parquet is missing"):
        compare()
    (again / "rows.parquet").unlink()
    (again / "report.json").write_text("{ }", encoding="utf-8")
    with pytest.raises(CasefileError, match=r"report\.json is not what reading the originals gives"):
        compare()
