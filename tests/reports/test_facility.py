"""The page of a facility against rows counted by hand: lengths, people, deaths, capacity, published marks,
events beyond limits. A facility, an id or an end that a row hides widens each of them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attack.scale import at_length, draws
from casefile.made import said, with_held_cases

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create
from paradero.figures.answered import Asked
from paradero.figures.computing import figures_of
from reports.read_pages import Element, read_page, spaced

pytestmark = pytest.mark.xdist_group("figures")

_HEAD = (
    "Stay Book In Date Time,Book In Date Time,Detention Facility,Detention Facility Code,Book Out Date Time,"
    "Stay Book Out Date Time,Detention Release Reason,Stay Release Reason,Anonymized Identifier"
)
# book-in, book-out, reason, person, code: what is counted at ALPHA is said behind each
_ROWS = (
    ("2025-01-01 08:00:00", "2025-01-01 13:00:00", "Released", "p1", "ALPHA"),  # 5 h
    ("2025-01-02 08:00:00", "2025-01-03 07:00:00", "Released", "p2", "ALPHA"),  # 23 h
    ("2025-01-03 08:00:00", "2025-01-05 08:00:00", "Transferred", "p3", "ALPHA"),  # 2 days
    ("2025-01-05 09:00:00", "2025-01-09 08:00:00", "Died", "p3", "BETA"),  # elsewhere
    ("2025-01-04 08:00:00", "2025-01-09 08:00:00", "Died", "p4", "ALPHA"),  # 5 days, a death
    ("2025-01-05 08:00:00", "2025-01-25 08:00:00", "Released", "p1", "ALPHA"),  # 20 days, p1 again
    ("2025-01-06 08:00:00", "", "", "p5", "ALPHA"),  # nobody knows: up to the release's end
)
_STAYS = {"p3": ("2025-01-03 08:00:00", "2025-01-09 08:00:00", "Died")}
_HIDDEN = (("2025-01-07 08:00:00", "2025-01-08 09:00:00", "Released", "", ""),)  # 1 day, of whom and where?


_BUILT: dict[object, Casefile] = {}


def _case(
    folder: Path,
    rows: tuple[tuple[str, str, str, str, str], ...],
    *,
    more: str = "",
    stays: dict[str, tuple[str, str, str]] | None = None,
) -> Casefile:
    """Built once for the same rows; the tests read it only."""
    key = (rows, more, tuple(sorted((stays or {}).items())))
    if key in _BUILT:
        return _BUILT[key]
    path = folder / "detentions.csv"
    lines = []
    for begin, end, reason, person, code in rows:
        stay, until, how = {**_STAYS, **(stays or {})}.get(person, (begin, end, reason))
        name = code and f"{code} CENTER"
        lines.append(f"{stay},{begin},{name},{code},{end},{until},{reason},{how},{person}")
    path.write_text("\n".join([_HEAD, *lines]) + "\n", encoding="utf-8")
    case = create(folder / "case", title="By hand", scope="FABRICATED")
    add(case, path, release="R1")
    if more:
        (folder / "facilities.csv").write_text(more, encoding="utf-8")
        add(case, folder / "facilities.csv", release="lists")
    build(case)
    _BUILT[key] = with_held_cases(case)
    return _BUILT[key]


def _bounds(case: Casefile) -> dict[str, tuple[float | None, float | None]]:
    names = ("facility-stints", "facility-people", "facility-length", "facility-deaths")
    found = figures_of(Asked(case, facility="ALPHA"), only=names)
    return {one.id: (one.lo, one.hi) for one in found.rows}


LENGTHS = {
    "under-12-h": (1, 2),
    "12-to-24-h": (1, 2),
    "1-to-3-days": (1, 2),
    "3-to-7-days": (1, 2),
    "7-to-30-days": (1, 2),
    "30-days-or-more": (0, 0),
    "a-day-or-more": (3, 4),
}


def test_lengths_people_and_deaths(tmp_path: Path) -> None:
    """Nothing is hidden but one end: that stint may be of any length up to the release's end, 19 days later."""
    found = _bounds(_case(tmp_path, _ROWS))
    assert found["facility-stints/ALPHA/R1"] == (6, 6)
    assert found["facility-people/ALPHA/R1"] == (5, 5)
    for name, bounds in LENGTHS.items():
        assert found[f"facility-length/ALPHA/R1/{name}"] == bounds, name
    assert found["facility-deaths/ALPHA/R1"] == (1, None)  # the row without an end may hide another


def test_a_row_without_place_or_person_may_be_one_more(tmp_path: Path) -> None:
    found = _bounds(_case(tmp_path, (*_ROWS[:-1], *_HIDDEN)))
    assert found["facility-stints/ALPHA/R1"] == (5, 6)
    assert found["facility-people/ALPHA/R1"] == (4, 5)
    assert found["facility-length/ALPHA/R1/1-to-3-days"] == (1, 2)
    assert found["facility-length/ALPHA/R1/3-to-7-days"] == (1, 1)
    assert found["facility-deaths/ALPHA/R1"] == (1, None)


def test_with_nothing_hidden_deaths_are_a_number(tmp_path: Path) -> None:
    """Of the person who died at BETA the row here says only that they were moved."""
    assert _bounds(_case(tmp_path, _ROWS[:-1]))["facility-deaths/ALPHA/R1"] == (1, 1)


def test_counts_of_a_day_name_their_rows(tmp_path: Path) -> None:
    """Line by line of the file: on the fullest midnight p4, p1 and p5, who may still be there on the last."""
    case = _case(tmp_path, _ROWS)

    def lines(figure: str) -> tuple[object, list[int]]:
        found = said(case.root, "explain", f"{figure}/ALPHA/vera-midnight/R1", "--json").json
        return (found["lo"], found["hi"]), sorted(
            int(each["address"].rpartition(":")[2]) for each in found["basis"]
        )

    assert lines("facility-peak") == ((2, 3), [6, 7, 8])
    assert lines("facility-last") == ((0, 1), [8])


def _figures(case: Casefile, code: str = "ALPHA") -> dict[str, tuple[float | None, float | None]]:
    names = ("facility-stints", "facility-people", "facility-length", "facility-deaths")
    return {one.id: (one.lo, one.hi) for one in figures_of(Asked(case, facility=code), only=names).rows}


def test_copies_without_a_person_id_may_be_other_people(tmp_path: Path) -> None:
    """Two rows alike in every cell: one person's or two."""
    died = ("2025-01-02 08:00:00", "2025-01-04 08:00:00", "Died", "", "ALPHA")
    other = ("2025-01-03 08:00:00", "2025-01-03 18:00:00", "Released", "", "ALPHA")
    found = _figures(_case(tmp_path, (died, died, other)))
    assert found["facility-stints/ALPHA/R1"] == (2, 3)
    assert found["facility-people/ALPHA/R1"] == (1, 3)
    assert found["facility-length/ALPHA/R1/1-to-3-days"] == (1, 2)
    assert found["facility-deaths/ALPHA/R1"] == (1, 2)


def test_a_reason_that_no_list_knows_may_be_a_death(tmp_path: Path) -> None:
    said_so = enumerate(("Deceased in hospital", "Expired", "Muerte"))
    rows = [
        (f"2025-01-0{6 + n} 08:00:00", "2025-01-09 08:00:00", how, f"p9{n}", "ALPHA") for n, how in said_so
    ]
    case = _case(tmp_path, (*_ROWS[:4], *rows))
    assert _figures(case)["facility-deaths/ALPHA/R1"] == (0, None)
    if not draws(0, 1):
        return  # the suite reads the figure, the attack its words on the page too
    text = spaced(_page(case).all("main")[0].text())
    assert "No row of this facility gives death as the reason, in words that are understood" in text
    assert "may record others: 3." in text


def test_a_row_that_says_transferred_records_no_death(tmp_path: Path) -> None:
    """The stay ended by death, elsewhere or nobody says where: not listed, and open upward."""
    stays = {"p7": ("2025-01-06 08:00:00", "", "Died")}
    rows = ((*("2025-01-06 08:00:00", "2025-01-08 08:00:00"), "Transferred", "p7", "ALPHA"), *_ROWS[:2])
    found = _figures(_case(tmp_path, rows, stays=stays))
    assert found["facility-deaths/ALPHA/R1"] == (0, 1)


def test_days_and_months_that_may_be_either_way_round(tmp_path: Path) -> None:
    """03/01 to 03/10: seven days or more by both readings. 03/03 is one day either way, the last that is sure to be in
    the release: the book-out behind it may be scheduled.
    """
    path = tmp_path / "detentions.csv"
    path.write_text(
        "\n".join(
            [
                _HEAD.replace("Stay Book In Date Time,", ""),
                *(f"03/0{n}/2025,ALPHA CENTER,ALPHA,03/1{n - 1}/2025,,Released,,p{n}" for n in (1, 2, 3)),
            ]
        )
        + "\n",
        encoding="utf-8",
    )
    case = create(tmp_path / "case", title="Either way", scope="FABRICATED")
    add(case, path, release="R1")
    build(case)
    found = _figures(case)
    assert found["facility-length/ALPHA/R1/a-day-or-more"] == (2, 3)


@at_length
def test_several_releases_are_named_in_titles(tmp_path: Path) -> None:
    """Three died in the first release, nobody in the second: the title does not deny what stands under it."""
    folder = tmp_path / "one"
    folder.mkdir()
    died = tuple(
        (f"2024-01-0{n} 08:00:00", f"2024-02-0{n} 08:00:00", "Died", f"q{n}", "ALPHA") for n in (1, 2, 3)
    )
    case = _case(folder, died)
    path = folder / "later.csv"
    path.write_text(
        "\n".join([_HEAD, "2025-01-01 08:00:00,2025-01-01 08:00:00,ALPHA CENTER,ALPHA,2025-01-01 18:00:00,"
                   "2025-01-01 18:00:00,Released,Released,z1"]) + "\n", encoding="utf-8"
    )  # fmt: skip
    add(case, path, release="R2")
    build(case)
    titles = [spaced(one.text()) for one in _page(case).all("h2")]
    assert "The rows of this facility record the death of 3 people (R1)" in titles
    assert "On the fullest night the records allow 3 people here (R1)" in titles
    assert any(each.endswith("(R2)") and "lasted a day or more" in each for each in titles)


@at_length
def test_a_hold_room_with_nobody_at_any_midnight_has_a_page(tmp_path: Path) -> None:
    rows = (
        ("2025-01-01 09:00:00", "2025-01-01 15:00:00", "Released", "p1", "ALPHA"),
        ("2025-01-02 09:00:00", "2025-01-09 15:00:00", "Released", "p8", "BETA"),
    )
    text = spaced(_page(_case(tmp_path, rows)).all("main")[0].text())
    assert "ALPHA CENTER: 0 people on" in text
    assert "0 stints here lasted a day or more, of 1 stint" in text


def _page(case: Casefile, language: str = "en") -> Element:
    out = case.root.parent / f"page-{language}.html"
    heard = said(case.root, "report", "--about", "facility", "alpha", "--lang", language, "-o", str(out))
    assert heard.code == 0, heard.err
    return read_page(out.read_text(encoding="utf-8"))


_LISTS = (
    "detention_facility_code,name,city,state,AOR,type,capacity\n"
    "ALPHA,ALPHA CENTER,Elm,TX,Harlingen,Contract Detention Facility,2\n"
    "BETA,BETA CENTER,Oak,TX,Harlingen,Contract Detention Facility,\n"
)


def test_the_page_says_it(tmp_path: Path) -> None:
    case = _case(tmp_path, _ROWS, more=_LISTS)
    page = _page(case)
    text = spaced(page.all("main")[0].text())
    assert "The rows of this facility record the death of at least 1 person" in text
    assert "or at which facility, and may record others: 1." in text
    assert "3 to 4 stints here lasted a day or more, of 6 stints" in text
    assert "BETA CENTER BETA" in text  # where the one transfer went, by name
    assert "Stated capacity" in text
    assert "is no locator" in text
    spanish = spaced(_page(case, "es").all("main")[0].text())
    assert "registran la muerte de al menos 1 persona" in spanish
    assert "Capacidad declarada" in spanish


def test_capacity_on_the_page_of_the_case(tmp_path: Path) -> None:
    """Two at ALPHA at once are shown, as many as its list states; nothing says that more were not there."""
    for capacity, title in (
        ("1", "At least 1 facility held more people"),
        ("2", "No count is above a stated"),
    )[: draws(1, 2)]:
        folder = tmp_path / capacity
        folder.mkdir()
        case = _case(folder, _ROWS, more=_LISTS.replace(",2\n", f",{capacity}\n"))
        assert said(case.root, "report", "-o", str(folder / "page.html")).code == 0
        text = spaced(read_page((folder / "page.html").read_text(encoding="utf-8")).all("main")[0].text())
        assert title in text
        assert "facilities whose people the records allow but do not show" in text.casefold()


def test_no_capacity_is_not_nothing(tmp_path: Path) -> None:
    text = spaced(_page(_case(tmp_path, _ROWS)).all("main")[0].text())
    assert "no list in this casefile states a capacity of it. That does not say that there is none" in text


def _drawn(page: Element) -> list[Element]:
    return next(one for one in page.all("figure") if one.attributes["id"] == "held-R1").all("svg")


def test_what_opens_the_band_is_drawn_on_its_days(tmp_path: Path) -> None:
    """The bars under the chart cover the days on which `paradero headcount` gives that cause a width."""
    case = _case(tmp_path, _ROWS)
    counted = said(
        case.root,
        "headcount",
        "--definition",
        "vera-midnight",
        "--facility",
        "ALPHA",
        "--json",
        "--limit",
        "0",
    ).json["rows"]
    open_days = sum(1 for row in counted if row["hi_less_lo_blank"])
    assert 0 < open_days < 25
    for picture in _drawn(_page(case)):
        named = [
            one for one in picture.all("text") if one.text().startswith("Band open because of cells left")
        ]
        assert len(named) == 1
        edges = [one for one in picture.all("path") if one.attributes["fill"] == "none"]
        xs = [float(each) for each in re.findall(r"[ML](-?[\d.]+) ", edges[0].attributes["d"])]
        a_day = (max(xs) - min(xs)) / 25  # from 1 to 25 January
        top = float(named[0].attributes["y"])
        bars = [
            float(one.attributes["width"])
            for one in picture.all("rect")
            if top < float(one.attributes["y"]) < top + 20
        ]
        assert abs(sum(bars) - open_days * a_day) < 1


def test_audit_of_one_facility(tmp_path: Path) -> None:
    """As many events as name it in their rows, and a facility that no row names is refused."""
    case = _case(tmp_path, _ROWS, more=_LISTS)
    everything = said(case.root, "audit", "--json", "--verdict", "all", "--limit", "0").json
    of_beta = said(
        case.root, "audit", "--json", "--verdict", "all", "--facility", "BETA", "--limit", "0"
    ).json
    rows = {
        f"{line}" for line, row in enumerate(_ROWS, 2) if row[4] == "BETA"
    }  # the head is the file's first row

    detentions = said(case.root, "status", "--json").json
    source = next(each["source"] for each in detentions["sources"] if "detentions" in each["file_name"])
    expected = {
        one["id"]
        for one in everything["rows"]
        if one["subject"] == "BETA"
        or any(
            each["address"].startswith(source) and each["address"].rpartition(":")[2] in rows
            for each in one["citations"]
            if each["kind"] == "record"
        )
    }
    assert {one["id"] for one in of_beta["rows"]} == expected
    assert 0 < len(expected) < len(everything["rows"])
    refused = said(case.root, "audit", "--facility", "ALPH")
    assert refused.code == 1
    assert "ALPHA" in refused.err
