"""Two tables in one sheet: one is taken, the other is named with its columns and rows, and none of its rows
is a note or a record.
"""

import pytest

from paradero.sources import original_row

from .builders import STINT, STINT_HEADERS, Table, columns_of, rejects_of, taken, write_csv, write_xlsx

OTHER_HEADERS = [
    "Detention Facility Code",
    "Detention Facility",
    "Book In Date Time",
    "Anonymized Identifier",
    "Beds",
]


def stint(person: str) -> list[str]:
    return [*STINT[:-1], person]


def other(code: str) -> list[str]:
    return [code, f"HOUSE {code}", "2020-05-05 05:05:00", f"other-{code}", "40"]


def side_by_side(left: Table, right: Table, *, gap: int = 1) -> Table:
    """Lay two tables beside each other, the left one padded to its width."""
    width = len(left[0])
    pad = [None] * gap
    return [
        [*(left[n] if n < len(left) else [None] * width), *pad, *(right[n] if n < len(right) else [])]
        for n in range(max(len(left), len(right)))
    ]  # fmt: skip


def persons(rows: list[dict[str, object]]) -> list[object]:
    return [row["unique_identifier"] for row in rows]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_second_table_is_named_and_its_rows_are_not_taken(suffix, tmp_path):
    left = [STINT_HEADERS, *[stint(f"p{n}") for n in range(4)]]
    right = [OTHER_HEADERS, *[other(f"CODE{n}") for n in range(7)]]
    sheet = side_by_side(left, right)
    path = (
        write_xlsx(tmp_path / "a.xlsx", {"Held": sheet})
        if suffix == ".xlsx"
        else write_csv(tmp_path / "a.csv", sheet)
    )
    done, rows = taken(path, tmp_path / "out")
    assert persons(rows) == ["p0", "p1", "p2", "p3"]
    assert {row["book_in_date_time"].year for row in rows} == {2025}
    ledger = done.ledger
    # 8 rows: the header, 4 with a stint (and one of the other table), 3 with the other table alone
    assert (
        ledger.in_file,
        ledger.header,
        ledger.taken,
        ledger.not_taken,
        ledger.notes,
        ledger.stray,
        ledger.blank,
        ledger.missing,
    ) == (8, 1, 4, 3, 0, 0, 0, 0)
    (remark,) = done.sheets[0].remarks
    assert remark.startswith(
        "columns I:M hold another table (5 headers, 7 rows in rows 2 to 8, 3 of them beside no record), which"
        " was not taken"
    )
    assert (
        next(row for row in rejects_of(tmp_path / "out") if row["problem"] == "table_beside")["column_name"]
        == "I:M"
    )
    assert [
        row["header"] for row in columns_of(tmp_path / "out") if row["status"] == "table_beside"
    ] == OTHER_HEADERS
    assert done.sheets[0].unexpected == ()
    if suffix == ".xlsx":
        assert original_row(path, tmp_path / "out", "Held", 8)["Beds"] == "40"


def test_the_table_of_the_kind_is_taken_where_it_stands_on_the_right(tmp_path):
    left = [
        ["Detention Facility Code", "Detention Facility"],
        *[[f"LIST{n}", f"LISTED {n}"] for n in range(6)],
    ]
    right = [STINT_HEADERS, *[stint(f"p{n}") for n in range(3)]]
    done, rows = taken(write_xlsx(tmp_path / "a.xlsx", {"Held": side_by_side(left, right)}), tmp_path / "out")
    assert persons(rows) == ["p0", "p1", "p2"]
    assert {row["detention_facility_code"] for row in rows} == {"EXACODE"}
    assert (done.ledger.taken, done.ledger.not_taken, done.ledger.notes) == (3, 3, 0)


def test_two_tables_of_one_kind(tmp_path):
    left = [STINT_HEADERS, *[stint(f"p{n}") for n in range(3)]]
    right = [STINT_HEADERS, *[stint(f"q{n}") for n in range(5)]]
    done, rows = taken(write_xlsx(tmp_path / "a.xlsx", {"Held": side_by_side(left, right)}), tmp_path / "out")
    assert persons(rows) == ["p0", "p1", "p2"]
    assert (done.ledger.taken, done.ledger.not_taken) == (3, 2)
    assert "columns I:O" in done.sheets[0].remarks[0]


def test_a_key_beside_the_first_rows_is_no_part_of_them(tmp_path):
    left = [STINT_HEADERS, *[stint(f"p{n}") for n in range(9)]]
    right = [["Gender", "Meaning"], ["M", "Male"], ["F", "Female"]]
    done, rows = taken(write_xlsx(tmp_path / "a.xlsx", {"Held": side_by_side(left, right)}), tmp_path / "out")
    assert {row["gender"] for row in rows} == {None}
    assert (
        "columns I:J hold another table (2 headers, 2 rows in rows 2 to 3, 0 of them"
        in done.sheets[0].remarks[0]
    )


def test_a_table_without_headers_beside_one(tmp_path):
    left = [["title", *[None] * 6], STINT_HEADERS, *[stint(f"p{n}") for n in range(2)]]
    right: Table = [[None], [None], [None], ["January", "12"], ["February", "13"], ["March", "14"]]
    done, rows = taken(write_xlsx(tmp_path / "a.xlsx", {"Held": side_by_side(left, right)}), tmp_path / "out")
    assert len(rows) == 2
    assert (done.ledger.above, done.ledger.taken, done.ledger.not_taken, done.ledger.notes) == (1, 2, 2, 0)
    assert (
        "columns I:J hold another table (no headers, 3 rows in rows 4 to 6, 2 of them"
        in done.sheets[0].remarks[0]
    )


def test_an_empty_column_inside_one_table_parts_nothing(tmp_path):
    sheet = side_by_side(
        [[header] for header in ["Book In Date Time"]] + [["2025-01-01"]] * 4,
        [STINT_HEADERS[2:], *[stint(f"p{n}")[2:] for n in range(4)]],
    )
    done, rows = taken(write_xlsx(tmp_path / "a.xlsx", {"Held": sheet}), tmp_path / "out")
    assert persons(rows) == ["p0", "p1", "p2", "p3"]
    assert (done.ledger.taken, done.ledger.not_taken) == (4, 0)
    assert "taken as one table" in done.sheets[0].remarks[0]


def test_a_row_of_cells_under_unknown_headers_alone_is_no_note(tmp_path):
    rows = [
        [*STINT_HEADERS, "Cells", "Beds"],
        [*STINT, "x", "1"],
        [*[None] * len(STINT), "wing two", "7"],
        [*[None] * len(STINT), "Total", "8"],
    ]
    done, _ = taken(write_xlsx(tmp_path / "a.xlsx", {"Held": rows}), tmp_path / "out")
    assert (done.ledger.taken, done.ledger.stray, done.ledger.notes, done.ledger.missing) == (1, 1, 1, 0)


def test_a_total_and_a_repeated_header_of_the_table_taken_are_known_beside_another(tmp_path):
    left = [
        STINT_HEADERS,
        stint("p0"),
        STINT_HEADERS,
        stint("p1"),
        ["Total", None, "2", None, None, None, None],
    ]
    right = [OTHER_HEADERS, *[other(f"CODE{n}") for n in range(4)]]
    done, rows = taken(write_xlsx(tmp_path / "a.xlsx", {"Held": side_by_side(left, right)}), tmp_path / "out")
    assert persons(rows) == ["p0", "p1"]
    assert (done.ledger.repeated_headers, done.ledger.notes, done.ledger.not_taken) == (1, 1, 0)
