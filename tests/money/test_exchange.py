"""Graphs of companies out and in: FollowTheMoney and Open Ownership; natural persons stay out, nothing is
half-written, provenance stays.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from casefile.made import Said, said

# properties of the schemata that are written, as followthemoney 4.11 declares them (inherited ones included)
THING = {"name", "alias", "summary", "notes", "description", "sourceUrl", "publisher", "addressEntity"}
LEGAL = THING | {"uniqueEntityId", "leiCode", "dunsCode", "registrationNumber"}
LINK = {"role", "startDate", "endDate", "date", "summary", "description", "sourceUrl", "publisher"}
PROPERTIES = {
    "Company": LEGAL | {"cageCode", "irsCode", "cikCode", "amount", "currency"}, "PublicBody": LEGAL | {"cageCode"}, "Organization": LEGAL | {"cageCode"},
    "LegalEntity": LEGAL, "RealEstate": THING | {"registrationNumber"}, "Airplane": THING | {"registrationNumber", "operator"},
    "Contract": THING | {"title", "contractDate", "amount", "currency", "procedureNumber"}, "Event": THING | {"startDate", "endDate", "date"}, "Address": {"full"},
    "Ownership": LINK | {"owner", "asset", "percentage", "ownershipType"}, "ContractAward": LINK | {"supplier", "contract", "amount", "currency"},
    "UnknownLink": LINK | {"subject", "object"},
}  # fmt: skip
REQUIRED = {
    "Company": {"name"},
    "Contract": {"title"},
    "Ownership": {"owner", "asset"},
    "ContractAward": {"supplier", "contract"},
    "Event": {"name"},
}

SAID = (
    'by = "The register"\nevidence = "record"\nseen = ["https://example.org/register"]\ndated ='
    ' "2024-06-01"\n'
)
DECLARED = f"""id = "c"
title = "C"

[[party]]
id = "fund"
kind = "company"
name = "Example Fund"
{SAID}
[[party]]
id = "guards"
kind = "company"
name = "Example Guards LLC"
also = ["Guards"]
identifier = [{{ scheme = "lei", value = "529900T8BM49AURSDO55" }}]
{SAID}
[[party]]
id = "plane"
kind = "aircraft"
name = "N000EX"
identifier = [{{ scheme = "tail", value = "N000EX" }}]
{SAID}
[[party]]
id = "contract"
kind = "award"
name = "Contract 1"
identifier = [{{ scheme = "award", value = "CONT_AWD_1_7012_-NONE-_-NONE-" }}]
{SAID}
[[relation]]
kind = "owns"
from = "fund"
to = "guards"
begins = "2020-01-01"
ends = "2023-12-31"
share_lo = 25.0
share_hi = 50.0
direct = true
{SAID}
[[relation]]
kind = "operates"
from = "guards"
to = "plane"
{SAID}
[[relation]]
kind = "holds"
from = "guards"
to = "contract"
{SAID}"""


def new_case(folder: Path, text: str = "") -> Path:
    assert said(folder.parent, "new", str(folder)).code == 0
    if text:
        (folder / "companies").mkdir()
        (folder / "companies" / "c.toml").write_text(text, encoding="utf-8")
    return folder


def relations(folder: Path, name: str) -> list[tuple[Any, ...]]:
    answer = said(folder, "exposure", name, "--json").json
    return [
        (
            path["nodes"][number]["name"],
            edge["relation"],
            path["nodes"][number + 1]["name"],
            edge["lo"],
            edge["hi"],
            edge["share_lo"],
            edge["share_hi"],
            edge["direct"],
        )
        for path in answer["paths"]
        for number, edge in enumerate(path["edges"])
    ]


def test_followthemoney_holds_the_schema_and_comes_back_as_it_went(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case", DECLARED)
    out = tmp_path / "graph.ftm.json"
    assert (
        said(case, "companies", "export", "--as", "ftm", "-o", str(out), "--json").json["counts"]["Ownership"]
        == 1
    )
    entities = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    ids = {each["id"] for each in entities}
    for each in entities:
        assert set(each["properties"]) <= PROPERTIES[each["schema"]], each
        assert REQUIRED.get(each["schema"], set()) <= set(each["properties"])
        assert all(isinstance(value, str) for values in each["properties"].values() for value in values)
        assert {
            each["properties"][name][0]
            for name in ("owner", "asset", "supplier", "contract")
            if name in each["properties"]
        } <= ids
    (owned,) = [each["properties"] for each in entities if each["schema"] == "Ownership"]
    assert (owned["percentage"], owned["startDate"], owned["endDate"], owned["sourceUrl"]) == (
        ["25-50"],
        ["2020-01-01"],
        ["2023-12-31"],
        ["https://example.org/register"],
    )
    again = out.read_bytes()
    assert said(case, "companies", "export", "--as", "ftm", "-o", str(out)).code == 0
    assert out.read_bytes() == again
    other = new_case(tmp_path / "other")
    assert said(other, "companies", "import", str(out), "--licence", "CC-BY-4.0").code == 0
    assert relations(other, "Example Fund") == relations(case, "Example Fund")
    assert "CC-BY-4.0" in next((other / "companies").iterdir()).read_text(encoding="utf-8")


def test_open_ownership_comes_back_as_it_went_and_entities_come_first(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case", DECLARED)
    out = tmp_path / "graph.bods.json"
    counts = said(
        case, "companies", "export", "--as", "bods", "-o", str(out), "--published-on", "2025-01-02", "--json"
    ).json["counts"]
    assert counts == {
        "entities": 2,
        "relationships": 1,
        "parties left out": 2,
        "relations left out": 2,
        "of them ended on a day that is not known": 0,
    }
    statements = json.loads(out.read_text(encoding="utf-8"))
    assert [each["recordType"] for each in statements] == ["entity", "entity", "relationship"]
    assert all(
        32 <= len(each["statementId"]) <= 64
        and each["declarationSubject"]
        and each["statementDate"] == "2024-06-01"
        for each in statements
    )
    (interest,) = statements[-1]["recordDetails"]["interests"]
    assert (interest["type"], interest["share"], interest["startDate"]) == (
        "shareholding",
        {"minimum": 25.0, "maximum": 50.0},
        "2020-01-01",
    )
    assert {
        statements[-1]["recordDetails"]["subject"],
        statements[-1]["recordDetails"]["interestedParty"],
    } == {each["recordId"] for each in statements[:2]}
    other = new_case(tmp_path / "other")
    assert said(other, "companies", "import", str(out)).code == 0
    assert relations(other, "Example Fund") == relations(case, "Example Fund")[:1]


PERSONS = [
    {"id": "p", "schema": "Person", "properties": {"name": ["PERSON ONE"]}},
    {"id": "l", "schema": "LegalEntity", "properties": {"name": ["PERSON TWO"]}},
    {
        "id": "c",
        "schema": "Company",
        "properties": {"name": ["Example Guards"], "registrationNumber": ["77"]},
    },
    {"id": "d", "schema": "Directorship", "properties": {"director": ["p"], "organization": ["c"]}},
    {"id": "o", "schema": "Ownership", "properties": {"owner": ["p"], "asset": ["c"]}},
    {
        "id": "o2",
        "schema": "Ownership",
        "properties": {"owner": ["l"], "asset": ["c"], "percentage": ["40%"]},
    },
]


def test_natural_persons_are_left_out_of_entities_and_counted(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    path = tmp_path / "persons.ftm.json"
    path.write_text("\n".join(map(json.dumps, PERSONS)), encoding="utf-8")
    done = said(case, "companies", "import", str(path), "--json").json
    assert (done["parties"], done["relations"], done["persons_left_out"]) == (1, 0, 2)
    assert done["left_out"]["relations of natural persons"] == 2
    written = (case / done["written"]).read_text(encoding="utf-8") + (case / "log.jsonl").read_text(
        encoding="utf-8"
    )
    assert "PERSON" not in written
    assert done["sha256"] in written
    before = {each: each.read_bytes() for each in case.rglob("*") if each.is_file()}
    assert said(case, "companies", "import", str(path), "--json").json["changed"] is False
    assert {each: each.read_bytes() for each in case.rglob("*") if each.is_file()} == before


def older(version: str) -> list[dict[str, Any]]:
    """Statements of version 0.2 or 0.3: a company owned by another, and by a person."""
    level = "interestLevel" if version == "0.2" else "directOrIndirect"
    sort: Any = "registeredEntity"
    made = {
        "publicationDetails": {
            "publicationDate": "2022-01-01",
            "bodsVersion": version,
            "publisher": {"name": "Register of Example"},
        },
        "statementDate": "2021-05-06",
    }
    return [
        {"statementID": "e-1", "statementType": "entityStatement", "entityType": sort, "name": "Example Guards", "identifiers": [{"id": "5", "scheme": "XI-LEI"}], **made},
        {"statementID": "e-2", "statementType": "entityStatement", "entityType": sort, "name": "Example Fund", **made},
        {"statementID": "p-1", "statementType": "personStatement", "personType": "knownPerson", "names": [{"fullName": "PERSON ONE"}], **made},
        {
            "statementID": "r-1", "statementType": "ownershipOrControlStatement", "subject": {"describedByEntityStatement": "e-1"},
            "interestedParty": {"describedByEntityStatement": "e-2"},
            "interests": [{"type": "shareholding", level: "direct", "share": {"exact": 60}, "startDate": "2019-01-01"}, {"type": "votingRights", level: "indirect"}], **made,
        },
        {"statementID": "r-2", "statementType": "ownershipOrControlStatement", "subject": {"describedByEntityStatement": "e-1"}, "interestedParty": {"describedByPersonStatement": "p-1"}, **made},
        {"statementID": "r-3", "statementType": "ownershipOrControlStatement", "subject": {"describedByEntityStatement": "e-1"}, "interestedParty": {"unspecified": {"reason": "unknown"}}, **made},
    ]  # fmt: skip


@pytest.mark.parametrize("version", ["0.2", "0.3"])
def test_older_statements_are_read_and_persons_left_out(version: str, tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    path = tmp_path / "old.json"
    path.write_text(json.dumps(older(version)), encoding="utf-8")
    done = said(case, "companies", "import", str(path), "--json").json
    assert (done["parties"], done["relations"], done["persons_left_out"]) == (2, 2, 1)
    assert done["left_out"] == {"relations of natural persons": 1, "relations with an unspecified party": 1}
    assert relations(case, "Example Guards") == [
        ("Example Fund", "controls", "Example Guards", None, None, None, None, False),
        ("Example Fund", "owns", "Example Guards", "2019-01-01T00:00:00Z", None, 60.0, 60.0, True),
    ]
    citation = said(case, "exposure", "Example Guards", "--json").json["paths"][0]["edges"][0]["citations"][0]
    assert (citation["by"], citation["dated"]) == ("Register of Example", "2021-05-06")
    assert "PERSON ONE" not in "".join(
        each.read_text(encoding="utf-8")
        for each in case.rglob("*")
        if each.is_file() and each.suffix in (".toml", ".jsonl")
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            '{"id": "a", "schema": "Company", "properties": {"name": ["X"]}}\n{"id": ',
            "line 2: not valid JSON",
        ),
        (
            '\ufeff{"id": "a", "schema": "Company", "properties": {"name": ["X"]}}\n\n[1',
            "line 3: not valid JSON",
        ),
        ('{"a": 1}', "neither FollowTheMoney entities"),
        ("[]", ": no records"),
        (json.dumps(PERSONS[0]), "no company in it (1 person left out)"),
    ],
)
def test_a_file_that_cannot_be_taken_whole_changes_nothing(content: str, words: str, tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    before = {each: each.read_bytes() for each in case.rglob("*") if each.is_file()}
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    heard = said(case, "companies", "import", str(path))
    assert heard.code == 1
    assert words in heard.err
    assert {
        each: each.read_bytes() for each in case.rglob("*") if each.is_file() and each.name != ".lock"
    } == before


def test_a_date_that_is_none_is_refused_before_anything_is_kept(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    path = tmp_path / "x.json"
    path.write_text(json.dumps(ftm("a", "Company", name=["A"])), encoding="utf-8")
    heard = said(case, "companies", "import", str(path), "--dated", "soon")
    assert (heard.code, "`--dated soon` is not a date or period" in heard.err) == (1, True)
    assert not list(case.glob("companies/*"))
    assert said(case, "companies", "import", str(path), "--dated", "2024-06").code == 0


def test_letters_that_toml_refuses_do_no_harm(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    odd = {
        "id": 'a"\n[[party]]',
        "schema": "Company",
        "properties": {
            "name": ['X "\u007f\\ [[party]]\nY'],
            "uniqueEntityId": ["EXAMPLEUEI01"],
            "publisher": ["[[relation]]"],
        },
    }
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(odd), encoding="utf-8")
    assert said(case, "companies", "import", str(path)).code == 0
    (row,) = said(case, "companies", "list", "--json").json["rows"]
    assert row["key"] == "uei:EXAMPLEUEI01"


def imported(tmp_path: Path, records: list[dict[str, Any]] | str) -> tuple[Path, Said]:
    case = new_case(tmp_path / "case")
    path = tmp_path / "given.json"
    path.write_text(
        records if isinstance(records, str) else "\n".join(json.dumps(one) for one in records),
        encoding="utf-8",
    )
    return case, said(case, "companies", "import", str(path), "--json")


def ftm(own: str, schema: str, **properties: list[str]) -> dict[str, Any]:
    return {"id": own, "schema": schema, "properties": properties}


def test_registration_numbers_of_two_countries_are_two_companies(tmp_path: Path) -> None:
    case, heard = imported(
        tmp_path,
        [
            ftm(
                "gb",
                "Company",
                name=["ALPHA FOODS LTD"],
                registrationNumber=["01234567"],
                jurisdiction=["gb"],
            ),
            ftm(
                "sk",
                "Company",
                name=["BETA PRISONS AS"],
                registrationNumber=["01234567"],
                jurisdiction=["sk"],
            ),
            ftm("o", "Company", name=["OWNER PLC"]),
            ftm("x", "Ownership", owner=["o"], asset=["sk"], percentage=["100"]),
        ],
    )
    assert heard.code == 0
    shown = said(case, "exposure", "OWNER PLC", "--json").out
    assert ("BETA PRISONS AS" in shown, "ALPHA FOODS" in shown) == (True, False)


def test_whoever_may_be_a_person_is_left_out_whatever_a_record_adds(tmp_path: Path) -> None:
    case, heard = imported(
        tmp_path,
        [
            ftm("a", "LegalEntity", name=["JANE PERSON"], registrationNumber=["77"], vatCode=["X1"]),
            ftm("b", "Company", name=["JOHN Q PERSON TRADING"]),
            ftm("b", "Person", name=["JOHN Q PERSON"]),
            ftm(
                "c",
                "Company",
                name=["Guards"],
                publisher=["John Q Person"],
                summary=["on behalf of JOHN Q PERSON"],
            ),
            ftm("d", "Company", name=["Holding"]),
            ftm(
                "x",
                "Ownership",
                owner=["d"],
                asset=["c"],
                summary=["nominee for JOHN Q PERSON, born 1970-01-01"],
                publisher=["Register"],
            ),
        ],
    )
    assert (heard.json["persons_left_out"], heard.json["left_out"]["attributions that name a person"]) == (
        2,
        1,
    )
    written = (case / "companies").glob("*.toml")
    everything = (
        "".join(path.read_text(encoding="utf-8") for path in written)
        + said(case, "exposure", "Holding", "--json").out
    )
    assert not [word for word in ("JANE", "PERSON", "John Q", "1970") if word in everything]


def bods(own: str, kind: str, **details: Any) -> dict[str, Any]:
    return {"statementId": own, "recordId": own, "recordType": kind, "recordDetails": details}


def test_an_entity_that_nobody_names_is_left_out_and_free_words_with_it(tmp_path: Path) -> None:
    case, heard = imported(
        tmp_path,
        [
            bods("u", "entity", entityType={"type": "unknownEntity"}, name="JOHN Q PERSON"),
            bods("e", "entity", entityType={"type": "registeredEntity"}, name="Guards"),
            bods("f", "entity", entityType={"type": "registeredEntity"}, name="Fund"),
            bods(
                "r",
                "relationship",
                subject="e",
                interestedParty="u",
                interests=[{"type": "shareholding", "share": {"exact": 30}}],
            ),
            bods(
                "s",
                "relationship",
                subject="e",
                interestedParty="f",
                interests=[
                    {"type": "shareholding", "details": "nominee for JOHN Q PERSON", "endDate": "31/12/2015"}
                ],
            ),
        ],
    )
    assert (heard.code, heard.json["relations"], heard.json["left_out"]["dates that could not be read"]) == (
        0,
        1,
        1,
    )
    assert "JOHN Q" not in "".join(
        path.read_text(encoding="utf-8") for path in (case / "companies").glob("*.toml")
    )


HOSTILE = [
    ("[" * 100_000, "nested too deep"),
    ('{"id": "a", "schema": "Company", "properties": {"name": ["\\ud800"]}}', "halves of letters"),
    ('{"id": 1' + "0" * 5_000 + ', "schema": "Company", "properties": {}}', "too long"),
]


@pytest.mark.parametrize(("content", "words"), HOSTILE)
def test_a_hostile_file_ends_in_a_sentence_and_leaves_nothing(
    content: str, words: str, tmp_path: Path
) -> None:
    case, heard = imported(tmp_path, content)
    assert (heard.code, heard.err.startswith("paradero: "), words in heard.err) == (1, True, True)
    assert not list(case.glob("companies/*"))


@pytest.mark.parametrize("name", ["A", None])
def test_parts_of_other_shapes_than_a_statement_has_are_passed_over(name: str | None, tmp_path: Path) -> None:
    details = {"name": name} if name else {}
    odd = bods("a", "entity", **details, identifiers=["x"], interests="x") | {
        "source": "x",
        "replacesStatements": 5,
    }
    case, heard = imported(
        tmp_path,
        [
            odd,
            bods("b", "relationship", interests=["x"]),
            {"statementId": "c", "recordType": "entity", "recordDetails": [1]},
        ],
    )
    assert (heard.code, heard.json["relations"], heard.json["left_out"]) == (
        0,
        0,
        {"relations with an unspecified party": 1},
    )
    assert len(list(case.glob("companies/*.toml"))) == 1


def test_records_of_one_id_are_one_entity_and_odd_line_ends_are_letters(tmp_path: Path) -> None:
    first, second = (
        ftm("a", "Company", name=["ALPHA \u2028 ONE"]),
        ftm("a", "Company", uniqueEntityId=["EXAMPLEUEI01"]),
    )
    path = tmp_path / "given.json"
    case = new_case(tmp_path / "case")
    path.write_text(json.dumps(first, ensure_ascii=False) + "\n" + json.dumps(second), encoding="utf-8")
    assert said(case, "companies", "import", str(path)).code == 0
    (row,) = said(case, "companies", "list", "--json").json["rows"]
    assert (row["key"], row["names"][0].startswith("ALPHA")) == ("uei:EXAMPLEUEI01", True)


def test_an_ownership_that_ended_in_a_year_is_no_standing_statement(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case", DECLARED.replace('ends = "2023-12-31"', 'ends = "2023"', 1))
    out = tmp_path / "graph.json"
    counts = said(case, "companies", "export", "--as", "bods", "-o", str(out), "--json").json["counts"]
    assert (counts["relationships"], counts["of them ended on a day that is not known"]) == (0, 1)
