"""ICE's own statistics workbooks and lists of facilities, as published."""

import functools
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from attack.scale import sampled

from paradero.model.errors import SourceError
from paradero.sources import Ingested, ingest, original_row, sniff
from paradero.sources.ice_statistics import constants

from .builders import DATA, STINT_HEADERS, rejects_of, rows_of, taken, write_xlsx

# file: (facilities, header row, as of, sum of average daily population by criminality)
FACILITIES = {
    "FY20-detentionstats.xlsx": (170, 7, "2020-09-30"),
    "FY21-detentionstats.xlsx": (135, 7, "2021-09-27"),
    "FY22-detentionStats.xlsx": (130, 7, "2022-09-19"),
    "FY24_detentionStats.xlsx": (109, 7, "2024-10-07"),
    "FY25_detentionStats11212024.xlsx": (111, 7, "2024-10-28"),
    "FY25_detentionStats01162025.xlsx": (107, 7, "2025-01-06"),
    "FY25_detentionStats02142025.xlsx": (114, 7, "2025-01-21"),
    "FY25_detentionStats02272025.xlsx": (122, 7, "2025-02-18"),
    "FY25_detentionStats03262025.xlsx": (134, 7, "2025-03-17"),
    "FY25_detentionStats09242025.xlsx": (189, 7, "2025-09-15"),
    "FY26_detentionStats02022026.xlsx": (225, 10, "2026-01-22"),
    "FY26_detentionStats_02122026.xlsx": (220, 10, "2026-02-05"),
}

# "currently detained" of data/README.md: total of the Detention sheet's first table
DETAINED = {
    "FY25_detentionStats09242025.xlsx": 59_762,
    "FY26_detentionStats02022026.xlsx": 70_766,
    "FY26_detentionStats_02122026.xlsx": 68_289,
}


# what the suite reads: one of each layout, and the one with an odd word in it
SUITE = (
    "FY21-detentionstats.xlsx",
    "FY22-detentionStats.xlsx",
    "FY24_detentionStats.xlsx",
    "FY25_detentionStats02142025.xlsx",
    "FY26_detentionStats_02122026.xlsx",
)

Read = Callable[[str], tuple[Path, Ingested]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Each public file read once, for all tests of it: the folder of its rows, and what reading it gave."""
    folder = tmp_path_factory.mktemp("published")

    @functools.cache
    def once(name: str) -> tuple[Path, Ingested]:
        out = folder / name
        out.parent.mkdir(parents=True, exist_ok=True)
        return out, ingest(DATA / name, out, source="s", file_name=Path(name).name, processes=1)

    return once


def test_all_workbooks_are_covered():
    assert {path.name for path in (DATA / "stats").glob("FY*.xlsx")} == set(FACILITIES)


@pytest.mark.parametrize("name", sampled(FACILITIES, SUITE))
def test_statistics_workbook(name, read):
    facilities, header_row, as_of = FACILITIES[name]
    assert sniff(DATA / "stats" / name).kinds[0] == "statistics"
    out, done = read(f"stats/{name}")
    assert done.kinds == ("statistics", "facility_statistics")
    sheet = next(sheet for sheet in done.sheets if "facility_statistics" in sheet.kinds)
    assert (sheet.header_row, sheet.rows_kept) == (header_row, facilities)
    rows = rows_of(out, "facility_statistics")
    assert {(str(row["as_of"])[:10], row["as_of_from"], row["fiscal_year"]) for row in rows} == {
        (as_of, "sheet", int("20" + name[2:4]))
    }
    assert all(row["name"] and row["state"] for row in rows)
    by_level, by_crime, by_threat = (
        sum(row[column] or 0 for row in rows for column in columns)
        for columns in (
            ("level_a", "level_b", "level_c", "level_d"),
            ("male_crim", "male_non_crim", "female_crim", "female_non_crim"),
            ("threat_level_1", "threat_level_2", "threat_level_3", "no_threat_level"),
        )
    )
    assert by_crime > 10_000
    assert by_level == pytest.approx(by_crime, rel=0.02)
    assert by_threat == pytest.approx(by_crime, rel=0.02)
    assert {
        (reject["column_name"], reject["value"], reject["problem"])
        for reject in rejects_of(out)
        if reject["problem"] != "outside_table"
    } <= {
        ("guaranteed_minimum", "N/A", "unreadable"),
        (
            "threat_level_1",
            "Scheduled",
            "unreadable",
        ),  # row 79 of 14 February 2025: a word of another column, as published
    }
    assert sheet.rows_outside == sum(reject["problem"] == "outside_table" for reject in rejects_of(out))


@pytest.mark.parametrize("name", sampled(DETAINED, SUITE[-1:]))
def test_currently_detained_is_found_by_its_labels_and_address(name, read):
    out, _ = read(f"stats/{name}")
    with duckdb.connect() as connection:
        cells = connection.sql(
            "SELECT source_sheet, source_row, source_column, column_label, title FROM read_parquet($files)"
            " WHERE source_sheet LIKE 'Detention%' AND row_label = 'Total' AND column_label = 'Total' AND"
            " number = $number ORDER BY source_row",
            params={"files": str(out / "rows-statistics-*.parquet"), "number": DETAINED[name]},
        ).fetchall()
    sheet = "Detention FY" + name[2:4]
    assert (sheet, 10, "D") in {cell[:3] for cell in cells}
    assert "Currently Detained" in next(cell[4] for cell in cells if cell[1] == 10)
    row = original_row(DATA / "stats" / name, out, sheet, 10)
    assert row["column 4"] == str(DETAINED[name])


def test_notes_below_the_facilities_are_no_facilities(read):
    out, done = read("stats/FY22-detentionStats.xlsx")
    assert sum(sheet.rows_outside for sheet in done.sheets) == 4
    assert [reject["source_row"] for reject in rejects_of(out)] == [139, 140, 141, 142]


def test_as_of_falls_back_on_the_name_of_the_file():
    stated = constants(
        [["ICE FACILITIES DATA, FY25"], ["Data Source: ICE Integrated Decision Support (IIDS), 09/15/2025"]],
        "FY25_detentionStats09242025.xlsx",
    )
    assert stated == {"as_of": "2025-09-15", "as_of_from": "sheet", "fiscal_year": "2025"}
    assert constants([], "FY25_detentionStats09242025.xlsx") == {
        "as_of": "2025-09-24",
        "as_of_from": "file_name",
        "fiscal_year": "2025",
    }
    assert constants([], "FY24_detentionStats.xlsx") == {
        "as_of": None,
        "as_of_from": None,
        "fiscal_year": "2024",
    }
    assert constants([["IIDS, 02/30/2025"]], "x") == {"as_of": None, "as_of_from": None, "fiscal_year": None}


def test_addresses_hold_where_a_sheet_begins_further_in(tmp_path):
    write_xlsx(
        tmp_path / "f.xlsx",
        {
            "Detention FY25": [[], [None, None, "Total"], [None, None, 7]],
            "Facilities FY25": [["x"]],
            "Footnotes": [["y"]],
        },
    )
    ingest(tmp_path / "f.xlsx", tmp_path / "out", source="s", file_name="f")
    cell = next(row for row in rows_of(tmp_path / "out", "statistics") if row["number"] == 7)
    assert (cell["source_sheet"], cell["source_row"], cell["source_column"], cell["column_label"]) == (
        "Detention FY25",
        3,
        "C",
        "Total",
    )


LIST_OF_2017 = "facilities/ICE_Facility_List_11-06-2017-web.xlsx"


def test_ice_list_of_2017(read):
    out, done = read(LIST_OF_2017)
    rows = rows_of(out, "facilities")
    assert done.kinds == ("facilities",)
    main = [row for row in rows if row["source_sheet"] == "Facility List - Main"]
    assert len(main) == 1685
    assert len({row["detention_facility_code"] for row in main if row["detention_facility_code"]}) == 1479
    sheet = next(sheet for sheet in done.sheets if sheet.name == "Facility List - Main")
    assert (sheet.header_row, sheet.unexpected, sheet.variant) == (9, (), "ICE facility list November 2017")
    assert {
        (reject["column_name"], reject["value"])
        for reject in rejects_of(out)
        if reject["column_name"] == "capacity"
    } == {("capacity", "AS NEEDED")}


def test_marshall_list_agrees_with_ices_on_every_date(read, tmp_path):
    _, ours = taken(DATA / "facilities/marshall_locations.csv", tmp_path / "m")
    ice = rows_of(read(LIST_OF_2017)[0], "facilities")
    assert len(ours) == 1479
    assert Counter(reject["value"] for reject in rejects_of(tmp_path / "m")).total() == 17
    assert all(
        reject["value"].isdigit() or reject["value"] == "Oct-82" for reject in rejects_of(tmp_path / "m")
    )
    stated: dict[tuple[str, str], set[object]] = {}
    columns = ("date_of_first_use", "date_of_last_use")
    for row in ice:
        if row["source_sheet"] == "Facility List - Main":
            for column in columns:
                stated.setdefault((row["detention_facility_code"], column), set()).add(row[column])
    compared = [
        (row[column], stated[row["detention_facility_code"], column])
        for row in ours
        for column in columns
        if row[column] is not None
    ]
    assert len(compared) > 2700
    assert [pair for pair in compared if pair[0] not in pair[1]] == []


def test_ice_list_of_2009_in_the_old_format(tmp_path):
    done, rows = taken(DATA / "facilities/09foia5638detentionfacilitylist.xls", tmp_path / "out")
    assert (done.container, done.kinds) == ("xls", ("facilities",))
    assert len(rows) == 275
    assert Counter(len(row["detention_facility_code"] or "") for row in rows) == {
        7: 262,
        3: 9,
        0: 4,
    }  # it has nine codes of three letters


PUBLISHED = [
    ("arrests_removals/ero_arrests_fy2016.csv.gz", "arrests", 110_104),
    ("ice_air/arts_flight_legs_fy2011-2018.csv", "passengers", 42_982),
    ("ice_air/arts_enforced_fines.csv", "missions", 42),
    ("detention/mn_stcloud_detainers_declined_fy2026.csv", "detainers", 22),
    # these two the suite counts among the anchors
    ("arrests_removals/ice_removals_fy2016.csv.gz", "removals", 240_255),
    ("stats/ddp_facilities_daily_population_latest.parquet", "facility_days", 888_699),
]


@pytest.mark.parametrize(("name", "kind", "rows"), sampled(PUBLISHED, PUBLISHED[:4], several=True))
def test_published_files_are_taken_whole(name, kind, rows, read):
    _, done = read(name)
    assert (done.kinds, done.rows_kept, done.cells_rejected) == ((kind,), rows, 0)


def test_passenger_legs_add_up(read):
    out, _ = read("ice_air/arts_flight_legs_fy2011-2018.csv")
    assert sum(row["passenger_count"] for row in rows_of(out, "passengers")) == 1_732_610


def test_a_stint_table_without_its_book_in_is_no_list_of_facilities(tmp_path):
    headers = [header for header in STINT_HEADERS if header != "Book In Date Time"]
    write_xlsx(tmp_path / "f.xlsx", {"a": [headers, ["x"] * len(headers)]})
    with pytest.raises(SourceError, match="lacks `book_in_date_time`"):
        sniff(tmp_path / "f.xlsx")
