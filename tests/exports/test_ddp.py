"""What the Deportation Data Project publishes, made of a casefile: names, order and types of the columns, and
a small release whose filled-in columns were worked out by hand.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from casefile.made import copied, said
from sources.schemas import release_lists

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create

from .by_hand import ARRESTS, CONVICTED, DETENTIONS, HEADERS, WHO, workbook

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
PLACE = ["file_original", "sheet_original", "row_original"]
FIRST, LAST = dt.date(2022, 10, 1), dt.date(2026, 3, 10)

# what DDP renames, of the headers of March 2026 in small letters
RENAMED = {
    "anonymized_identifier": "unique_identifier",
    "aggravated_felon_yes_no": "felon",
    "toa_case_category": "arrest_time_case_category",
}
RENAMED_IN = {
    "detentions": {
        "apprehension_final_program": "final_program",
        "msc_charge_code": "most_serious_conviction_code",
    },
    "arrests": {
        "state": "apprehension_state_original",
        "toa_current_duty_aor": "apprehension_aor",
        "apprehension_final_program": "final_program",
    },
    "removals": {
        "state": "apprehension_state",
        "county": "apprehension_county",
        "msc_charge": "most_serious_conviction_charge",
    },
    "encounters": {"citizenship_county": "citizenship_country"},
}
ADDED = {
    "detentions": [
        *("stay_ID", *PLACE, "stint_ID"),
        *("initial_bond_set_amount_lowest_seen", "initial_bond_set_date_earliest_seen"),
        *("bond_posted_amount_lowest_seen", "bond_posted_date_earliest_seen"),
        *("duplicate_likely_bond", "duplicate_likely_sameday", "duplicate_drop_row", "duplicate_likely"),
        *("city", "state", "county"),
    ],
    "arrests": [
        *("apprehension_date_time", "duplicate_episode_identifier", "duplicate_episode_first"),
        *("duplicate_likely", *PLACE),
    ],
    "removals": ["duplicate_likely", *PLACE],
    "encounters": ["duplicate_likely", *PLACE],
}


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """A casefile of the two workbooks above and a list of one facility."""
    folder = tmp_path_factory.mktemp("by-hand")
    detentions = [(*row, *who) for row, who in zip(DETENTIONS, WHO, strict=True)]
    arrests = [(*row[:5], "St. Paul", "Fugitive", row[5]) for row in ARRESTS]
    case = create(folder / "case")
    add(case, workbook(folder / "Detentions_FY25.xlsx", "FY2025", HEADERS["Detentions"], detentions))
    add(case, workbook(folder / "Arrests_FY25.xlsx", "FY25", HEADERS["Arrests"], arrests))
    (folder / "list.csv").write_text(
        "detention_facility_code,name,address,city,county,state,zip,latitude,longitude\n"
        "AAA,Alpha Center,1 Road,Alphaville,Ramsey,MINNESOTA,55101,44.9,-93.1\n"
    )
    add(case, folder / "list.csv", as_kind="facilities")
    build(case)
    return case


@pytest.fixture(scope="module")
def written(by_hand: Casefile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ddp")
    assert said(by_hand.root, "export", "--as", "ddp", "-o", str(folder)).code == 0
    return folder


def rows_of(path: Path, *columns: str) -> list[tuple[Any, ...]]:
    table = pq.read_table(path, columns=list(columns))
    return [tuple(row[name] for name in columns) for row in table.to_pylist()]


def names_of(path: Path) -> list[str]:
    return list(pq.read_schema(path).names)


def clean(header: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_")


@pytest.fixture(scope="module")
def all_kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a casefile that has every kind of record, under the headers of March 2026."""
    folder = tmp_path_factory.mktemp("all-kinds")
    case = create(folder / "case")
    for listed in release_lists():
        if "Mar 2026" in listed.release:
            row = ["2025-01-02 03:04" if "Date" in name else "x" for name in listed.headers]
            add(
                case,
                workbook(folder / f"{listed.kind}.xlsx", "FY25", list(listed.headers), [tuple(row)]),
                as_kind=listed.kind,
            )
    build(case)
    assert said(case.root, "export", "--as", "ddp", "-o", str(folder / "out")).code == 0
    return folder / "out"


FILES = {
    "detentions": "detention-stints-latest",
    "arrests": "arrests-latest",
    "removals": "removals-latest",
    "encounters": "encounters-latest",
}


@pytest.mark.parametrize("kind", FILES)
def test_columns_are_those_of_the_release_as_ddp_renames_them(kind: str, all_kinds: Path) -> None:
    (headers,) = [one.headers for one in release_lists() if one.kind == kind and "Mar 2026" in one.release]
    cleaned = [clean(header) for header in headers if header != "Birth Date"]
    renames = RENAMED | RENAMED_IN[kind]
    expected = [renames.get(name, name) for name in cleaned]
    if kind == "arrests":
        expected.insert(expected.index("apprehension_state_original"), "apprehension_state_filled_in")
    assert names_of(all_kinds / f"{FILES[kind]}.parquet") == expected + ADDED[kind]


def test_detainers_have_the_columns_and_values_of_a_published_file(tmp_path: Path) -> None:
    """DDP's own file, taken in and written again: what it publishes comes out as it went in."""
    published = SHARED / "detention" / "mn_stcloud_detainers_declined_fy2026.csv"
    with published.open(encoding="utf-8", newline="") as file:
        header, *theirs = csv.reader(file)
    case = create(tmp_path / "case")
    add(case, published, as_kind="detainers")
    build(case)
    assert said(case.root, "export", "--as", "ddp", "-o", str(tmp_path)).code == 0
    table = pq.read_table(tmp_path / "detainers-latest.parquet")
    assert table.column_names == header[1:]
    wanted = {
        "detainer_prepare_date": pa.date32(),
        "birth_year": pa.int32(),
        "msc_sentence_months": pa.float64(),
        "row_original": pa.int32(),
        "duplicate_likely": pa.bool_(),
        "gender": pa.string(),
    }
    assert {name: table.schema.field(name).type for name in wanted} == wanted
    ours = [["NA" if value is None else _as_r(value) for value in row.values()] for row in table.to_pylist()]
    assert len(ours) == len(theirs) == 22
    differing = {
        name
        for mine, their in zip(ours, theirs, strict=True)
        for name, own, other in zip(header[1:], mine, their[1:], strict=True)
        if own != other
    }
    # NA as a text is a threat level there, and twenty-two rows do not show who has another detainer
    assert differing <= {"detainer_prep_threat_level", "duplicate_likely"}


def _as_r(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:g}" if isinstance(value, float) else str(value)


def test_facility_days_have_the_columns_and_types_of_the_published_file(written: Path) -> None:
    theirs = pq.read_schema(SHARED / "stats" / "ddp_facilities_daily_population_latest.parquet")
    ours = pq.read_schema(written / "facilities-daily-population-latest.parquet")
    assert [(field.name, field.type) for field in ours] == [(field.name, field.type) for field in theirs]


def test_stays_joined_and_facilities_have_as_many_columns_as_published(written: Path) -> None:
    stints = names_of(written / "detention-stints-latest.parquet")
    stays = names_of(written / "detention-stays-latest.parquet")
    joined = names_of(written / "joined-arrests-detention-stays-latest.parquet")
    arrests = names_of(written / "arrests-latest.parquet")
    assert (len(stints), len(stays)) == (68, 70)
    both = set(arrests) & set(stays) - {"unique_identifier"}
    assert joined == [
        *(name for name in arrests if name not in both),
        *(name for name in stays if name != "unique_identifier"),
        "has_detention_stay",
    ]
    facilities = names_of(written / "facilities-latest.parquet")
    assert len(facilities) == 26
    assert facilities[:2] == ["detention_facility_code", "name"]


def test_flags_keys_and_lowest_bonds_of_stints(written: Path) -> None:
    found = rows_of(
        written / "detention-stints-latest.parquet",
        *("row_original", "stint_ID", "initial_bond_set_amount_lowest_seen"),
        *("duplicate_likely_bond", "duplicate_likely_sameday", "duplicate_drop_row", "duplicate_likely"),
    )
    assert sorted(found) == [
        (8, "aa01_2025-01-01 10:00:00_AAA", 3000.0, False, False, False, False),
        (9, "aa01_2025-01-01 10:00:00_AAA", 3000.0, True, False, True, True),
        (10, "aa01_2025-01-02 12:00:00_BBB", None, False, True, True, True),
        (11, "aa01_2025-01-02 20:00:00_BBB", None, False, False, False, False),
        (12, "aa01_2025-02-01 08:00:00_CCC", None, False, False, False, False),
        (13, "bb02_2025-01-03_AAA", None, False, False, False, False),
        (14, None, None, False, False, False, None),
    ]
    places = rows_of(
        written / "detention-stints-latest.parquet",
        *("row_original", "stay_ID", "city", "state", "county", "file_original", "sheet_original"),
    )
    where = ("Detentions_FY25.xlsx", "FY2025")
    assert sorted(places)[4:6] == [
        (12, "aa01_2025-02-01 08:00:00", None, None, None, *where),
        (13, "bb02_2025-01-03", "Alphaville", "MN", "Ramsey", *where),
    ]
    assert {row[0] for row in rows_of(written / "detention-stints-latest.parquet", "case_threat_level")} == {
        "NA",
        "1",
        None,
    }


def test_stays(written: Path) -> None:
    found = rows_of(
        written / "detention-stays-latest.parquet",
        *("stay_ID", "n_stints", "detention_facility_codes_all", "n_stays"),
        *("initial_bond_set_amount_lowest_seen", "detention_facility_code_first"),
        *("detention_facility_code_longest", "detention_facility_code_last", "state_first", "state_last"),
    )
    assert found == [
        ("aa01_2025-01-01 10:00:00", 2, "AAA; BBB", 2, 3000.0, "AAA", "BBB", "BBB", "MN", None),
        ("bb02_2025-01-03", 1, "AAA", 1, None, "AAA", "AAA", "AAA", "MN", "MN"),
        ("aa01_2025-02-01 08:00:00", 1, "CCC", 2, None, "CCC", "CCC", "CCC", None, None),
    ]


def test_marks_of_withholding_stay_where_ddp_keeps_them(written: Path) -> None:
    stints = rows_of(written / "detention-stints-latest.parquet", "row_original", "final_charge")
    assert sorted(stints) == [
        *((row, None) for row in (8, 9, 10, 11)),
        (12, "(b)(7)(E)"),
        (13, "ALIEN PRESENT"),
        (14, None),
    ]
    stays = rows_of(written / "detention-stays-latest.parquet", "n_stints", "final_charge")
    assert stays == [(2, None), (1, "ALIEN PRESENT"), (1, "(b)(7)(E)")]


def test_times_are_dates_where_every_one_is_midnight(written: Path) -> None:
    stints = pq.read_schema(written / "detention-stints-latest.parquet")
    stays = pq.read_schema(written / "detention-stays-latest.parquet")
    instant = pa.timestamp("us", tz="UTC")
    wanted = {
        "book_in_date_time": instant,
        "stay_book_out_date": pa.date32(),
        "departed_date": pa.date32(),  # no value here: as in the published file
        "bond_posted_date": instant,
        "bond_posted_date_earliest_seen": instant,
        "initial_bond_set_date_earliest_seen": pa.date32(),
        "birth_year": pa.int32(),
        "msc_sentence_days": pa.float64(),
    }
    assert {name: stints.field(name).type for name in wanted} == wanted
    assert stays.field("book_out_date_time_longest").type == instant
    assert stays.field("n_stints").type == stays.field("n_stays").type == pa.int32()
    ((first, _),) = rows_of(written / "detention-stays-latest.parquet", "book_in_date_time_first", "stay_ID")[
        :1
    ]
    assert first == dt.datetime(2025, 1, 1, 10, tzinfo=dt.UTC)


def test_states_and_episodes_of_arrests(written: Path) -> None:
    found = rows_of(
        written / "arrests-latest.parquet",
        *("row_original", "apprehension_state_filled_in", "apprehension_state_original"),
        *("duplicate_episode_identifier", "duplicate_episode_first", "duplicate_likely"),
    )
    assert sorted(found) == [
        (8, "MINNESOTA", None, 1, True, True),
        (9, "TEXAS", "TEXAS", 1, False, True),
        (10, "WEST VIRGINIA", None, 1, True, False),
        (11, None, None, 1, True, None),
        (12, "LOUISIANA", None, 2, True, False),  # DDP's rule takes the first two letters that are a state
        (13, None, None, 2, True, False),
    ]


def test_arrests_are_joined_to_the_stays_that_they_led_to(written: Path) -> None:
    found = rows_of(
        written / "joined-arrests-detention-stays-latest.parquet",
        *("row_original", "stay_ID", "has_detention_stay", "gender", "n_stints"),
    )
    assert sorted(found) == [
        (8, "aa01_2025-01-01 10:00:00", True, "Male", 2),
        (10, "bb02_2025-01-03", True, "Female", 1),
        (11, None, False, "Unknown", None),
        (12, "aa01_2025-02-01 08:00:00", True, "Male", 1),
        (13, None, False, "Unknown", None),
    ]


def test_facilities(written: Path) -> None:
    found = rows_of(
        written / "facilities-latest.parquet",
        *("detention_facility_code", "name", "address_full", "state", "state_fips_code", "latitude"),
        *("days_with_detentions_daily_last_year", "average_midnight_population_last_year"),
    )
    assert sorted(found) == [
        ("AAA", "Alpha Center", "1 Road, Alphaville, MN 55101", "MN", "27", 44.9, 4, 2 / 365),
        ("BBB", "BETA", None, None, None, None, 4, 3 / 365),
        ("CCC", "GAMMA", None, None, None, None, 1, 1 / 365),
    ]


def counted_by_day(rows: list[dict[str, Any]], last: dt.date) -> dict[tuple[str, dt.date], tuple[int, ...]]:
    """The populations day by day and person by person, as DDP describes them."""
    people: dict[tuple[str, dt.date], list[set[str]]] = defaultdict(lambda: [set() for _ in range(6)])
    for number, row in enumerate(rows):
        who = row["unique_identifier"] or f"row {number}"
        begins = row["book_in_date_time"].date()
        out = row["book_out_date_time"]
        ends = max(begins, out.date() if out else last)
        day = begins
        while day <= min(ends, last):
            sets = people[(row["detention_facility_code"], day)]
            year = row["birth_year"]
            holds = (
                True,
                out is None or out.date() >= day + dt.timedelta(days=1),
                row["gender"] == "Male",
                row["gender"] == "Female",
                row["book_in_criminality"] == CONVICTED,
                year is not None and day < dt.date(year + 18, 1, 1),
            )
            for kind, is_held in zip(sets, holds, strict=True):
                if is_held:
                    kind.add(who)
            day += dt.timedelta(days=1)
    return {key: tuple(map(len, sets)) for key, sets in people.items() if key[1] >= FIRST}


@pytest.fixture(scope="module")
def of_whole(whole: Casefile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    assert said(whole.root, "export", "--as", "ddp", "-o", str(folder)).code == 0
    return folder


@pytest.mark.parametrize("which", ["written", "of_whole"])
def test_facility_days_are_counted_as_day_by_day(which: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(which)
    needed = ["unique_identifier", "detention_facility_code", "book_in_date_time", "book_out_date_time"]
    needed += ["gender", "book_in_criminality", "birth_year"]
    stints = pq.read_table(folder / "detention-stints-latest.parquet", columns=needed).to_pylist()
    last = {"written": dt.date(2025, 2, 1), "of_whole": LAST}[which]  # when the release was made
    expected = counted_by_day(stints, last)
    days = pq.read_table(folder / "facilities-daily-population-latest.parquet").drop(["detention_facility"])
    codes = {code for code, _ in expected}
    assert days.num_rows == len(codes) * ((last - FIRST).days + 1)
    held = days.filter(pc.field("n_detained") > 0)
    found = {(code, day): tuple(n) for code, day, *n in zip(*held.to_pydict().values(), strict=True)}
    assert found == expected
    none = days.filter(pc.field("n_detained") == 0).drop(["detention_facility_code", "date"])
    assert all(set(column.to_pylist()) == {0} for column in none.columns)


def test_every_row_of_the_sources_is_there(of_whole: Path, whole: Casefile) -> None:
    heard = said(whole.root, "export", "--as", "ddp", "-o", str(of_whole), "--json").json
    n_rows = {one["file"]: one["n_rows"] for one in heard["files"]}
    assert n_rows["detention-stints-latest.parquet"] == 300
    for name, n in n_rows.items():
        assert pq.read_metadata(of_whole / name).num_rows == n
    first = [row[0] for row in rows_of(of_whole / "arrests-latest.parquet", "duplicate_episode_first")]
    assert n_rows["joined-arrests-detention-stays-latest.parquet"] == sum(first)
    assert [one["file"] for one in heard["left_out"]] == [
        "detainers-latest.parquet",
        "encounters-latest.parquet",
    ]


def test_what_is_null_or_not_there_is_told(by_hand: Casefile, tmp_path: Path) -> None:
    (tmp_path / "detainers-latest.csv").write_text("of another day")
    heard = said(by_hand.root, "export", "--as", "ddp", "-o", str(tmp_path), "--format", "csv")
    assert "made about 2025-02-01, and `longest_open_until` of paradero.toml is 2026-03-10" in heard.err
    assert "facilities-latest.csv: never filled here: county_fips_code," in heard.out
    assert re.search(r"stints-latest\.csv: no value in the sources for .*religion", heard.out)
    assert "not written: removals-latest.csv (no removals in this data release)" in heard.out
    assert "detainers-latest.csv (no detainers in this data release; the file of that name" in heard.out
    assert (tmp_path / "detainers-latest.csv").read_text() == "of another day"
    with (tmp_path / "detention-stints-latest.csv").open(encoding="utf-8") as file:
        row = next(csv.DictReader(file))
    assert row["book_in_date_time"] == "2025-01-01 05:00:00"


def test_the_rows_are_the_first_sheet_of_a_workbook(by_hand: Casefile, tmp_path: Path) -> None:
    assert said(by_hand.root, "export", "--as", "ddp", "-o", str(tmp_path), "--format", ".xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "arrests-latest.xlsx", read_only=True)
    assert book.sheetnames == ["Arrests", "about"]
    assert next(book["Arrests"].iter_rows(values_only=True))[0] == "apprehension_date"
    book.close()


def test_ids_of_two_releases_are_not_taken_for_the_same_people(by_hand: Casefile, tmp_path: Path) -> None:
    case = copied(by_hand, tmp_path / "case")
    other = workbook(
        tmp_path / "Detentions_other.xlsx",
        "FY24",
        HEADERS["Detentions"],
        [("2024-01-01 10:00", "2024-01-01 10:00", None, None, "DELTA", "DDD", None, "Male", *WHO[0])],
    )
    add(case, other, release="other")
    build(case)
    heard = said(case.root, "export", "--as", "ddp", "-o", str(tmp_path / "out"))
    assert (heard.code, "2 data releases (other, unnamed)" in heard.err) == (1, True)
    assert not (tmp_path / "out").exists()
    heard = said(case.root, "export", "--as", "ddp", "-o", str(tmp_path / "out"), "--release", "other")
    assert heard.code == 0
    path = tmp_path / "out" / "detention-stints-latest.parquet"
    assert rows_of(path, "detention_facility_code") == [("DDD",)]
    days = rows_of(tmp_path / "out" / "facilities-daily-population-latest.parquet", "date", "n_detained")
    assert [day for day, n in days if n] == [dt.date(2024, 1, 1)]  # what comes after its release is not known
    assert not (tmp_path / "out" / "arrests-latest.parquet").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--as", "dpd"), "Did you mean `ddp`"),
        (("stints", "--as", "ddp"), "Leave out the table"),
        (("--as", "ddp", "--by", "gender"), "Leave out the table"),
        ((), "No table is named"),
        (("stints", "--release", "x"), "`--release` is of `--as`"),
        (("--as", "ddp", "--format", "foo"), "is not an ending that names a format"),
        (("--as", "ddp", "--release", "x"), "is not a release of records here"),
        (("--as", "ddp", "--publish"), "publishes counts only"),
    ],
)
def test_what_is_asked_for_wrongly_writes_nothing(
    by_hand: Casefile, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    heard = said(by_hand.root, "export", *arguments, "-o", str(tmp_path / "out"))
    assert heard.code == 1
    assert message in heard.err
    assert not (tmp_path / "out").exists()


def test_files_that_leave_are_registered(by_hand: Casefile, tmp_path: Path) -> None:
    case = copied(by_hand, tmp_path / "case")
    out = str(tmp_path / "out")
    heard = said(case.root, "export", "--as", "ddp", "-o", out, "--publish", "--profile", "court")
    assert (heard.code, "profile court" in heard.err) == (0, True)
    log = (case.root / "log.jsonl").read_text(encoding="utf-8")
    assert log.count("-latest.parquet") == len(list((tmp_path / "out").iterdir())) == 6


def test_what_was_written_is_taken_in_and_written_again(of_whole: Path, tmp_path: Path) -> None:
    """DDP's own files are sources too: those that are, added and exported, come out as they went in."""
    case = create(tmp_path / "case")
    for path in sorted(of_whole.iterdir()):
        if not path.name.startswith(("detention-stays", "joined")):
            add(case, path)
    build(case)
    assert said(case.root, "export", "--as", "ddp", "-o", str(tmp_path / "out")).code == 0
    assert len(list((tmp_path / "out").iterdir())) == 7
    for path in (tmp_path / "out").iterdir():
        ours, before = pq.read_table(path), pq.read_table(of_whole / path.name)
        assert ours.schema.equals(before.schema), path.name
        differing = [name for name in ours.column_names if not ours[name].equals(before[name])]
        assert differing == [], path.name
