"""The JSON of every command is what the answer behind it declares, in the order declared."""

from __future__ import annotations

import json
import typing
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from casefile.made import new_reference, said
from casefile.shared import TOGETHER
from documents.made import NEW, case_with, confirmed, mentions

from paradero.answers.answered import Answered
from paradero.answers.books.agreements import AgreementStated
from paradero.answers.books.answers import BalanceAnswer, ClaimsAnswer, CostsAnswer
from paradero.answers.companies.award_values import Award, Awards, Recipient
from paradero.answers.companies.companies import ListedCompany
from paradero.answers.companies.company_imports import ImportedCompanies
from paradero.answers.companies.exposure_values import Exposure, Link, Step
from paradero.answers.counts.counting import WIDTHS
from paradero.answers.counts.defining import Definitions
from paradero.answers.counts.headcounts import Headcount, Headcounts, kind_by
from paradero.answers.counts.questions import BesideCapacity, Change, LongStint
from paradero.answers.counts.reconciling import Reconciliation
from paradero.answers.documents.document_values import Confirmed, ListedDocument, ListedMention, Rejected
from paradero.answers.explaining import ExplainedStep
from paradero.answers.flights.flight_values import FlightMatches
from paradero.answers.original import OriginalRow
from paradero.answers.people.history import Histories, History
from paradero.answers.people.listing import CONFLICTS, TRANSFERS, UNACCOUNTED, Listed
from paradero.answers.status import Status
from paradero.answers.verification.verifying import Verification
from paradero.building.document_tables import MENTIONS
from paradero.building.stages import groupings
from paradero.building.tables import legible, open_tables
from paradero.casefile.folder import Casefile
from paradero.figures.figure import Figures
from paradero.flights.fabricated import fabricated_trace
from paradero.flights.gap_values import ShownCrossing, ShownGap
from paradero.flights.leg_values import ShownLeg, StatedLeg
from paradero.model.answer import Answer, columns_of

pytestmark = TOGETHER


def schema_of(kind: Any) -> dict[str, Any]:
    """The JSON schema of an answer, in which nothing may stand that is not declared; exact amounts are
    printed as numbers.
    """
    schema: dict[str, Any] = with_numbers(msgspec.json.schema(kind))
    for one in schema.get("$defs", {}).values():
        if one.get("type") == "object" and "properties" in one:
            one["additionalProperties"] = False
    return schema


def with_numbers(schema: Any) -> Any:
    if isinstance(schema, list):
        return [with_numbers(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "decimal":
        return {"type": "number"}
    return {name: with_numbers(part) for name, part in schema.items()}


ASKED: dict[str, tuple[Any, list[str]]] = {
    "unaccounted": (Listed[UNACCOUNTED.count, UNACCOUNTED.row], ["unaccounted"]),  # type: ignore[name-defined]
    "conflicts": (Listed[CONFLICTS.count, CONFLICTS.row], ["conflicts"]),  # type: ignore[name-defined]
    "transfers": (Listed[TRANSFERS.count, TRANSFERS.row], ["transfers", "--limit", "30"]),  # type: ignore[name-defined]
    "definitions": (Definitions, ["definitions"]),
    "reconcile": (Reconciliation, ["reconcile", "--status", "agrees", "--limit", "30"]),
    "longest": (Answered[LongStint], ["longest", "--limit", "30"]),
    "capacity": (Answered[BesideCapacity], ["capacity", "--all", "--limit", "30"]),
    "changes": (Answered[Change], ["changes"]),
    "status": (Status, ["status"]),
    "figures": (Figures, ["figures", "unaccounted-people", "transfers-unsigned"]),
}


@pytest.mark.parametrize("name", sorted(ASKED))
def test_json_is_as_declared(whole: Casefile, name: str) -> None:
    kind, arguments = ASKED[name]
    heard = said(whole.root, *arguments, "--json")
    assert heard.code in (0, 2), heard.err
    jsonschema.validate(heard.json, schema_of(kind))
    assert list(heard.json) == columns_of(typing.get_origin(kind) or kind)


def test_the_json_of_a_person_is_as_declared(whole: Casefile) -> None:
    with open_tables(whole, "persons") as built:
        ids = built.rows("SELECT unique_identifier AS id FROM persons ORDER BY id LIMIT 8")
    for row in ids:
        for arguments in (
            ["person", row["id"], "--json"],
            ["person", row["id"], "--at", "2024-05", "--json"],
        ):
            heard = said(whole.root, *arguments)
            jsonschema.validate(heard.json, schema_of(Histories))
            assert list(heard.json["persons"][0]) == columns_of(History)


@pytest.mark.parametrize("by", ["detention_facility_code", "state", "everywhere"])
def test_the_json_of_headcounts_is_as_declared(whole: Casefile, by: str) -> None:
    named = ["--on", "2024-05-10", "--assuming", "placed"] if by == "state" else []
    heard = said(whole.root, "headcount", "--by", by, *named, "--json", "--limit", "9")
    schema = schema_of(Headcounts)
    schema["$defs"]["Headcount"] = schema_of(kind_by(by))["$defs"]["Headcount"]
    jsonschema.validate(heard.json, schema)
    assert [next(iter(row)) for row in heard.json["rows"]] == [by] * len(heard.json["rows"])
    assert heard.json["rows"]


def test_headcounts_declare_every_cause_of_doubt() -> None:
    columns = columns_of(Headcount)
    assert tuple(name for name in columns if name.startswith("hi_less_lo_")) == WIDTHS
    for by in groupings():
        assert columns_of(kind_by(by)) == [by, *columns[1:]]


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        *((listing.table, listing.row) for listing in (UNACCOUNTED, CONFLICTS, TRANSFERS)),
        ("stint_lengths", LongStint),
        ("capacity_comparisons", BesideCapacity),
        ("workbook_changes", Change),
    ],
)
def test_rows_of_a_table_declare_its_columns(whole: Casefile, table: str, kind: type[Answer]) -> None:
    """In the table's order, which is that of JSON; what an answer adds comes after."""
    with open_tables(whole, table) as built:
        columns = legible(built, table).columns
    assert columns_of(kind)[: len(columns)] == columns


def test_the_json_of_tables_and_rows_is_as_declared(whole: Casefile) -> None:
    for arguments in ([], ["unaccounted"]):
        jsonschema.validate(
            said(whole.root, "explain", *arguments, "--json").json["rows"], schema_of(list[ExplainedStep])
        )
    address = said(whole.root, "transfers", "--limit", "1", "--json").json["rows"][0]["from_row_address"]
    jsonschema.validate(
        said(whole.root, "rows", address, "--json").json["rows"], schema_of(list[OriginalRow])
    )


# what books answer has no digest of its own: a kept answer must not change with files that it does not rest on
ASKED_OF_BOOKS: dict[str, tuple[type[Answer], list[str]]] = {
    "balance": (BalanceAnswer, ["balance"]),
    "balance without": (
        BalanceAnswer,
        ["balance", "--without", "WOLA analyst", "--evidence", "press,official"],
    ),
    "costs": (CostsAnswer, ["costs", "list", "--with", "bed-rate-fy2023"]),
    "claims": (ClaimsAnswer, ["claims", "check"]),
    "claims with known pairs": (ClaimsAnswer, ["claims", "check", "--yardstick"]),
}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the reference case, of counts, costs and claims."""
    folder = tmp_path_factory.mktemp("books") / "case"
    new_reference(folder)
    return folder


@pytest.mark.parametrize("name", sorted(ASKED_OF_BOOKS))
def test_the_json_of_books_is_as_declared(reference: Path, name: str) -> None:
    kind, arguments = ASKED_OF_BOOKS[name]
    heard = said(reference, *arguments, "--json")
    assert heard.code in (0, 2), heard.err
    assert list(heard.json) == ["scope", "digest", *columns_of(kind)[1:]]
    found = {key: value for key, value in heard.json.items() if key != "digest"}
    jsonschema.validate(found, schema_of(kind))
    assert json.dumps(msgspec.convert(found, kind).as_json()) == json.dumps(found)
    assert found["rows"]


def test_the_json_of_agreements_is_as_declared(reference: Path) -> None:
    rows = said(reference, "agreements", "--json").json["rows"]
    jsonschema.validate(rows, schema_of(list[AgreementStated]))
    assert json.dumps(
        [each.as_json() for each in msgspec.convert(rows, list[AgreementStated])]
    ) == json.dumps(rows)


def check_declared(folder: Path, kind: Any, *arguments: str) -> dict[str, Any]:
    """What a command prints as JSON, which is as declared, in the order declared."""
    heard = said(folder, *arguments, "--json")
    jsonschema.validate(heard.json, schema_of(kind))
    assert list(heard.json) == columns_of(typing.get_origin(kind) or kind)
    found: dict[str, Any] = heard.json
    return found


def test_the_json_of_flights_is_as_declared(matched: Path) -> None:
    found = check_declared(matched, FlightMatches, "flights", "match", "legs.csv")
    assert all(found[part] for part in ("legs", "links", "counts", "left_out"))
    assert all(found["unmatched"][side] for side in ("legs", "missions", "transfers", "removals"))


LISTED_LEGS = "registration,origin,destination,takeoff,landing\nN101XX,KHRL,KAEX,2025-03-15T12:00/12:10,\n"


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        (ShownLeg, ["legs", "trace.json"]),
        (ShownLeg, ["legs", "trace.json", "--register", "register.csv"]),
        (StatedLeg, ["legs", "legs.csv"]),
        (StatedLeg, ["legs", "legs.csv", "--register", "register.csv"]),
        (ShownGap, ["gaps", "trace.json"]),
        (ShownGap, ["gaps", "trace.json", "--speed-kmh", "1"]),
        (ShownCrossing, ["exits", "trace.json"]),
    ],
)
def test_the_json_of_positions_is_as_declared(
    tmp_path: Path, kind: type[Answer], arguments: list[str]
) -> None:
    """In the order declared; fields that are not always there may be left out."""
    (tmp_path / "trace.json").write_text(json.dumps(fabricated_trace()), encoding="utf-8")
    (tmp_path / "legs.csv").write_text(LISTED_LEGS, encoding="utf-8")
    register = "hex,registration,operator\na00000,N101XX,Example Air\n"
    (tmp_path / "register.csv").write_text(register, encoding="utf-8")
    rows = said(tmp_path, "flights", *arguments, "--json").json["rows"]
    jsonschema.validate(rows, schema_of(list[kind]))  # type: ignore[valid-type]
    assert rows
    for row in rows:
        assert list(row) == [name for name in columns_of(kind) if name in row]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casefile with a letter that mentions an amount, a time and an aircraft."""
    folder = tmp_path_factory.mktemp("documents")
    letter = "On March 15, 2025, at 5:26 p.m. EDT it left. The price was $4.76 million for N278GX.\n"
    (folder / "letter.txt").write_text(letter, encoding="utf-8")
    return case_with(folder, folder / "letter.txt")


def test_the_json_of_documents_is_as_declared(documents: Path) -> None:
    names = {str(one["text"]): str(one["mention"]) for one in mentions(documents)}
    done = confirmed(documents, names["$4.76 million"], *NEW, "--rounded", "--json").json
    jsonschema.validate({name: done[name] for name in done if name != "scope"}, schema_of(Confirmed))
    done = said(
        documents, "documents", "reject", names["N278GX"], "--by", "R", "--why", "No claim.", "--json"
    ).json
    jsonschema.validate({name: done[name] for name in done if name != "scope"}, schema_of(Rejected))
    for kind, verb in ((ListedDocument, "list"), (ListedMention, "mentions")):
        rows = said(documents, "documents", verb, "--json").json["rows"]
        jsonschema.validate(rows, schema_of(list[kind]))  # type: ignore[valid-type]
        assert list(rows[0]) == columns_of(kind)
    shown = said(documents, "documents", "show", names["N278GX"], "--json").json
    jsonschema.validate(
        {name: value for name, value in shown.items() if name not in ("scope", "digest")},
        schema_of(ListedMention),
    )


def test_the_json_of_awards_is_as_declared(companies: Path) -> None:
    found = said(companies, "awards", "--json").json
    assert list(found.pop("definitions"))
    n_rows = found.pop("n_rows")
    jsonschema.validate(found, schema_of(Awards))
    assert n_rows == len(found["rows"]) > 1
    assert list(found["rows"][0]) == columns_of(Award)
    assert list(found["recipients"][0]) == columns_of(Recipient)


@pytest.mark.parametrize("name", ["Fund", "EXAMPLE", "Guards Example", "n000ex"])
def test_the_json_of_exposure_is_as_declared(companies: Path, name: str) -> None:
    found = said(companies, "exposure", name, "--json").json
    whole = {part: value for part, value in found.items() if part not in ("scope", "digest", "definitions")}
    jsonschema.validate(whole, schema_of(Exposure))
    assert list(whole) == columns_of(Exposure)
    assert list(whole["paths"][0]) == columns_of(Link)
    assert list(whole["paths"][0]["edges"][0]) == columns_of(Step)


def test_the_json_of_companies_is_as_declared(companies: Path, tmp_path: Path) -> None:
    rows = said(companies, "companies", "list", "--json").json["rows"]
    jsonschema.validate(rows, schema_of(list[ListedCompany]))
    assert list(rows[0]) == columns_of(ListedCompany)
    entity = {"id": "a", "schema": "Company", "properties": {"name": ["Other Example Ltd"]}}
    (tmp_path / "a.json").write_text(json.dumps(entity), encoding="utf-8")
    own = tmp_path / "case"
    assert said(tmp_path, "new", "case").code == 0
    check_declared(own, ImportedCompanies, "companies", "import", str(tmp_path / "a.json"))


@pytest.mark.parametrize("options", [[], ["--quick"]])
def test_the_json_of_a_verification_is_as_declared(documents: Path, options: list[str]) -> None:
    found = said(documents, "verify", *options, "--json").json
    whole = {part: value for part, value in found.items() if part not in ("scope", "digest")}
    jsonschema.validate(whole, schema_of(Verification))
    assert list(whole) == columns_of(Verification)


def test_mentions_declare_every_column_of_their_table() -> None:
    assert columns_of(ListedMention) == [*MENTIONS.names, "file_name", "state", "decided"]


def test_schemas_can_be_printed() -> None:
    for kind, _ in (*ASKED.values(), *ASKED_OF_BOOKS.values()):
        assert json.loads(json.dumps(msgspec.json.schema(kind)))["$defs"]
