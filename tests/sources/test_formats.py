"""The same table gives the same typed rows whatever holds it, and each row can be shown as it was
received.
"""

import gzip
import resource
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from attack.scale import at_length, draws
from hypothesis import given, settings
from hypothesis import strategies as st

from paradero.model.errors import SourceError
from paradero.sources import Ingested, empty_rows, ingest, ingesting, layout_of, original_row, sniff

from .builders import (
    DATA,
    STINT,
    STINT_HEADERS,
    Table,
    rows_of,
    taken,
    values_only,
    write_columnar,
    write_csv,
    write_xlsx,
)

HEADERS = [*STINT_HEADERS, "Bond Posted Amount", "Alien File Number", "Novel"]
SUFFIXES = (".xlsx", ".csv", ".pipe.csv", ".csv.gz", ".parquet", ".feather")

texts = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x2FFF), max_size=12
).filter(lambda text: text.strip() != "NA")
dates = st.one_of(
    st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1)).map(
        lambda time: time.strftime("%Y-%m-%d %H:%M:%S")
    ),
    st.sampled_from(["", "1/2/2025", "13/2/2025", "45658.5", "(b)(6)", "soon", "2025-02-30", " 2025-01-01 "]),
)
rows_drawn = st.lists(
    st.tuples(
        dates,
        dates,
        texts,
        texts,
        dates,
        st.sampled_from(["1990", "", "x", "19.5"]),
        texts,
        st.sampled_from(["1,000", "", "n/a", "0.1"]),
        texts,
        texts,
    ).map(list),
    min_size=1,
    max_size=8,
).map(lambda rows: [*rows, [*STINT, "1", "(b)(6)", "x"]])


def write(path: Path, rows: Table) -> Path:
    if path.suffix == ".xlsx":
        return write_xlsx(path, {"a": [[cell or None for cell in row] for row in rows]})
    if path.name.endswith(".gz"):
        plain = write_csv(path.with_suffix(""), rows)
        path.write_bytes(gzip.compress(plain.read_bytes()))
        return path
    if path.suffix == ".csv":
        return write_csv(path, rows, delimiter="|" if ".pipe" in path.name else ",")
    return write_columnar(path, rows)


@settings(max_examples=draws(4, 40), derandomize=True, deadline=None)
@given(rows_drawn)
def test_the_same_table_gives_the_same_rows(rows):
    with tempfile.TemporaryDirectory() as name:
        made = []
        for suffix in SUFFIXES:
            _, typed = taken(write(Path(name) / f"f{suffix}", [HEADERS, *rows]), Path(name) / "out")
            made.append(values_only(typed))
        assert all(one == made[0] for one in made[1:])
        assert len(made[0]) <= len(rows)


SEATTLE = DATA / "detention/uw_v_dhs_seattle_aor_2012-2019.xlsx"


@pytest.fixture(scope="module")
def seattle(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ingested]:
    """The public workbook of Seattle, read once by one process: the folder of its rows, and what reading it
    gave.
    """
    out = tmp_path_factory.mktemp("seattle") / "one"
    return out, ingest(SEATTLE, out, source="s", file_name="f", processes=1)


@at_length
def test_seattle_book_ins_are_the_same_in_workbook_and_csv(seattle, tmp_path):
    out, workbook = seattle
    csv, csv_rows = taken(DATA / "detention/seattle_bookins_2012-2019.csv.gz", tmp_path / "csv")
    book_ins = [row for row in rows_of(out, "detentions") if row["source_sheet"] == "Book Ins"]
    assert len(book_ins) == 36_811
    assert [row["source_row"] for row in book_ins] == [row["source_row"] for row in csv_rows]
    assert values_only(book_ins) == values_only(csv_rows)
    assert (workbook.cells_rejected, csv.cells_rejected) == (0, 0)


@at_length  # among the anchors the suite reads the workbook
def test_seattle_other_removals_are_the_same_in_workbook_and_csv(seattle, tmp_path):
    _, csv_rows = taken(DATA / "arrests_removals/seattle_other_removals_2012-2019.csv", tmp_path / "csv")
    removals = [row for row in rows_of(seattle[0], "removals") if row["source_sheet"] == "Other Removals"]
    assert len(removals) == 20_384
    assert values_only(removals) == values_only(csv_rows)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_original_row_is_the_row_as_received(suffix, tmp_path):
    rows = [HEADERS, [*STINT, "1,500.00", "111-222-333", " padded "], [*STINT[:6], "000123", "", "", ""]]
    path = write(tmp_path / f"f{suffix}", rows)
    ingest(path, tmp_path / "out", source="s", file_name=path.name)
    first = 1 if suffix in (".parquet", ".feather") else 2
    sheet = "a" if suffix == ".xlsx" else ""
    assert original_row(path, tmp_path / "out", sheet, first) == dict(zip(HEADERS, rows[1], strict=True)) | {
        "Alien File Number": "(a direct identifier, not shown)"
    }
    second: dict[str, Any] = original_row(path, tmp_path / "out", sheet, first + 1)
    assert {name: value or "" for name, value in second.items() if name != "Alien File Number"} == {
        name: value for name, value in zip(HEADERS, rows[2], strict=True) if name != "Alien File Number"
    }
    for missing in (0, -1, first + 2, 10**9):
        with pytest.raises(SourceError, match="has no row"):
            original_row(path, tmp_path / "out", sheet, missing)
    with pytest.raises(SourceError, match="There is no sheet"):
        original_row(path, tmp_path / "out", "other", 1)


def assert_two_processes_give_what_one_does(source: Path, folder: Path) -> None:
    asked = {"source": "s", "file_name": "f"}
    one = ingest(source, folder / "one", **asked, processes=1)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    told: list[str] = []
    assert ingest(source, folder / "two", **asked, processes=2, progress=told.append) == one
    assert sorted(told) == sorted(sheet.name for sheet in one.sheets)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > before, "no process was started"
    names = sorted(entry.name for entry in (folder / "one").iterdir())
    assert names == sorted(entry.name for entry in (folder / "two").iterdir())
    assert all((folder / "one" / name).read_bytes() == (folder / "two" / name).read_bytes() for name in names)


def test_several_processes_give_the_same_files(tmp_path, monkeypatch):
    """The first sheet takes the longest, and each has cells that are rejected."""
    monkeypatch.setattr(ingesting, "_SMALL", 0)
    sheets = {
        f"sheet {n_rows}": [STINT_HEADERS, *([*STINT[:4], "soon", *STINT[5:]] for _ in range(n_rows))]
        for n_rows in (900, 1, 40)
    }
    assert_two_processes_give_what_one_does(write_xlsx(tmp_path / "f.xlsx", sheets), tmp_path)


@at_length
@pytest.mark.parametrize(
    "source", [SEATTLE, DATA / "facilities/ICE_Facility_List_11-06-2017-web.xlsx"], ids=lambda path: path.name
)
def test_several_processes_give_the_same_files_of_public_workbooks(source, tmp_path, monkeypatch):
    monkeypatch.setattr(ingesting, "_SMALL", 0)
    assert_two_processes_give_what_one_does(source, tmp_path)


def test_rows_have_the_declared_columns(tmp_path):
    write_csv(tmp_path / "f.csv", [STINT_HEADERS, STINT])
    _, rows = taken(tmp_path / "f.csv", tmp_path / "out")
    assert list(rows[0]) == empty_rows(layout_of("detentions")).names


def test_provenance_of_a_republished_file_is_kept(tmp_path):
    write_csv(
        tmp_path / "f.csv",
        [
            [*STINT_HEADERS, "file_original", "sheet_original", "row_original"],
            [*STINT, "raw.xlsx", "FY24", "12"],
        ],
    )
    done, rows = taken(tmp_path / "f.csv", tmp_path / "out")
    assert (
        rows[0]["file_original"],
        rows[0]["sheet_original"],
        rows[0]["row_original"],
        rows[0]["source_row"],
    ) == ("raw.xlsx", "FY24", 12, 2)
    assert (done.sheets[0].file_original, done.sheets[0].unexpected) == ("raw.xlsx", ())


def test_provenance_of_no_record_names_no_file(tmp_path):
    headers = [*STINT_HEADERS, "file_original", "sheet_original", "row_original"]
    write_csv(tmp_path / "f.csv", [headers])
    done, rows = taken(tmp_path / "f.csv", tmp_path / "out")
    assert (done.sheets[0].file_original, rows) == (None, [])


def test_every_sheet_that_is_read_is_told(tmp_path):
    path, told = write_xlsx(tmp_path / "f.xlsx", {"a": [STINT_HEADERS, STINT], "b": []}), []
    done = ingest(path, tmp_path / "out", source="s", file_name="f", processes=1, progress=told.append)
    assert (told, [sheet.kinds for sheet in done.sheets]) == (["a", "b"], [("detentions",), ()])


def test_sniff_agrees_with_ingest(tmp_path):
    for suffix in SUFFIXES:
        path = write(tmp_path / f"f{suffix}", [HEADERS, [*STINT, "1", "(b)(6)", "x"]])
        done, _ = taken(path, tmp_path / "out")
        sniffed = sniff(path)
        assert (sniffed.kinds, sniffed.container, sniffed.variant) == (
            done.kinds,
            done.container,
            done.sheets[0].variant,
        )
