"""Dockets in every form that people download, written here by hand: the same three entries come out of each, and
no party, counsel or case's name.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from casefile.made import said

from paradero.building.adding import add, is_document
from paradero.casefile.folder import Casefile, create
from paradero.sources.containers.first_bytes import container_of
from paradero.sources.containers.workbooks import read_sheet, sheets_of

from .builders import DATA

NAME, COUNSEL = "QUIXOTE DELMONTE", "SANCHO LAWYERLY"
FIRST = "COMPLAINT against all defendants. (Attachments: # 1 Cover) (Entered: 03/15/2025)"
SECOND = "MINUTE ORDER: granting the motion for a temporary restraining order. (Entered: 03/15/2025)"
THIRD = "ORDER extending it. (Entered: 03/31/2025)"
ENTRIES: list[dict[str, Any]] = [
    {"date_filed": "2025-03-14", "description": FIRST, "document_number": "1", "attachments": [{}]},
    {"date_filed": "2025-03-15", "description": SECOND, "document_number": None},
    {"date_filed": "2025-03-28", "description": THIRD, "document_number": "7"},
]


def juriscraper(path: Path) -> None:
    entered = ("2025-03-15", "2025-03-15", "2025-03-31")
    entries = [
        each | {"date_entered": day, "pacer_seq_no": None} for each, day in zip(ENTRIES, entered, strict=True)
    ]
    people = [{"name": NAME, "type": "Petitioner", "attorneys": [{"name": COUNSEL, "contact": "1 Road"}]}]
    docket = {
        "court_id": "exd",
        "docket_number": "1:25-cv-00001",
        "case_name": f"{NAME} v. EXAMPLE",
        "docket_entries": entries,
        "parties": people,
        "assigned_to_str": COUNSEL,
    }
    path.write_text(json.dumps(docket))


def archive(path: Path) -> None:
    entries = [
        {
            "date_filed": each["date_filed"],
            "description": each["description"],
            "entry_number": number,
            "recap_documents": [
                *(
                    [{"document_number": each["document_number"], "attachment_number": None}]
                    if number != 2
                    else []
                ),
                *([{"attachment_number": 1}] if number == 1 else []),
            ],
        }
        for number, each in enumerate(ENTRIES, start=1)
    ]
    docket = {
        "court": "exd",
        "docket_number": "1:25-cv-00001",
        "case_name": f"{NAME} v. EXAMPLE",
        "docket_entries": entries,
        "parties": [{"name": NAME}],
    }
    path.write_text(json.dumps([docket]))


def api(path: Path) -> None:
    results = [
        {
            "docket": "https://example.org/api/rest/v4/dockets/12345/",
            "entry_number": number,
            "date_filed": each["date_filed"],
            "time_filed": "18:45:00" if number == 2 else None,
            "description": each["description"],
            "recap_documents": [{"document_number": each["document_number"]}] if number != 2 else [],
        }
        for number, each in enumerate(ENTRIES, start=1)
    ]
    path.write_text(
        json.dumps({"next": "https://example.org/?cursor=x", "previous": None, "results": results})
    )


def page(path: Path) -> None:
    rows = "".join(
        f"<tr><td>{day}</td><td>{each['document_number'] or ''}</td><td>{each['description']}</td></tr>"
        for each, day in zip(ENTRIES, ("03/14/2025", "03/15/2025", "03/28/2025"), strict=True)
    )
    path.write_text(
        "<html><head><title>CM/ECF</title></head><body><h3>U.S. District Court<br>District of Example</h3>"
        f"<h3>CIVIL DOCKET FOR CASE #: 1:25-cv-00001-EX</h3><table><tr><td>{NAME} v. EXAMPLE</td></tr></table>"
        f"<table><tr><td><b>Petitioner</b></td></tr><tr><td>{NAME}</td><td>represented by</td><td>{COUNSEL}</td></tr>"
        f"</table><table><tr><th>Date Filed</th><th>#</th><th>Docket Text</th></tr>{rows}</table></body></html>"
    )


FORMS: dict[str, tuple[Callable[[Path], None], str]] = {
    "juriscraper.json": (juriscraper, "1:25-cv-00001"),
    "gov.uscourts.exd.docket.json": (archive, "1:25-cv-00001"),
    "entries.json": (api, "CourtListener 12345"),
    "DktRpt.html": (page, "1:25-cv-00001-EX"),
}


@pytest.fixture
def case(tmp_path: Path) -> Casefile:
    return create(tmp_path / "case")


@pytest.mark.parametrize("name", FORMS)
def test_the_same_entries_in_every_form(name: str, case: Casefile, tmp_path: Path) -> None:
    write, number = FORMS[name]
    path = tmp_path / name
    write(path)
    assert container_of(path, name) == "docket"
    assert not is_document(path)
    rows = said(case.root, "add", str(path), "--json").json["added"][0]
    assert (rows["kinds"], rows["rows_in"], rows["rows_kept"], rows["cells_rejected"]) == (
        ["dockets"],
        3,
        3,
        0,
    )
    listed = said(case.root, "order", "entries", "--json").json["rows"]
    assert [each["text"] for each in listed] == [FIRST, SECOND, THIRD]
    assert {each["docket"] for each in listed} == ({""} if name == "entries.json" else {number})
    assert [each["document"] for each in listed] == ["1", "", "7"]
    clock = "T18:45:00" if name == "entries.json" else ""
    assert [each["filed"] for each in listed] == ["2025-03-14", f"2025-03-15{clock}", "2025-03-28"]
    assert [each["entered"] for each in listed] == ["2025-03-15", "2025-03-15", "2025-03-31"]
    assert [each["may_be"] for each in listed] == [[], ["binds"], ["extends"]]
    assert all(each["address"].rpartition(":")[0].partition(":")[2] == number for each in listed)


@pytest.mark.parametrize("name", [name for name in FORMS if name != "entries.json"])
def test_no_name_of_a_party_or_counsel_is_taken(name: str, case: Casefile, tmp_path: Path) -> None:
    path = tmp_path / name
    FORMS[name][0](path)
    assert NAME in path.read_text()
    add(case, path)
    for file in case.build.rglob("*"):
        if file.is_file():
            held = (
                str(pq.read_table(file).to_pylist())
                if file.suffix == ".parquet"
                else file.read_text("latin-1")
            )
            assert "QUIXOTE" not in held, file
            assert "LAWYERLY" not in held, file


def test_a_page_of_a_list_says_that_it_goes_on(case: Casefile, tmp_path: Path) -> None:
    api(tmp_path / "entries.json")
    told = said(case.root, "add", str(tmp_path / "entries.json")).out
    assert "only a part of the docket" in told


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"docket_number": "1", "docket_entries": []}', "a docket without entries"),
        ('{"docket_number": "1", "docket_entries": [{"date_filed"', "damaged or cut"),
        ('{"a": 1}', "this is JSON"),
    ],
)
def test_what_is_no_docket_says_so(content: str, words: str, case: Casefile, tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(content)
    assert words in said(case.root, "add", str(tmp_path / "d.json")).err


@pytest.mark.parametrize(
    "name", ["docket_cacd_2-06-cv-00350", "docket_txed_6-07-cv-00354", "docket_dcd_1-20-cv-03010"]
)
def test_real_dockets_entry_by_entry(name: str) -> None:
    path = DATA / "courts" / f"{name}.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    (sheet,) = sheets_of(path, "docket", name).names
    table = read_sheet(path, "docket", sheet, name).table.to_pylist()
    assert sheet == raw["docket_number"]
    for row, entry in zip(table[1:], raw["docket_entries"], strict=True):
        court, number, _, document, filed, entered, attached, text = row.values()
        assert (court, number) == (raw["court_id"], raw["docket_number"])
        assert (document, filed, entered) == (
            entry["document_number"],
            entry["date_filed"],
            entry["date_entered"],
        )
        assert (text or "").split() == entry["description"].split()
        assert attached == (str(len(entry["attachments"])) if "attachments" in entry else attached)


def test_an_entry_becomes_an_act_of_an_order_when_somebody_says_so(case: Casefile, tmp_path: Path) -> None:
    juriscraper(tmp_path / "d.json")
    add(case, tmp_path / "d.json")
    said(case.root, "order", "new", "forbid", str(case.root / "orders" / "mine.toml"))
    before = (case.root / "orders" / "mine.toml").read_text()
    entries = said(case.root, "order", "entries", "--json").json["rows"]
    words = (
        "--into",
        "mine.toml",
        "--confirmed-by",
        "A. Reader",
        "--what",
        "the extension",
        "--what-es",
        "x",
    )
    act = ("order", "act", entries[2]["address"], "--id", "extended-once", "--does", "notice", *words)
    open_day = said(case.root, *act)
    assert open_day.code == 1
    assert "Say which counts" in open_day.err
    assert (case.root / "orders" / "mine.toml").read_text() == before
    done = said(case.root, *act, "--day", "entered", "--json").json
    assert (done["time"], done["act"].rpartition(".")[2]) == ("2025-03-31", "extended-once")
    after = (case.root / "orders" / "mine.toml").read_text()
    assert after.startswith(before.rstrip("\n"))
    assert entries[2]["address"] in after
    again = said(case.root, *act, "--day", "filed")
    assert again.code == 1
    assert "already" in again.err
    assert (case.root / "orders" / "mine.toml").read_text() == after
    said(case.root, "build")
    assert said(case.root, "verify").code == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (("--does", "binded"), "Did you mean `binds`"),
        (("--into", "nobody.toml"), "is not an order's file in orders/"),
        (("--into", "../mine.toml"), "is not an order's file in orders/"),
        (("--id", "Entered!"), "letters that an id cannot have"),
        (("--confirmed-by", " "), "`--confirmed-by` is blank"),
        (("--day", "noon"), "is not a day of an entry"),
        (("--time", "yesterday"), "yesterday"),
    ],
)
def test_a_mistake_writes_nothing(
    changed: tuple[str, str], words: str, case: Casefile, tmp_path: Path
) -> None:
    juriscraper(tmp_path / "d.json")
    source, _ = add(case, tmp_path / "d.json")
    order = case.root / "orders" / "mine.toml"
    said(case.root, "order", "new", "forbid", str(order))
    before, log = order.read_text(), case.log.read_text()
    given = {
        "--into": "mine.toml",
        "--id": "seen",
        "--does": "binds",
        "--what": "x",
        "--confirmed-by": "A. Reader",
        "--day": "filed",
    } | dict([changed])
    options = [part for pair in given.items() for part in pair]
    heard = said(case.root, "order", "act", f"{source.source}:1:25-cv-00001:3", *options)
    assert heard.code == 1
    assert words in heard.err
    assert (order.read_text(), case.log.read_text()) == (before, log)
    missing = said(case.root, "order", "act", f"{source.source}:1:25-cv-00001:99", *options)
    assert "is no entry of a docket" in missing.err or words in missing.err


def test_an_api_list_of_several_dockets_is_parted(tmp_path: Path) -> None:
    results = [
        {
            "docket": f"/api/rest/v4/dockets/{number}/",
            "entry_number": 1,
            "date_filed": str(dt.date(2025, 1, number)),
        }
        | {"description": "ORDER", "recap_documents": []}
        for number in (1, 2, 1)
    ]
    path = tmp_path / "d.json"
    path.write_text(json.dumps({"results": results}))
    assert sheets_of(path, "docket", "d").names == ("CourtListener 1", "CourtListener 2")
    assert read_sheet(path, "docket", "CourtListener 1", "d").table.num_rows == 3
