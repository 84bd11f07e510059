"""Casefiles in which something is withheld, missing or odd: a page of each, no zero and no denial that its rows do
not show.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from attack.scale import draws, sampled
from casefile.made import said, with_held_cases

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create
from reports.read_pages import Element, read_page, spaced

pytestmark = pytest.mark.xdist_group("figures")

HEAD = (
    "Stay Book In Date Time,Book In Date Time,Detention Facility,Detention Facility Code,Book Out Date Time,"
    "Stay Book Out Date Time,Detention Release Reason,Stay Release Reason,Anonymized Identifier"
)
WITHHELD = "b(6); b(7)c"
# rows: book-in, facility code, book-out, reason, person
ROWS: dict[str, list[tuple[str, str, str, str, str]]] = {
    "withheld": [
        (f"2025-01-0{at} 08:00:00", "ALPHA", WITHHELD, "Transferred", f"p{at}") for at in range(1, 6)
    ],
    "one-withheld": [
        ("2025-01-01 08:00:00", "ALPHA", "2025-01-03 08:00:00", "Released", "p1"),
        ("2025-01-02 08:00:00", "ALPHA", WITHHELD, "Transferred", "p2"),
        ("2025-01-12 08:00:00", "BETA", "2025-01-13 08:00:00", "Released", "p2"),
    ],
    "no-ids": [
        (f"2025-01-0{at} 08:00:00", "ALPHA", f"2025-01-0{at + 1} 08:00:00", "Released", "")
        for at in range(1, 6)
    ],
    "an-id-missing": [
        ("2025-01-01 08:00:00", "ALPHA", "2025-01-02 08:00:00", "Transferred", "person-1"),
        ("2025-01-02 12:00:00", "BETA", "2025-01-09 08:00:00", "Released", ""),
        ("2025-01-01 08:00:00", "ALPHA", "2025-01-05 08:00:00", "Transferred", "person-10"),
        ("2025-01-08 08:00:00", "ALPHA", "2025-01-09 08:00:00", "Released", "person-2"),
    ],
    "odd-codes": [
        (f"2025-01-0{at} 08:00:00", code, f"2025-01-0{at + 1} 08:00:00", "Transferred", f"p{at}")
        for at, code in enumerate(("A/B", "A B", "A-B", "中心", "中央"), 1)
    ],
    "long-ago-and-late": [
        ("2025-01-01 08:00:00", "ALPHA", "2025-03-01 08:00:00", "Released", "p1"),
        ("2026-06-01 08:00:00", "ALPHA", "2026-06-20 08:00:00", "Released", "p2"),
    ],
}
DENIALS = {
    "withheld": (
        "name a custodian for everybody",
        "No two records",
        "No transfer is on record",
        "were not signed",
    ),
    "one-withheld": ("name a custodian for everybody", "No two records of one person"),
    "no-ids": ("name a custodian for everybody", "No two records", "name 0 people", "No transfer"),
    "an-id-missing": ("never signed", "2 people have 2 intervals", "name 3 people"),
    "odd-codes": (),
    "long-ago-and-late": ("allow 0 people", "allow 1 to 0"),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Casefile]:
    """A casefile by its name, made for whoever asks first; it is only read."""

    @functools.cache
    def made(name: str) -> Casefile:
        return written(tmp_path_factory.mktemp("little"), name)

    return made


def written(folder: Path, name: str) -> Casefile:
    path = folder / f"{name}.csv"
    lines = [
        f"{begin},{begin},{code} CENTER,{code},{end},{end},{reason},{reason},{person}"
        for begin, code, end, reason, person in ROWS[name]
    ]
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    case = create(folder / name, title=name, scope="FABRICATED")
    add(case, path, release="R1")
    build(case)
    return with_held_cases(case)


def page_of(case: Casefile, *arguments: str) -> Element:
    heard = said(case.root, "report", *arguments, "-o", str(case.root.parent / "page.html"))
    assert heard.code == 0, heard.err
    return read_page((case.root.parent / "page.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sampled(sorted(ROWS), ["an-id-missing", "no-ids", "withheld"]))
def test_nothing_is_denied_that_the_rows_do_not_show(
    kept: Callable[[str], Casefile], tmp_path: Path, name: str
) -> None:
    case = kept(name)
    page = page_of(case)
    titles = " | ".join(spaced(one.text()) for one in page.all("h1", "h2"))
    assert [one for one in DENIALS[name] if one in titles] == [], titles
    if name in ("withheld", "odd-codes") and draws(0, 1):
        pdf = said(case.root, "report", "-o", str(tmp_path / "page.pdf"))
        assert pdf.code == 0, pdf.err


@pytest.mark.parametrize("code", sampled(["A/B", "a b", "中心"], ["中心"]))
def test_a_facility_by_an_odd_code(kept: Callable[[str], Casefile], code: str) -> None:
    case = kept("odd-codes")
    page = page_of(case, "--about", "facility", code)
    numbers = [one for one in page.all("a") if "n" in one.classes]
    assert numbers
    figures = {
        one for one in re.findall(r"paradero explain (\S+)", page.text()) if one.startswith("facility-")
    }
    for figure in sorted(figures)[:: draws(8, 1)]:
        assert said(case.root, "explain", figure).code == 0, figure


def test_a_facility_is_counted_to_the_end_of_the_release(kept: Callable[[str], Casefile]) -> None:
    """Not to some other day, and not to a definition's last one: in June 2026 one person was there."""
    page = page_of(kept("long-ago-and-late"), "--about", "facility", "ALPHA")
    assert "2026" in spaced(page.all("h1")[0].text())
    assert "1 person" in spaced(page.all("section")[0].text())
    rows = page.all("figure")[1].all("table")[0].all("tr")[1:]
    months = [spaced(row.text()) for row in rows]
    assert len(months) == 18  # January 2025 to June 2026, those with nobody too
    assert any("1 Jul 2025 0 0" in spaced(row.replace("  ", " ")) for row in months)


def test_people_whose_ids_begin_alike_are_told_apart(kept: Callable[[str], Casefile]) -> None:
    page = page_of(kept("an-id-missing"))
    (section,) = [
        one for one in page.all("section") if one.attributes.get("aria-labelledby") == "unaccounted"
    ]
    assert {"person-1", "person-10"} <= set(section.text().splitlines())


def test_two_releases_are_each_counted_by_itself(tmp_path: Path) -> None:
    case = written(tmp_path, "one-withheld")
    other = tmp_path / "other.csv"
    line = "2025-02-01 08:00:00,2025-02-01 08:00:00,GAMMA CENTER,GAMMA,,,,,q1"
    other.write_text(f"{HEAD}\n{line}\n", encoding="utf-8")
    add(case, other, release="R2")
    build(case)
    page = page_of(case)
    titles = " | ".join(spaced(one.text()) for one in page.all("h2"))
    assert "2 data releases" in titles
    ids = set(re.findall(r"headcount-peak/[\w-]+/(R\d)", page.text()))
    assert ids == {"R1", "R2"}


def test_arrests_alone_make_a_page(tmp_path: Path) -> None:
    path = tmp_path / "arrests.csv"
    path.write_text(
        "Apprehension Date,Apprehension State,Apprehension Method,Anonymized Identifier\n"
        "2025-01-01 08:00:00,TX,Located,p1\n",
        encoding="utf-8",
    )
    case = create(tmp_path / "case", title="Arrests", scope="FABRICATED")
    add(case, path, release="R1")
    build(case)
    with_held_cases(case)
    titles = " | ".join(spaced(one.text()) for one in page_of(case).all("h2"))
    assert "cannot be determined" in titles
    assert "How many people were held cannot be counted" in titles
