"""`status`: rows that add up, what is unlike a known release, and instants that cannot be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from casefile.made import RELEASE, copied, original, said

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create

HEADERS = (
    "Anonymized Identifier,Stay Book In Date Time,Book In Date Time,Detention Facility Code,Detention"
    " Facility,Birth Year"
)


def case_of(tmp_path: Path, text: str) -> Casefile:
    case = create(tmp_path / "case")
    (tmp_path / "stints.csv").write_text(text)
    add(case, tmp_path / "stints.csv", release="R")
    return case


def test_rows_add_up(whole: Casefile) -> None:
    sources = said(whole.root, "status", "--json").json["sources"]
    assert len(sources) == 5
    for source in sources:
        assert source["rows_in"] == source["rows_kept"] + source["rows_blank"] + source["rows_outside"]
        assert source["rows_flagged"] <= source["rows_kept"]
        assert sum(sheet["rows_in"] for sheet in source["sheets"]) == source["rows_in"]
    rejects = said(whole.root, "status", "--json").json["rejects"]
    assert sum(row["cells"] for row in rejects) == sum(source["cells_rejected"] for source in sources)


def test_tables_count_what_was_kept(whole: Casefile) -> None:
    status = said(whole.root, "status", "--json").json
    detentions = next(source for source in status["sources"] if source["kinds"] == "detentions")
    assert status["tables"]["stint_spans"] == detentions["rows_kept"]
    assert sum(status["releases"][0]["chain_ends"].values()) == status["releases"][0]["persons"]
    assert status["releases"][0]["release"] == RELEASE


def test_coverage_is_that_of_the_kind(tmp_path: Path) -> None:
    case = case_of(
        tmp_path, f"{HEADERS},Departed Date\na,2025-01-01 10:00,2025-01-02 10:00,X,X house,1990,2031-01-01\n"
    )
    source = said(case.root, "status", "--json").json["sources"][0]
    assert (source["first"], source["last"]) == ("2025-01-02", "2025-01-02")


def test_drift_is_told_apart(tmp_path: Path) -> None:
    row = 'a,2025-01-01 10:00,2025-01-02 10:00,X,X house,"b(6), b(7)c",2025-01-03 10:00,red'
    case = case_of(tmp_path, f"{HEADERS},Bok Out Date Tyme,Shoe Colour\n{row}\n")
    drift = {each["what"]: each["columns"] for each in said(case.root, "status", "--json").json["drift"]}
    assert drift["unexpected columns, kept as extra"] == "Bok Out Date Tyme, Shoe Colour"
    assert "`Bok Out Date Tyme` for book_out_date_time" in drift["perhaps renamed"]
    assert "book_out_date_time" in drift["columns not in this file"].split(", ")
    assert drift["columns withheld throughout"] == "birth_year"
    assert "headers fit no known release" in drift
    text = said(case.root, "status").out
    assert "Schema drift" in text
    assert "perhaps renamed" in text


NOBODY = ["UNK", "UNK", "000000", "1.23457E+11", "a1b2"]
CAPITALS = {"one": "ab12", "two": "AB12", "three": "\uff41\uff42\uff11\uff12", "four": "cd34"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """A casefile of three releases, each odd in its own way; what was said when the rows of NOBODY were added,
    and of all of it once it was built.
    """

    case: Casefile
    added: str
    status: Any
    shown: str


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Odd:
    """LATE looks beyond the day on which it was added, NOBODY has ids that stand for nobody, CAPITALS ids that
    differ only in them.
    """
    folder = tmp_path_factory.mktemp("odd")
    case = create(folder / "case")
    day = "2025-01-0{n} 10:00,2025-01-0{n} 10:00,EXACODE,X house,1990"
    late = "2125-01-01 10:00,2125-01-02 10:00,X,X house,1990"
    texts = {
        "late.csv": [f"a,{day.format(n=1)}", f"b,{late}"],
        "nobody.csv": [f"{person},{day.format(n=n)}" for n, person in enumerate(NOBODY, 1)],
    } | {
        f"{name}.csv": [f"{person},{day.format(n=1).replace('1990', f'19{len(name)}0')}"]
        for name, person in CAPITALS.items()
    }
    heard = {}
    for name, rows in texts.items():
        (folder / name).write_text("\n".join([HEADERS, *rows]) + "\n", encoding="utf-8")
        release = {"late.csv": "LATE", "nobody.csv": "NOBODY"}.get(name, "CAPITALS")
        heard[name] = said(case.root, "add", str(folder / name), "--release", release).out
    build(case)
    status = said(case.root, "status", "--json").json
    return Odd(case=case, added=heard["nobody.csv"], status=status, shown=said(case.root, "status").out)


def warnings_on(status: Any, release: str) -> list[str]:
    return [text for text in status["warnings"] if text.startswith(f"release {release}")]


def test_a_release_that_looks_beyond_the_day_it_was_added(odd: Odd, tmp_path: Path) -> None:
    (warning,) = warnings_on(odd.status, "LATE")
    assert "release LATE looks until 2125-01-02 23:59:59" in warning
    assert "after the day its last source was added" in warning
    assert f"Note: {warning}" in odd.shown
    case = copied(odd.case, tmp_path / "case")
    with (case.root / "paradero.toml").open("a") as stream:
        stream.write('\n[releases."LATE"]\nreleased_at = 2025-03-10T23:59:59\n')
    build(case)
    assert warnings_on(said(case.root, "status", "--json").json, "LATE") == []


def test_settings_for_a_release_that_is_not_there(case: Casefile) -> None:
    with (case.root / "paradero.toml").open("a") as stream:
        stream.write('\n[releases."FABRICTED"]\nreleased_at = 2025-03-10T23:59:59\n')
    assert "`FABRICTED`, which no source belongs to" in said(case.root, "status").out


@pytest.mark.parametrize("at", ["empty", "added"])
def test_before_the_first_build(tmp_path: Path, fabricated: Path, at: str) -> None:
    case = create(tmp_path / "case")
    if at == "added":
        add(case, original(fabricated, "Arrests"))
    status = said(case.root, "status", "--json").json
    assert status["build"].startswith("not built yet: run" if at == "added" else "no records: add files with")
    assert (len(status["sources"]), status["releases"], status["digest"]) == (int(at == "added"), [], None)
    assert said(case.root, "status").code == said(case.root, "status", "--csv").code == 0
    assert said(case.root, "verify").code == 2


def test_what_the_build_is_older_than(case: Casefile, fabricated: Path) -> None:
    assert said(case.root, "status", "--json").json["build"] == "up to date, on duckdb"
    add(case, original(fabricated, "Removals"))
    assert said(case.root, "status", "--json").json["build"] == "older than the sources: run `paradero build`"


def test_ids_that_name_nobody_are_told_by_add_and_status(odd: Odd) -> None:
    told = "ids that stand for nobody: `UNK` (2 cells), `000000` (1 cell) in unique_identifier"
    assert told in odd.added
    assert told in odd.shown
    assert {row["release"]: row["persons"] for row in odd.status["releases"]}["NOBODY"] == 1
    source = next(row["source"] for row in odd.status["sources"] if row["file_name"] == "nobody.csv")
    assert "UNK" in said(odd.case.root, "rows", f"{source}::2").out
    assert "1.23457E+11" in said(odd.case.root, "rows", f"{source}::5").out


def test_ids_of_two_files_that_differ_only_in_capitals_are_told(odd: Odd) -> None:
    warnings = warnings_on(odd.status, "CAPITALS")
    assert any(
        text.startswith("release CAPITALS: 2 ids differ from another only in capitals") and "`AB12`" in text
        for text in warnings
    )


def test_a_table_beside_another_is_told(tmp_path: Path) -> None:
    row = "a1b2,2025-01-01 10:00,2025-01-02 10:00,EXACODE,X house,1990"
    text = (
        f"{HEADERS},,Detention Facility Code,Detention Facility,Beds\n{row},,EXACODE,X"
        " house,40\n,,,,,,,EXBCODE,Y house,50\n,,,,,,,EXCCODE,Z house,60\n"
    )
    (tmp_path / "stints.csv").write_text(text)
    case = create(tmp_path / "case")
    for out in (
        said(case.root, "add", str(tmp_path / "stints.csv"), "--release", "R").out,
        said(case.root, "status").out,
    ):
        assert "4 rows in the file: 1 taken, 1 header, 2 not taken" in out
        assert (
            "columns H:J hold another table (3 headers, 3 rows in rows 2 to 4, 2 of them beside no record),"
            " which was not taken" in out
        )


def test_the_digest_of_citations_is_told_apart_from_that_of_the_build(tmp_path: Path) -> None:
    """Both are printed by name: the one that pages carry, and the one that `build` prints."""
    case = case_of(tmp_path, f"{HEADERS}\na,2025-01-01 10:00,2025-01-02 10:00,X,X house,1990\n")
    assert "build digest: none" in said(case.root, "status").out
    built = said(case.root, "build").out
    text = said(case.root, "status").out
    assert said(case.root, "report", "-o", str(tmp_path / "r.html")).code == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    (carried,) = set(re.findall(r"casefile digest ([0-9a-f]{12,64})", re.sub(r"<[^>]+>", "", page)))
    assert f"casefile digest: {carried}" in text
    (digest,) = (line.removeprefix("build digest ") for line in built.splitlines() if "digest" in line)
    assert f"build digest: {digest}\n" in text
    assert digest != carried
