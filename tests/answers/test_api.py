"""paradero.open: a case that answers in the terms of its users, against what the commands print."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from casefile.made import copied, new_reference, said
from casefile.shared import TOGETHER
from documents.made import case_with

import paradero
from paradero.casefile.folder import Casefile
from paradero.model.errors import CasefileError, UnknownName

pytestmark = TOGETHER

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def own(whole: Casefile, tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """A copy: an audit is kept, and the casefile that tests share is only read."""
    return copied(whole, tmp_path_factory.mktemp("api") / "case")


@pytest.fixture(scope="module")
def case(own: Casefile) -> paradero.Case:
    return paradero.open(own.root)


def test_every_answer_is_what_the_command_prints(own: Casefile, case: paradero.Case) -> None:
    for name, answer in (
        ("unaccounted", case.unaccounted()),
        ("conflicts", case.conflicts()),
        ("transfers", case.transfers()),
        ("reconcile", case.reconcile()),
    ):
        printed = said(own.root, name, "--json").json
        assert json.loads(json.dumps(answer.to_dicts(), default=_plain)) == printed["rows"]
        assert (answer.scope, answer.digest) == (printed["scope"], printed["digest"])
        assert len(answer) == printed["n_rows"]
    days = ("--from", "2025-01-01", "--to", "2025-01-31")
    printed = said(own.root, "headcount", "--definition", "uwchr", "--by", "state", *days, "--json").json
    counted = case.headcount("uwchr", by="state", first="2025-01-01", last="2025-01-31")
    assert json.loads(json.dumps(counted.to_dicts(), default=_plain)) == printed["rows"]


def test_a_person_at_a_time(own: Casefile, case: paradero.Case) -> None:
    interval = case.unaccounted()[0]
    assert interval.since is not None
    time = interval.since.isoformat()[:16]
    person = case.person(interval.unique_identifier)
    assert person.history.unique_identifier == interval.unique_identifier
    printed = said(own.root, "person", interval.unique_identifier, "--at", time, "--json").json
    (history,) = printed["persons"]
    assert person.at(time).to_dicts() == history["at"]["whereabouts"]
    assert any(each.state == "unaccounted" for each in person.at(time))


def test_verdicts_are_explained_and_asked_about(own: Casefile, case: paradero.Case) -> None:
    audit = case.audit()
    printed = said(own.root, "audit", "--only", "hold-room-limit", "--json").json
    found = audit.verdicts("hold-room-limit")
    assert [each.id for each in found] == [row["id"] for row in printed["rows"]]
    assert found[0].id in audit.why(found[0].id)
    assert len(audit.summary) > 10
    assert audit.requests("hold-room-limit")[0].draft


def test_flights_without_records_say_what_is_missing(tmp_path: Path) -> None:
    """A build would fail: there is nothing to build from."""
    reference = tmp_path / "case"
    assert said(tmp_path, "new", "case", "--from", "cecot-2025").code == 0
    with pytest.raises(CasefileError, match=r"holds no records to answer from\. Add files of records with"):
        paradero.open(reference).flights()
    heard = said(reference, "flights", "match")
    assert (heard.code, heard.out, "`paradero add FILE`, then run `paradero build`." in heard.err) == (
        1,
        "",
        True,
    )


def test_flights_are_matched_with_the_records(matched: Path) -> None:
    folder = matched
    printed = said(folder, "flights", "match", "legs.csv", "--json").json
    flights = paradero.open(folder).flights(folder / "legs.csv")
    for name in ("legs", "links", "counts"):
        assert as_printed(getattr(flights, name).to_dicts()) == printed[name]
    assert as_printed(flights.unmatched.as_json()) == printed["unmatched"]
    assert (flights.links.scope, flights.links.digest) == (printed["scope"], printed["digest"])
    assert flights.links.to_arrow().num_rows == len(printed["links"])
    later = paradero.open(folder).flights(folder / "legs.csv", first="2025-03-20", last="2025-03-20")
    assert {leg.id for leg in later.legs} == {"legs.csv:3", "legs.csv:4"}
    with pytest.raises(UnknownName, match="2025-03-15"):
        paradero.open(folder).flights(first="yesterday")


def test_documents_are_what_they_mention(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("The price was $4.76 million on March 15, 2025.\n", encoding="utf-8")
    folder = case_with(tmp_path, tmp_path / "letter.txt")
    case = paradero.open(folder)
    printed = said(folder, "documents", "mentions", "--json").json
    found = case.documents()
    assert as_printed(found.to_dicts()) == printed["rows"]
    assert (found.scope, found.digest) == (printed["scope"], printed["digest"])
    assert [each.text for each in case.documents("letter.txt", kind="amount")] == ["$4.76 million"]
    assert len(case.documents(state="confirmed")) == 0
    with pytest.raises(UnknownName, match="no-such-document"):
        case.documents("no-such-document")


def test_money_and_who_is_behind_it(companies: Path) -> None:
    folder = companies
    case = paradero.open(folder)
    printed = said(folder, "awards", "--json").json
    assert case.awards()[0].obligated == 150
    assert (
        as_printed(case.awards("HOLDING EXAMPLE").to_dicts())[0]["award_key"]
        == printed["rows"][0]["award_key"]
    )
    assert (case.awards().scope, case.awards().digest) == (printed["scope"], printed["digest"])
    exposure = case.exposure("Fund")
    assert (
        exposure.n_paths == len(exposure.paths) == said(folder, "exposure", "Fund", "--json").json["n_paths"]
    )
    assert {step.relation for step in exposure.paths[0].edges} >= {"owns", "parent_of"}
    for ask in (case.awards, case.exposure):
        with pytest.raises(UnknownName, match="Nobody"):
            ask("Nobody at all")


def test_a_case_verifies_itself(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("On March 15, 2025 it left.\n", encoding="utf-8")
    case = paradero.open(case_with(tmp_path, tmp_path / "letter.txt"))
    assert case.verify().verified
    (kept,) = case.casefile.sources.iterdir()
    kept.chmod(0o644)
    kept.write_text("On March 16, 2025 it left.\n", encoding="utf-8")
    found = case.verify(quick=True)
    assert not found.verified
    assert "originals" in {each.check for each in found.checks if each.failed}


def test_rows_become_tables_and_a_notebook_shows_them(case: paradero.Case) -> None:
    transfers = case.transfers(status="signed")
    table = transfers.to_arrow()
    assert isinstance(table, pa.Table)
    assert table.num_rows == len(transfers)
    assert table.schema.metadata[b"digest"].decode() == transfers.digest
    shown = transfers._repr_html_()
    assert shown.count("<tr>") == 21
    assert "Scope: Nobody in these records exists." in shown
    assert case.table("stays").num_rows > 0
    address = transfers[0].from_row_address
    assert case.rows(address)[0].address == address
    assert transfers[:2] == tuple(transfers)[:2]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> paradero.Case:
    """Give the reference case, of counts, costs and claims."""
    folder = tmp_path_factory.mktemp("books") / "case"
    new_reference(folder)
    return paradero.open(folder)


def test_a_balance_is_what_the_command_prints(reference: paradero.Case) -> None:
    for options, balance in (
        ((), reference.balance()),
        (
            ("--without", "WOLA analyst", "--evidence", "press,official"),
            reference.balance(evidence=["press", "official"], without=["WOLA analyst"]),
        ),
    ):
        printed = said(reference.casefile.root, "balance", *options, "--json").json
        assert balance.to_dicts() == printed["rows"]
        assert balance.conflicts.to_dicts() == printed["conflicts"]
        assert balance.unaccounted.to_dicts() == printed["unaccounted"]
        for rows in (balance, balance.conflicts, balance.unaccounted):
            assert (rows.scope, rows.digest) == (printed["scope"], printed["digest"])
    assert balance.to_arrow().num_rows == len(balance)
    assert {each.id for each in balance.unaccounted} <= {count.id for count in balance}


def test_costs_are_what_the_command_prints(reference: paradero.Case) -> None:
    folder = reference.casefile.root
    assert reference.costs().to_dicts() == said(folder, "costs", "list", "--json").json["rows"]
    switched = reference.costs("saving", on=["bed-rate-fy2023"])
    printed = said(folder, "costs", "list", "saving", "--with", "bed-rate-fy2023", "--json").json
    assert switched.to_dicts() == printed["rows"]
    assert (switched.scope, switched.digest) == (printed["scope"], printed["digest"])
    assert "bed-rate-fy2023" in switched[0].assumed
    assert switched.to_arrow().num_rows == 1


def test_claims_are_what_the_command_prints(reference: paradero.Case) -> None:
    claims = reference.claims()
    printed = said(reference.casefile.root, "claims", "check", "--json").json
    assert claims.to_dicts() == printed["rows"]
    assert claims.findings.to_dicts() == printed["findings"]
    assert claims.summary.as_json() == printed["summary"]
    assert (claims.scope, claims.digest) == (printed["scope"], printed["digest"])
    # of claims on times the bounds are times, of others numbers: a table has both as text
    assert {type(claim.lo) for claim in claims} >= {int, str}
    table = claims.to_arrow()
    assert table["lo"].to_pylist() == [None if claim.lo is None else str(claim.lo) for claim in claims]


def test_books_that_are_not_there_are_told(reference: paradero.Case, tmp_path: Path) -> None:
    assert said(tmp_path, "new", "case").code == 0
    empty = paradero.open(tmp_path / "case")
    for asked in (empty.balance, empty.costs, empty.claims):
        with pytest.raises(CasefileError):
            asked()
    with pytest.raises(UnknownName, match="savings"):
        reference.costs("savings")
    with pytest.raises(UnknownName, match="WOLA analysts"):
        reference.balance(without=["WOLA analysts"])


def test_errors_are_sentences_and_a_callers_own_comes_through(case: paradero.Case, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="no-such-person"):
        case.person("no-such-person")
    with pytest.raises(CasefileError):
        paradero.open(tmp_path)
    with pytest.raises(UnknownName, match="evidence"):
        case.audit(evidence=["rumour"])
    with pytest.raises(ZeroDivisionError), paradero.open_tables(case.casefile, "stays"):
        1 / 0  # noqa: B018


def test_df_says_what_to_install_where_nothing_is(case: paradero.Case) -> None:
    code = (
        "import sys\n"
        "class Without:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('pandas', 'polars'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Without())\n"
        "import paradero\n"
        f"rows = paradero.open({str(case.casefile.root)!r}).conflicts()\n"
        "try:\n    rows.df()\nexcept ImportError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install pandas" in done.stdout


def test_type_checkers_see_the_same_names() -> None:
    stub = ast.parse((ROOT / "src" / "paradero" / "__init__.pyi").read_text(encoding="utf-8"))
    declared = {
        alias.asname: (node.module, alias.name)
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    public = {name: (module, name) for name, module in paradero._PUBLIC.items()}
    public["open"] = ("paradero.api.case", "open_case")
    assert declared == public
    assert (ROOT / "src" / "paradero" / "py.typed").exists()


def as_printed(value: object) -> Any:
    return json.loads(json.dumps(value, default=_plain))


def _plain(value: object) -> str:
    return value.isoformat(sep=" ") if hasattr(value, "hour") else str(value)
