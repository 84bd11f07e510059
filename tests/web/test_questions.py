"""What the site answers as JSON is what the command line prints, byte by byte, cut to the page asked for."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import jsonschema
import pytest
from casefile.made import said
from casefile.shared import companies_folder

from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.web.interface.questions import question_modules
from web.asked import Site, records, reference

_PAGE = re.compile(rb'^ "(limit|offset|next)": .*\n', re.MULTILINE)

ON_RECORDS = [
    ("status", ["status"]),
    ("facilities?limit=3", None),
    ("unaccounted?limit=7", ["unaccounted", "--limit", "7"]),
    ("unaccounted?release=FABRICATED", ["unaccounted", "--release", "FABRICATED", "--limit", "100"]),
    ("conflicts?grade=minor&limit=10000", ["conflicts", "--grade", "minor"]),
    ("transfers?status=signed", ["transfers", "--status", "signed", "--limit", "100"]),
    ("headcount?limit=9", ["headcount", "--limit", "9"]),
    (
        "headcount?by=state&definition=uwchr&on=2024-05-10&assuming=placed",
        [
            *[
                "headcount",
                "--by",
                "state",
                "--definition",
                "uwchr",
                "--on",
                "2024-05-10",
                "--assuming",
                "placed",
                "--limit",
                "100",
            ]
        ],
    ),
    (
        "headcount?by=everywhere&first=2024-05-01&last=2024-05-20",
        [*["headcount", "--by", "everywhere", "--from", "2024-05-01", "--to", "2024-05-20"]],
    ),
    ("reconcile", ["reconcile", "--limit", "100"]),
    ("reconcile?status=agrees&limit=5", ["reconcile", "--status", "agrees", "--limit", "5"]),
    ("verdicts?limit=12", ["audit", "--limit", "12"]),
    (
        "verdicts?only=hold-room-limit&verdict=complied&verdict=violated",
        [*["audit", "--only", "hold-room-limit", "--verdict", "complied,violated", "--limit", "100"]],
    ),
    ("requests?lang=es", ["requests", "--lang", "es", "--limit", "100"]),
    ("figures?kind=unaccounted-people", ["figures", "unaccounted-people"]),
    ("figures/unaccounted-people?limit=10000", ["explain", "unaccounted-people"]),
    ("documents", ["documents", "list"]),
    ("search?q=ZAAHOLD", None),
    ("definitions", ["definitions"]),
]
ON_FILES = [
    ("balance", ["balance"]),
    ("balance?lang=es&without=WOLA%20analyst", ["balance", "--lang", "es", "--without", "WOLA analyst"]),
    ("claims?limit=10000", ["claims", "check"]),
    ("costs", ["costs", "list"]),
    ("costs?with=bed-rate-fy2023", ["costs", "list", "--with", "bed-rate-fy2023"]),
    ("verdicts?limit=10000", ["audit"]),
    ("verdicts?evidence=court,sworn", ["audit", "--evidence", "court,sworn", "--limit", "100"]),
    ("why/jgg-class/no-removal/airspace/oral@leg-1", ["why", "jgg-class/no-removal/airspace/oral@leg-1"]),
    ("requests", ["requests"]),
    ("exposure/GlobalX?limit=10000", ["exposure", "GlobalX"]),
]
ON_COMPANIES = [("awards", ["awards"]), ("exposure/Fund", ["exposure", "Fund"])]


def checked(site: Site, asked: str, command: list[str] | None) -> bytes:
    """The answer, which is as described, and, but for what it says of its page, what the command prints."""
    found = site.ask(f"/api/{asked}")
    assert found.status_code == 200, found.text
    assert found.headers["content-type"] == "application/json"
    jsonschema.validate(found.json(), schema_of(site, asked.partition("?")[0]))
    if command is not None:
        heard = said(site.case.root, *command, "--json")
        assert heard.code in (0, 2), heard.err
        assert _PAGE.sub(b"", found.content) == heard.out.encode()
    return found.content


def schema_of(site: Site, asked: str) -> dict[str, object]:
    described = site.ask("/openapi.json").json()
    patterns = {re.sub(r"\\{\w+\\}", ".+", re.escape(path)): path for path in described["paths"]}
    path = next(path for pattern, path in sorted(patterns.items()) if re.fullmatch(pattern, f"/api/{asked}"))
    answer = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return {**answer, "components": described["components"]}


@pytest.mark.parametrize(("asked", "command"), ON_RECORDS, ids=lambda one: str(one)[:40])
def test_answers_on_records(asked: str, command: list[str] | None) -> None:
    checked(records(), asked, command)


@pytest.mark.parametrize(("asked", "command"), ON_FILES, ids=lambda one: str(one)[:40])
def test_answers_on_files(asked: str, command: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    checked(reference(tmp_path_factory.getbasetemp()), asked, command)


@pytest.mark.parametrize(("asked", "command"), ON_COMPANIES, ids=lambda one: str(one)[:40])
def test_answers_on_companies(
    asked: str, command: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    checked(Site(Casefile(companies_folder(tmp_path_factory.getbasetemp()))), asked, command)


def test_answers_on_one_person_row_and_verdict() -> None:
    site = records()
    with open_tables(site.case, "persons", "unaccounted") as built:
        person = built.rows(
            "SELECT p.unique_identifier AS id FROM unaccounted u JOIN persons p USING (person_no) ORDER BY id LIMIT 1"
        )[0]["id"]
    checked(site, f"person/{quote(person)}", ["person", person])
    checked(site, f"person/{quote(person)}?at=2024-05", ["person", person, "--at", "2024-05"])
    address = site.ask("/api/transfers?limit=1").json()["rows"][0]["from_row_address"]
    checked(site, f"rows/{quote(address, safe='')}", ["rows", address])
    verdict = site.ask("/api/verdicts?limit=1").json()["rows"][0]["id"]
    checked(site, f"why/{quote(verdict, safe='')}?lang=es", ["why", verdict, "--lang", "es"])


def test_every_question_is_compared() -> None:
    compared = {f"/api/{asked}" for asked, _ in (*ON_RECORDS, *ON_FILES, *ON_COMPANIES)}
    paths = {re.sub(r"\{.*", "", module.path) for module in question_modules()}
    more = {"/api/person/", "/api/rows/"}  # whose names the records give
    assert [path for path in paths - more if not any(each.startswith(path) for each in compared)] == []


@pytest.mark.parametrize(
    "asked", ["unaccounted", "headcount?by=everywhere", "verdicts", "facilities", "figures", "reconcile"]
)
def test_pages_follow_each_other_until_all_is_read(asked: str) -> None:
    """What `next` leads to, put together, is what one page of all gives."""
    site, found = records(), []
    joint = "&" if "?" in asked else "?"
    whole = site.ask(f"/api/{asked}{joint}limit=10000").json()
    size = max(1, -(-len(whole["rows"]) // 3))
    address: str | None = f"/api/{asked}{joint}limit={size}"
    while address is not None:
        page = site.ask(address).json()
        assert (page["limit"], page["offset"]) == (size, len(found))
        assert page["n_rows"] == whole["n_rows"]
        found += page["rows"]
        address = page["next"]
    assert found == whole["rows"]
    assert len(found) == whole["n_rows"]


REFUSED = [
    ("unaccounted?limit=0", 400, "limit"),
    ("unaccounted?limit=10001", 400, "10,000"),
    ("unaccounted?limit=-1", 400, "limit"),
    ("unaccounted?limit=٣", 400, "limit"),
    ("unaccounted?limit=1&limit=2", 400, "2 times"),
    ("unaccounted?ofset=1", 400, "offset"),
    ("unaccounted?release=other", 404, "other"),
    ("conflicts?grade=mild", 400, "minor"),
    ("headcount?on=2024-01-01&first=2024-01-01", 400, "Choose one"),
    ("headcount?on=yesterday", 404, "yesterday"),
    ("person/nobody", 404, "nobody"),
    ("person/" + "x" * 900, 400, "900"),
    ("rows/ffff:1:2", 404, "ffff"),
    ("figures/none", 404, "none"),
    ("verdicts?offset=100001", 400, "100,000"),
    ("balance", 409, "balances/"),
    ("nothing", 404, "no such question"),
    ("", 404, "no such question"),
]


@pytest.mark.parametrize(("asked", "status", "word"), REFUSED, ids=lambda one: str(one)[:40])
def test_what_cannot_be_answered_says_why_and_what_to_do(asked: str, status: int, word: str) -> None:
    site = records()
    found = site.ask(f"/api/{asked}")
    assert found.status_code == status, found.text
    assert found.headers["content-type"] == "application/json"
    told = found.json()
    assert list(told) == ["error", "hint"]
    assert all(told.values())
    assert word in " ".join(told.values())
    assert str(site.case.root) not in found.text


def test_the_description_is_complete() -> None:
    """Whatever the questions refer to is there, and every option says what it means."""
    described = records().ask("/openapi.json").json()
    text = json.dumps(described)
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert named <= set(described["components"]["schemas"])
    assert len(described["paths"]) == len(question_modules())
    for path in described["paths"].values():
        for parameter in path["get"]["parameters"]:
            assert parameter["description"]
            assert parameter["schema"]["type"]
        jsonschema.Draft202012Validator.check_schema(path["get"]["responses"]["200"])
