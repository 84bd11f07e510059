"""Ids that name nobody for certain: told, counted, missing with a reason, and shown as received."""

import pyarrow as pa
import pytest

from paradero.sources import original_row
from paradero.sources.values.person_ids import alike, lost_digits, names_nobody

from .builders import STINT, STINT_HEADERS, rejects_of, taken, write_columnar, write_csv, write_xlsx


def stints(*persons: object) -> list[list[object]]:
    return [STINT_HEADERS, *[[*STINT[:-1], person] for person in persons]]


NOBODY = ["unknown", "UNK", "Unk.", "TBD", "0", "000000", "0.0", "*", "***", "?", "xxxxx", "999999999", "[Unknown]", "(not assigned)", "\uff35\uff2e\uff2b", "desconocido", "S/N", "xx", "####"]  # fmt: skip
SOMEBODY = [
    "0001",
    "10",
    "a0",
    "unk1",
    "tbd2025",
    "1000000",
    "00ab",
    "77",
    "123",
    "xxxy",
    "nobodyknows",
    "test01",
]


@pytest.mark.parametrize("text", NOBODY)
def test_words_for_nobody(text):
    assert names_nobody(pa.array([text])).tolist() == [True]


@pytest.mark.parametrize("text", SOMEBODY)
def test_words_that_may_be_ids(text):
    assert names_nobody(pa.array([text])).tolist() == [False]


def test_a_running_number_of_one_digit_again_and_again_is_an_id():
    ids = [str(number) for number in range(1, 1200)]
    assert not names_nobody(pa.array(ids)).any()
    assert names_nobody(pa.array(["9998", "9999", "10115"])).tolist() == [False, True, False]
    assert not names_nobody(pa.array(["0", "1", "2"])).any()
    assert not names_nobody(pa.array(["111", "222", "333"])).any()


def test_words_are_nobody_among_numbers_and_pseudonyms_among_words():
    assert names_nobody(pa.array(["removed", "a17", "b23", "x", None])).tolist() == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert not names_nobody(pa.array(["removed", "late", "x", "y", "same"])).any()
    assert not names_nobody(pa.array(["blank"])).any()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_rows_of_nobody_are_told_and_shown(suffix, tmp_path):
    table = stints("UNK", "00ab", "UNK", "000000", "n/a", "b(6), b(7)c")
    write = {
        ".csv": write_csv,
        ".parquet": write_columnar,
        ".xlsx": lambda path, rows: write_xlsx(path, {"S": rows}),
    }[suffix]
    path = write(tmp_path / f"a{suffix}", table)
    done, rows = taken(path, tmp_path / "out")
    assert [row["unique_identifier"] for row in rows] == [None, "00ab", None, None, None, None]
    assert [row["unique_identifier_why_missing"] for row in rows] == [
        "stand_in",
        None,
        "stand_in",
        "stand_in",
        "blank",
        "withheld",
    ]
    said = {(each["taken"], each["cells"]) for each in done.assumed if each["what"] == "word_for_nobody"}
    assert said == {("`UNK`", 2), ("`000000`", 1)}
    assert rows[0]["redactions"] != rows[3]["redactions"]
    shown = original_row(
        path, tmp_path / "out", "S" if suffix == ".xlsx" else "", 1 if suffix == ".parquet" else 2
    )
    assert shown["Anonymized Identifier"] == "UNK"


def test_ids_that_lost_digits_are_nobodys_and_shown_as_received(tmp_path):
    # two people whose ids 123456789012345678 and 123456789012345679 a spreadsheet cut to one number
    path = write_csv(
        tmp_path / "a.csv", stints("1.23457E+17", "1.23457E+17", "1,23457E+17", "2E+17", "00ab", "12e5")
    )
    done, rows = taken(path, tmp_path / "out")
    assert [row["unique_identifier"] for row in rows] == [None, None, None, None, "00ab", "12e5"]
    assert [row["unique_identifier_why_missing"] for row in rows[:4]] == ["unreadable"] * 4
    assert [(each["source_row"], each["value"], each["problem"]) for each in rejects_of(tmp_path / "out")][:2] == [
        (2, "1.23457E+17", "id_precision_lost"), (3, "1.23457E+17", "id_precision_lost"),
    ]  # fmt: skip
    assert [each["cells"] for each in done.assumed if each["what"] == "id_precision_lost"] == [4]
    assert original_row(path, tmp_path / "out", "", 2)["Anonymized Identifier"] == "1.23457E+17"


def test_a_number_too_long_for_a_cell_shows_no_digits_of_its_own(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx",
        {"S": stints(123456789012345678, 123456789012345679, 1.23457e25, 123456789012, "123456789012345678")},
    )
    _, rows = taken(path, tmp_path / "out")
    assert [row["unique_identifier"] for row in rows] == [
        None,
        None,
        None,
        "123456789012",
        "123456789012345678",
    ]
    shown = [
        original_row(path, tmp_path / "out", "S", row["source_row"])["Anonymized Identifier"] for row in rows
    ]
    assert shown == [
        "1.234567890123457E+17",
        "1.234567890123457E+17",
        "1.23457E+25",
        "123456789012",
        "123456789012345678",
    ]


def test_zeros_behind_the_fifteenth_digit_of_every_long_id_are_lost_digits():
    cut = [
        "1234567890123450",
        "2234567890123450",
        "12",
    ]  # sixteen digits, the last of both a zero: once in a hundred, and not less
    assert not lost_digits(pa.array(cut)).any()
    assert lost_digits(pa.array([*cut, "3234567890123450"])).tolist() == [True, True, False, True]
    assert not lost_digits(pa.array([*cut, "3234567890123450", "3234567890123451"])).any()


def test_ids_that_differ_only_in_how_they_are_written_name_nobody(tmp_path):
    texts = [
        "ab12",
        "AB12",
        "cd34",
        "'ef56",
        "ef56",
        "\uff47\uff48\uff17\uff18",
        "gh78",
        "ij90",
        "ij\u200b90",
    ]
    done, rows = taken(write_csv(tmp_path / "a.csv", stints(*texts)), tmp_path / "out")
    # letters that nobody sees are left out, as before: the last two are one
    assert [row["unique_identifier"] for row in rows] == [
        None,
        None,
        "cd34",
        None,
        None,
        None,
        None,
        "ij90",
        "ij90",
    ]
    (said,) = [each for each in done.assumed if each["what"] == "id_twins"]
    assert (said["cells"], said["columns"], said["is_open"]) == (6, "unique_identifier", True)
    assert said["taken"].startswith("3 such as `AB12` and `ab12`")
    assert [each["problem"] for each in rejects_of(tmp_path / "out")].count("id_twin") == 6


def test_alike():
    assert alike(pa.array(["a1", "A1", None, "b1", "(b1)", "c1", "c 1"])) == {
        "a1": ["A1", "a1"],
        "b1": ["(b1)", "b1"],
    }


def test_codes_of_facilities_are_read_in_capitals(tmp_path):
    codes = ["EXACODE", "exacode", " ExaCode\u200b", "\uff25\uff38\uff21\uff23\uff2f\uff24\uff25", "EXBCODE"]
    table = [STINT_HEADERS, *[[*STINT[:3], code, *STINT[4:]] for code in codes]]
    path = write_csv(tmp_path / "a.csv", table)
    done, rows = taken(path, tmp_path / "out")
    assert [row["detention_facility_code"] for row in rows] == ["EXACODE"] * 4 + ["EXBCODE"]
    assert [(each["cells"], each["columns"]) for each in done.assumed if each["what"] == "letter_case"] == [
        (3, "detention_facility_code")
    ]
    assert original_row(path, tmp_path / "out", "", 3)["Detention Facility Code"] == "exacode"
