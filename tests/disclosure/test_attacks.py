"""What a hostile reader worked out, or was told outright: each attack as it was made, and that it is refused.

Every test first shows that what it relies on is there: the same command without the attack succeeds.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from attack.scale import sampled
from casefile.made import said

from disclosure.made_up import add_release, casefile, lines, people, publish
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create
from paradero.disclosure.counting import asked_of, counted
from paradero.disclosure.gate import pass_gate
from paradero.disclosure.register import publications


def places(n_small: int = 3) -> list[dict[str, str]]:
    """Area A has F0 (12), F1 (12) and a small FZ; area B has F2 (20) and F3 (25)."""
    found = [
        *people(12, 0, Detention_Facility_Code="F0", Book_In_AOR="A"),
        *people(12, 100, Detention_Facility_Code="F1", Book_In_AOR="A"),
        *people(n_small, 200, Detention_Facility_Code="FZ", Book_In_AOR="A"),
        *people(20, 300, Detention_Facility_Code="F2", Book_In_AOR="B"),
        *people(25, 400, Detention_Facility_Code="F3", Book_In_AOR="B"),
    ]
    return [{**each, "Gender": ("Female", "Male")[number % 2]} for number, each in enumerate(found)]


def refused(case: Casefile, *arguments: str, table: str = "stints") -> str:
    """Why nothing is published: nothing is written, and nothing registered."""
    before = sorted(path.name for path in (case.root / "published").glob("*"))
    heard, output = publish(case, *arguments, table=table)
    assert heard.code == 1, heard.out
    assert not output.exists()
    assert sorted(path.name for path in (case.root / "published").glob("*")) == before
    return heard.err


def passes(case: Casefile, *arguments: str, table: str = "stints") -> Path:
    heard, output = publish(case, *arguments, table=table)
    assert heard.code == 0, heard.err
    return output


ORDERS = [("detention_facility_code", "book_in_aor"), ("book_in_aor", "detention_facility_code")]


@pytest.mark.parametrize(
    ("order", "of"),
    sampled(
        itertools.product(ORDERS, ("rows", "people")),
        [(ORDERS[0], "people"), (ORDERS[1], "rows")],
        several=True,
    ),
)
def test_an_area_less_the_places_in_it_is_the_small_place(
    tmp_path: Path, order: tuple[str, str], of: str
) -> None:
    """A, F0, F1: what is left of A is FZ, though no cell of the two columns together was ever published."""
    case = casefile(tmp_path / "case", places())
    passes(case, "--by", order[0], "--of", of)
    heard = refused(case, "--by", order[1], "--of", of)
    assert "`book_in_aor` and `detention_facility_code` tell of each other" in heard
    assert "tell of each other" in refused(
        case, "--where", f"{order[1]}={'A' if order[1] == 'book_in_aor' else 'F0'}", "--of", of
    )
    passes(case, "--by", "gender", "--of", of)


def test_both_columns_at_once_and_one_column_under_two_names(tmp_path: Path) -> None:
    same = [
        {**each, "Birth Country": each["Book In AOR"], "Citizenship Country": each["Book In AOR"]}
        for each in places()
    ]
    case = casefile(tmp_path / "case", same)
    assert "tell of each other" in refused(case, "--by", "book_in_aor,detention_facility_code")
    assert "tell of each other" in refused(case, "--by", "birth_country,citizenship_country")
    passes(case, "--by", "birth_country")
    assert "tell of each other" in refused(case, "--by", "citizenship_country")


def test_one_stray_row_hides_no_dependence(tmp_path: Path) -> None:
    """One person of F0 in area B: the gate would take F0 for as good as spread over both areas."""
    people_there = places()
    people_there[0]["Book In AOR"] = "B"
    case = casefile(tmp_path / "case", people_there)
    passes(case, "--by", "detention_facility_code")
    assert "or nearly so" in refused(case, "--by", "book_in_aor")


def test_people_and_rows_of_one_table_bound_each_other(tmp_path: Path) -> None:
    case = casefile(tmp_path / "case", places())
    passes(case, "--by", "gender", "--of", "people")
    assert "each is a bound of the other" in refused(case, "--by", "gender", "--of", "rows")
    heard = refused(case, "--by", "release", "--of", "rows", table="persons")
    assert "nothing ties them" in heard


def test_lines_of_figures_are_the_rows_of_their_table(tmp_path: Path) -> None:
    twice = [*places(), *places()]
    case = casefile(tmp_path / "case", twice)
    assert said(case.root, "figures", "record-conflicts", "--publish").code == 0
    assert "each is a bound of the other" in refused(case, "--by", "kind", "--of", "rows", table="conflicts")


def test_a_build_that_changes_nothing_is_no_later_state(tmp_path: Path) -> None:
    """With a state of its own the gate took nobody of the later build for those of the earlier one."""
    case = casefile(tmp_path / "case", places())
    passes(case, "--by", "detention_facility_code")
    settings = case.root / "paradero.toml"
    before = said(case.root, "status", "--json").json["digest"]
    settings.write_text(settings.read_text().replace("gap_hours = 24.0", "gap_hours = 25.0"))
    build(case)
    assert said(case.root, "status", "--json").json["digest"] != before
    passes(case, "--by", "detention_facility_code,gender")
    states = {counts.state for one in publications(case) for counts in one.counts}
    assert len(publications(case)) == 2
    assert len(states) == 1
    add_release(case, people(9, 900), "R0")
    build(case)
    passes(case, "--by", "gender")
    assert len({counts.state for one in publications(case) for counts in one.counts}) == 2


def test_women_of_two_releases_are_not_counted_twice(tmp_path: Path) -> None:
    """Four women in each of two releases pass for eight."""
    there = [*people(4, 0), *people(40, 100, Gender="Male")]
    case = casefile(tmp_path / "case", there, [*there, *people(1, 200, Gender="Male")])
    for of in ("people", "rows"):
        assert "counted twice" in refused(case, "--by", "gender", "--of", of)
    assert "counted twice" in refused(case, "--by", "gender", "--where", "release!=R0")
    shown = lines(passes(case, "--by", "gender", "--where", "release=R0"))
    assert [one["people"] for one in shown if one["gender"] == "Female"] == [""]


def test_rows_of_few_people_are_few_where_a_number_is_their_only_id(tmp_path: Path) -> None:
    """Fifty rows of three women, in a table that has `person_no` and no other id."""
    rows = [{"release": "r", "person_no": n % 3, "sex": "F"} for n in range(50)]
    rows += [{"release": "r", "person_no": 10 + n, "sex": "M"} for n in range(60)]
    with duckdb.connect() as connection:
        relation = connection.from_arrow(pa.Table.from_pylist(rows))
        found = counted(relation, asked_of("stint_spans", of="rows", by="sex", where=[]))
        assert [(one.count, one.people) for one in found.cells] == [(50, 3), (60, 60)]
        people_too = counted(relation, asked_of("stint_spans", of="people", by="sex", where=[]))
        assert [one.count for one in people_too.cells] == [3, 60]
        case = create(tmp_path / "case")
        passed, _ = pass_gate(case, None, [found], what="x", build="", render=lambda _: b"")
        assert [one.shown for one in passed.counts[0].cells] == [None, 60]


def test_a_table_that_names_nobody_is_not_published(tmp_path: Path) -> None:
    case = casefile(tmp_path / "case", places())
    assert "has no person ids" in refused(case, "--of", "rows", "--by", "state", table="facilities")


def test_figures_for_each_value_list_only_values_that_there_are(tmp_path: Path) -> None:
    """A line *withheld* for one reason, and none for another, says that somebody has the first."""
    case = casefile(tmp_path / "case", [*places(), *places()])
    whole = {row["id"] for row in said(case.root, "figures", "--json").json["rows"]}
    each = {one for one in whole if one.startswith("record-conflicts-by-kind/")}
    heard = said(case.root, "figures", "--publish", "--json")
    assert heard.code == 0, heard.err
    found = heard.json
    assert each
    assert each <= set(found["refused"])
    assert "record-conflicts" in {row["id"] for row in found["rows"]}
    assert not [row["id"] for row in found["rows"] if "/" in row["id"]]


def test_whether_somebody_has_no_id_is_not_told(tmp_path: Path) -> None:
    """The remark on rows without an id came where such rows were among those asked for, and only there."""
    without = [{**each, "Unique Identifier": ""} for each in people(1, Gender="Female")]
    others = [*people(30, 100, Gender="Female"), *people(30, 200, Gender="Male")]
    for name, of in (("with", [*others, *without]), ("none", others)):
        case = casefile(tmp_path / name, of)
        for where in ("gender=Female", "gender=Male"):
            (line,) = lines(passes(case, "--where", where))
            assert "Rows without a person id" in line["disclosure_control"]


@pytest.mark.parametrize("column", ["stay_book_out_date", "book_in_date_time", "religion"])
def test_days_and_columns_of_mostly_small_values_are_not_listed(tmp_path: Path, column: str) -> None:
    """A religion of which most are of few: 200 rows without one hid that from a count of rows a value."""
    few = [each for n, word in enumerate("abcd") for each in people(5, 10 * n, Religion=word)]
    case = casefile(tmp_path / "case", [*few, *people(200, 100)])
    heard = refused(case, "--by", column)
    assert f"`{column}`: its values are those of single people, of days or times" in heard


@pytest.mark.parametrize(("one", "other"), [("Mexico", "MEXICO"), ("El Salvador", "ElSalvador")])
def test_values_that_readers_take_for_one_are_not_two_cells(tmp_path: Path, one: str, other: str) -> None:
    """The 3 of `Mexico`, if they are the same as the 40 of `MEXICO`: the gate took them for apart."""
    there = [
        *people(9, 0, Birth_Country=one),
        *people(40, 100, Birth_Country=other),
        *people(40, 200, Birth_Country="CUBA"),
    ]
    heard = refused(casefile(tmp_path / "case", there), "--by", "birth_country")
    assert f"`{one}`" in heard
    assert f"`{other}`" in heard
