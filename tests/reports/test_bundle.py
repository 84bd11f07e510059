"""A bundle checks itself with tools of others, says what it holds, and holds no name."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from casefile.made import RELEASE, copied, said, with_held_cases

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create
from paradero.casefile.originals import original_path, sources_of
from reports.made import name_of, records
from reports.read_pages import read_page

pytestmark = pytest.mark.xdist_group("figures")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    return copied(records(), tmp_path_factory.mktemp("bundles") / "case")


def bundled(case: Casefile, to: Path, *arguments: str) -> Path:
    heard = said(case.root, "bundle", *arguments, "-o", str(to / "bundle.zip"), "--json")
    assert heard.code == 0, heard.err
    with zipfile.ZipFile(to / "bundle.zip") as packed:
        assert heard.json["n_files"] == len(packed.namelist())
        packed.extractall(to / "open")
    return to / "open"


@pytest.fixture(scope="module")
def person(case: Casefile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an opened bundle on a person, the bundle beside it; tests only read it."""
    return bundled(case, tmp_path_factory.mktemp("person"), "--about", "person", name_of("person"))


def lines(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_the_recipe_works_without_paradero(case: Casefile, person: Path) -> None:
    """By sha256sum, by the originals' own hashes, by the cells of the originals."""
    folder = person
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS.txt"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    listed = {line.split("  ")[1] for line in (folder / "SHA256SUMS.txt").read_text().splitlines()}
    assert listed == {path.name for path in folder.iterdir()} - {"SHA256SUMS.txt"}
    originals = {row["source"]: row for row in lines(folder / "originals.csv")}
    for one in sources_of(case):
        content = original_path(case, one).read_bytes()
        assert hashlib.sha256(content).hexdigest() == originals[one.source]["sha256"]
    cells = lines(folder / "rows.csv")
    assert cells
    for address in {row["address"] for row in cells}:
        received = said(case.root, "rows", address, "--json").json["rows"][0]["cells"]
        here = {row["column"]: row["value"] for row in cells if row["address"] == address}
        assert here == {name: value for name, value in received.items() if value}


def test_it_is_a_crate_and_the_same_again(case: Casefile, person: Path, tmp_path: Path) -> None:
    """RO-Crate 1.1: the descriptor, the root, and every file with its size and hash."""
    folder = person
    crate = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert crate["@context"] == "https://w3id.org/ro/crate/1.1/context"
    by_id = {one["@id"]: one for one in crate["@graph"]}
    assert by_id["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    parts = {one["@id"] for one in by_id["./"]["hasPart"]}
    assert parts == {path.name for path in folder.iterdir()} - {"SHA256SUMS.txt", "ro-crate-metadata.json"}
    for name in parts:
        content = (folder / name).read_bytes()
        assert by_id[name]["sha256"] == hashlib.sha256(content).hexdigest()
        assert int(by_id[name]["contentSize"]) == len(content)
        assert by_id[name]["description"]
    bundled(case, tmp_path, "--about", "person", name_of("person"))
    assert (tmp_path / "bundle.zip").read_bytes() == (person.parent / "bundle.zip").read_bytes()
    page = read_page((folder / "READ-ME-FIRST.html").read_text(encoding="utf-8"))
    assert "sha256sum -c SHA256SUMS.txt" in page.text()


def test_nobody_who_worked_on_it_is_named(person: Path) -> None:
    entries = [json.loads(line) for line in (person / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert entries
    assert all("by" not in one and "by" not in one["what"] for one in entries)


def test_columns_kept_apart_are_on_no_page_and_in_no_bundle(tmp_path: Path) -> None:
    """`add --keep` keeps direct identifiers for `paradero rows` alone."""
    path = tmp_path / "detentions.csv"
    path.write_text(
        "Unique Identifier,Case Number,Case Number,Detention Facility Code,Book In Date Time,Book Out Date Time,"
        "Detention Release Reason\n"
        "aa11,A-SECRET-1,B-SECRET-1,ZFAUXTX,2024-01-02 10:00:00,2024-01-03 10:00:00,Transferred\n"
        "bb22,A-SECRET-2,B-SECRET-2,ZFAUXTX,2024-01-02 10:00:00,2024-02-03 10:00:00,Released\n",
        encoding="utf-8",
    )
    case = create(tmp_path / "case", title="Kept", scope="FABRICATED")
    add(case, path, release=RELEASE, keep=("Case Number",))
    build(case)
    with_held_cases(case)
    (address,) = {row["last_row_address"] for row in said(case.root, "unaccounted", "--json").json["rows"]}
    assert "A-SECRET-1" in said(case.root, "rows", address).out
    folder = bundled(case, tmp_path)
    assert address in (folder / "rows.csv").read_text(encoding="utf-8")
    for one in folder.iterdir():
        assert b"SECRET" not in one.read_bytes(), one.name


def test_what_is_no_zip(case: Casefile, tmp_path: Path) -> None:
    heard = said(case.root, "bundle", "-o", str(tmp_path / "b.tar"))
    assert (heard.code, "b.tar: a bundle is a zip file. Call it b.zip." in heard.err) == (1, True)
