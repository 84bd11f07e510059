"""The page of a company: each amount is the sum of its rows, what was not reported is no zero, parties of one name
that nothing joins are never one, and every link has who says so.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from casefile.made import new_reference, said
from money.awarded import WHO, action, case_of, short, subaward, summary
from money.held import companies_case

from paradero.casefile.folder import Casefile
from paradero.reports.html.pages import html_of
from paradero.reports.pages.writing import page_of
from paradero.reports.pdf.pages import pdf_of
from reports.read_pages import Element, read_page, spaced

pytestmark = pytest.mark.xdist_group("figures")

_ENGLISH = re.compile(
    r"\b(the|of|and|with|which|who|people|was|were|from|records?|held|after|before)\b", re.I
)


def made(case: Casefile, name: str, language: str = "en") -> Element:
    return read_page(html_of(page_of(case, "company", name, language=language)))


def part(page: Element, name: str) -> Element:
    (found,) = [one for one in page.all("section") if one.attributes.get("aria-labelledby") == name]
    return found


def cells(section: Element, caption: str) -> list[list[str]]:
    (table,) = [one for one in section.all("table") if caption in one.all("caption")[0].text()]
    return [[spaced(cell.text()) for cell in row.all("th", "td")] for row in table.all("tbody")[0].all("tr")]


@pytest.fixture(scope="module")
def money(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """Four awards of one recipient: two whole, one of which the first action is missing, one paid; a ceiling."""
    award = "CONT_AWD_{}_7012_V1_7012".format
    rows = {
        "a.csv": [
            action("0", "150.10", "2024-01-02", award=award("A1")),
            action("P00001", "-50.05", "2024-02-02", award=award("A1")),
            action("P00007", "1000", "2024-03-02", award=award("A2")),
        ],
        "b_2024-06-01.csv": [
            summary(award("A3"), "2500000", "2024-05-01", ceiling="9000000", total_outlayed_amount="1250000"),
            summary(
                award("A4"),
                "10",
                "2024-05-01",
                recipient_uei="UEIOTHER0001",
                recipient_name="OTHER EXAMPLE INC",
            ),
        ],
    }
    return case_of(tmp_path_factory.mktemp("company"), rows, whole=True)


def test_sums_are_those_of_the_rows_and_ceilings_are_never_added(money: Casefile) -> None:
    page = made(money, "GUARDS EXAMPLE LLC")
    awards = part(page, "awards")
    together = dict(cells(awards, "Together"))
    total = Decimal("150.10") - Decimal("50.05") + 1000 + 2_500_000
    assert together["Obligated"] == f"US${round(total):,}"
    assert together["Paid, where reported"] == "US$1.25 million"
    assert together["Without a reported payment"] == "2 awards"
    assert together["With only part of their actions on record"] == "1 award"
    rows = {row[0]: row[1:] for row in cells(awards, "Awards, the largest first")}
    assert set(rows) == {"A1", "A2", "A3"}
    assert rows["A1"][1:4] == ["US$100", "not reported", "not recorded"]
    assert rows["A2"][1] == "US$1,000 (part of its actions)"
    assert rows["A3"][1:4] == ["US$2.5 million", "US$1.25 million", "US$9 million"]
    assert "OTHER EXAMPLE" not in awards.text()
    assert not [
        one for one in page.all("a") if "ceiling" in one.attributes["href"] and "9 million" not in one.text()
    ]


def test_a_payment_that_is_not_reported_is_no_zero(money: Casefile) -> None:
    text = spaced(made(money, "uei:UEIOTHER0001").text())
    assert "No payment is reported for any of them. It does not mean that nothing was paid." in text
    assert not re.search(r"US\$0\b", text)


def test_its_figures_are_followed_from_the_command_line(money: Casefile) -> None:
    """Whoever reads the page finds the same number by the id that stands beside it, with the rows behind it."""
    page = made(money, "GUARDS EXAMPLE LLC")
    ids = [spaced(one.text()) for one in page.all("caption") if one.text().startswith("company-")]
    assert len(ids) == len(set(ids)) >= 8
    for one in ids:
        found: dict[str, Any] = said(money.root, "explain", one, "--json").json
        assert found["id"] == one
        assert found["n_basis"] >= 1
        assert all(basis["address"] for basis in found["basis"])


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_link_names_who_says_so_and_an_inference_is_said(tmp_path: Path, language: str) -> None:
    case = new_reference(tmp_path / "case")
    page = made(case, "GlobalX", language)
    flights = part(page, "flights")
    rows = flights.all("tbody")[0].all("tr")
    assert len(rows) == 3
    for row in rows:
        assert row.all("a"), "no link of a row leads to where it was read"
    words = {"en": "That does not say that there is none.", "es": "No significa que no haya ningun"}[language]
    assert words in spaced(part(page, "awards").text())
    assert words in spaced(part(page, "facilities").text())
    # No flight rests on two statements of the carrier, so none is sure: the title has its bounds.
    assert {"en": "0 to 3 flights", "es": "0 a 3 vuelos"}[language] in spaced(page.all("h1")[0].text())
    passed = spaced(part(page, "awards").text())
    assert {"en": "the dates do not settle it", "es": "las fechas no lo resuelven"}[language] in passed
    assert "no subaward was read that says so" in passed
    assert {"en": "Money passed on", "es": "Dinero que"}[language] not in passed
    written = case.root / "companies" / "carriers.toml"
    text = written.read_text(encoding="utf-8")
    assert text.count('evidence = "press"') > 3
    said_twice = (
        text
        + """
[[relation]]
kind = "carries"
from = "globalx"
to = "event:leg-1"
on = "2025-03-15[America/New_York]"
by = "somebody else"
evidence = "press"
seen = ["https://example.org/leg-1"]
dated = "2025-03-15"
"""
    )
    written.write_text(said_twice, encoding="utf-8")
    title = spaced(made(case, "GlobalX", language).all("h1")[0].text())
    assert {"en": "1 to 3 flights", "es": "1 a 3 vuelos"}[language] in title
    written.write_text(said_twice.replace('evidence = "press"', 'evidence = "derived"'), encoding="utf-8")
    title = spaced(part(made(case, "GlobalX", language), "flights").all("h2")[0].text())
    assert {"en": "0 to 3 flights", "es": "0 a 3 vuelos"}[language] in title


def test_it_is_spanish_and_asks_nobody(money: Casefile) -> None:
    page = made(money, "GUARDS EXAMPLE LLC", "es")
    for row in page.of_class("anchored"):
        if row.attributes["id"].startswith("row-"):
            row.children.clear()
    (body,) = page.all("body")
    words = body.text(without={"said", "foot", "case", "script", "style", "code", "title", "desc", "svg"})
    assert [one.group() for one in _ENGLISH.finditer(words)] == []
    assert page.all("script", "img", "link") == []
    for section in page.all("section"):
        if section.attributes["aria-labelledby"] not in ("figures", "rows"):
            for one in section.all("h2", "p", "li"):
                assert not re.search(r"\d", one.text(without={"n", "said", "code"})), spaced(one.text())
    assert pdf_of(page_of(money, "company", "GUARDS EXAMPLE LLC", language="es")).startswith(b"%PDF")


def test_one_name_of_two_parties_that_nothing_joins_is_asked_back(tmp_path: Path) -> None:
    """One release has the recipient's UEI, the other only the same name: their money is never one sum."""
    rows = {
        "a.csv": [action("0", "100", "2024-01-02")],
        "b.csv": [short("0", "7", "2024-01-05", award="CONT_AWD_Z9_7012_-NONE-_-NONE-")],
    }
    case = case_of(tmp_path, rows, whole=True)
    heard = said(
        case.root, "report", "--about", "company", "GUARDS EXAMPLE LLC", "-o", str(tmp_path / "x.html")
    )
    assert heard.code == 1
    assert "is the name of 2 parties that no record joins" in heard.err
    keys = re.findall(r"`([a-z]+:[^`]+)`", heard.err)
    assert len(keys) == 2
    sums = set()
    for key in keys:
        page = made(case, key)
        sums.add(dict(cells(part(page, "awards"), "Together"))["Obligated"])
        assert "Not joined" in part(page, "alike").text()
    assert sums == {"US$100", "US$7"}


def test_money_of_others_is_kept_apart(tmp_path: Path) -> None:
    """A parent's page has its subsidiary's awards, and its subawards, outside its own sums."""
    case = companies_case(tmp_path)
    holding = part(made(case, "uei:UEIHOLDING01"), "awards")
    assert "No award on record here names it as recipient." in holding.text()
    assert [row[0] for row in cells(holding, "not in the sums above")] == ["A1"]
    assert not [one for one in holding.all("caption") if one.text() == "Together"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "takes a name"),
        ("GUARD EXAMPL", "Did you mean"),
        ("CONT_AWD_A1_7012_V1_7012", "is no company (award)"),
    ],
)
def test_what_is_no_company_is_refused(money: Casefile, tmp_path: Path, name: str, message: str) -> None:
    heard = said(money.root, "report", "--about", "company", name, "-o", str(tmp_path / "x.html"))
    assert (heard.code, (tmp_path / "x.html").exists()) == (1, False)
    assert message in heard.err


def test_a_sole_proprietor_is_on_no_page(tmp_path: Path) -> None:
    """A person who trades alone is no company: neither their name nor their award is found by it."""
    rows = {
        "a.csv": [
            action(
                "0", "100", "2024-01-02", sole_proprietorship="t", **{**WHO, "recipient_name": "J EXAMPLE"}
            )
        ]
    }
    case = case_of(tmp_path, rows, whole=True)
    heard = said(case.root, "report", "--about", "company", "J EXAMPLE", "-o", str(tmp_path / "x.html"))
    assert heard.code == 1
    assert not (tmp_path / "x.html").exists()


def test_subawards_name_the_award_they_are_part_of(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        {"a.csv": [action("0", "150", "2024-01-02")], "s.csv": [subaward("r1", "S-1", "40")]},
        whole=True,
    )
    listed = said(case.root, "companies", "list", "--json").json["rows"]
    (other,) = [
        one
        for one in listed
        if one["kind"] == "company" and "UEIGUARDS001" not in one["key"] and "HOLDING" not in one["key"]
    ]
    awards = part(made(case, other["key"]), "awards")
    (row,) = cells(awards, "Named as subcontractor of another company's award")
    assert "A1" in row[0]
    assert row[2] == "US$40"
    assert "No award on record here names it as recipient." in awards.text()
