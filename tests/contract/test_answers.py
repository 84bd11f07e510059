"""Answers are frozen values with declared attributes, and their queries are written down, not put together."""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import importlib
import inspect
import json
import pkgutil
import re
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import jsonschema
import msgspec
import pytest
from casefile.made import new_reference, said
from casefile.shared import TOGETHER
from documents.made import NEW, case_with, confirmed, mentions

import paradero
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
from paradero.model.answer import Answer, columns_of

pytestmark = TOGETHER

SOURCE = Path(paradero.__file__).parent
ROOMS = tuple(
    f"paradero.answers.{room}"
    for room in ("people", "counts", "books", "companies", "documents", "flights", "verification")
)
MODULES = [
    *(
        f"paradero.answers.{name}"
        for name in ("answered", "drift", "explaining", "instants", "original", "source_status", "status")
    ),
    *(f"{room}.{found.name}" for room in ROOMS for found in pkgutil.iter_modules(importlib.import_module(room).__path__)),
]  # fmt: skip


def public(name: str) -> list[tuple[str, Any]]:
    """The public functions of a module and the public methods of its classes, each with its name."""
    module = importlib.import_module(name)
    found: list[tuple[str, Any]] = []
    for label, one in vars(module).items():
        if label.startswith("_") or getattr(one, "__module__", None) != name:
            continue
        if inspect.isfunction(one):
            found.append((label, one))
        elif inspect.isclass(one):
            found.append((label, one))
            found += [
                (f"{label}.{method}", each)
                for method, each in vars(one).items()
                if inspect.isfunction(each) and not method.startswith("_")
            ]
    return found


def mentions_any(hint: Any) -> bool:
    return hint is Any or any(mentions_any(part) for part in typing.get_args(hint))


@pytest.mark.parametrize("name", MODULES)
def test_no_public_signature_of_an_answer_says_any(name: str) -> None:
    found = [
        f"{label}: {part}"
        for label, one in public(name)
        for part, hint in typing.get_type_hints(one).items()
        if mentions_any(hint)
    ]
    assert found == []


PLAIN = (str, int, float, bool, type(None), dt.date, Path, duckdb.DuckDBPyRelation)


def is_value(hint: Any) -> bool:
    """Whether it is an answer, what else is frozen, a plain value, a collection of these, or a function that
    gives them.
    """
    if isinstance(hint, TypeVar) or hint in (*PLAIN, ...):
        return True
    parts = [part for part in typing.get_args(hint) if part is not ...]
    if typing.get_origin(hint) is Callable:
        return is_value(parts[-1])
    if parts:
        return all(map(is_value, parts))
    if not inspect.isclass(hint):
        return False
    return (issubclass(hint, msgspec.Struct) and hint.__struct_config__.frozen) or (
        dataclasses.is_dataclass(hint) and hint.__dataclass_params__.frozen
    )


@pytest.mark.parametrize("name", MODULES)
def test_public_functions_answer_with_values(name: str) -> None:
    given = {
        label: typing.get_type_hints(one).get("return")
        for label, one in public(name)
        if inspect.isfunction(one)
    }
    assert {label: hint for label, hint in given.items() if not is_value(hint)} == {}


@pytest.mark.parametrize("name", MODULES)
def test_rows_are_values(name: str) -> None:
    """No name stands for `dict[str, Any]`, and every value is frozen."""
    module = importlib.import_module(name)
    text = Path(module.__file__ or "").read_text(encoding="utf-8")
    assert "dict[str, Any]" not in text
    structs = [one for _, one in public(name) if inspect.isclass(one) and issubclass(one, msgspec.Struct)]
    assert [one.__name__ for one in structs if not one.__struct_config__.frozen] == []


# ---- SQL is written down -------------------------------------------------------------------------------------

# modules that still put SQL together; the list must only shrink
STILL_ASSEMBLING = {
    "building/overlaps.py",
    "building/trials.py",
    "demo/planted.py",
    "law/confined.py",
    "law/order_judging.py",
    "sources/sheets/prints.py",
    "sources/sheets/rows.py",
    "sources/values/dates.py",
    "sources/values/typed.py",
}
SQL = re.compile(r"\b(?:SELECT|FROM|WHERE|JOIN|(?:ORDER|GROUP) BY)\b")


def constant(node: ast.AST) -> str:
    """All text that stands in an expression."""
    return " ".join(
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def assembled(path: Path) -> list[int]:
    """The lines on which text with words of SQL is put together with something else."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        is_put_together = (
            (isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values))
            or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod))
            or (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("format", "join", "replace")
            )
        )  # fmt: skip
        if is_put_together and SQL.search(constant(node)):
            found.append(getattr(node, "lineno", 0))
    return found


def test_sql_is_written_down_not_put_together() -> None:
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE).parts[0] != "engines" and assembled(path)
    }
    assert found - STILL_ASSEMBLING == set(), "write the query into a .sql file: see engines/queries.py"
    assert STILL_ASSEMBLING - found == set(), "take from the list what no longer puts SQL together"


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ('f"SELECT * FROM {table}"', True),
        ('"SELECT * FROM " + table', True),
        ('"SELECT {} FROM t".format(column)', True),
        ('" JOIN ".join(tables)', True),
        ('"SELECT %s" % column', True),
        ('"SELECT a" " FROM b"', False),
        ('f"from {here} to {there}"', False),
        ('rows("SELECT a FROM b WHERE c = $c", {"c": c})', False),
    ],
)
def test_putting_together_is_found(text: str, is_found: bool, tmp_path: Path) -> None:
    path = tmp_path / "asking.py"
    path.write_text(text, encoding="utf-8")
    assert bool(assembled(path)) is is_found


# ---- JSON is as declared -------------------------------------------------------------------------------------


def schema_of(kind: Any) -> dict[str, Any]:
    """The JSON schema of an answer, in which nothing may stand that is not declared; exact amounts are printed
    as numbers.
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
