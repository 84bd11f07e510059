"""What files say and keep back of themselves, and which of them may not leave at all."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from attack.scale import sampled
from casefile.made import copied, said

from disclosure.made_up import casefile, people
from paradero.building.building import build
from paradero.casefile.folder import Casefile
from paradero.disclosure.register import publications

SEX = ("export", "stints", "--by", "gender")
TITLE = "women of one nationality"
MARKS = {"en": "Not for publication: no disclosure control", "es": "No publicar: no se aplicó"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    there = [*people(20), *people(30, 100, Gender="Male")]
    return casefile(tmp_path_factory.mktemp("leaving") / "case", [*there, *there])


@pytest.fixture
def case(whole: Casefile, tmp_path: Path) -> Casefile:
    return copied(whole, tmp_path / "case")


def state_profile(case: Casefile, name: str) -> None:
    settings = case.root / "paradero.toml"
    text = re.sub(r"\n\[publishing\]\nprofile = .*\n", "", settings.read_text())
    settings.write_text(f'{text}\n[publishing]\nprofile = "{name}"\n')


def texts(path: Path) -> str:
    """All that a file says, what is packed or written beside the columns too."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as packed:
            return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    if path.suffix == ".parquet":
        return str(pq.read_table(path).to_pylist()) + str(pq.read_schema(path).metadata)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "csv"])
def test_a_file_has_the_number_of_the_publication_and_neither_title_nor_digest(
    case: Casefile, tmp_path: Path, ending: str
) -> None:
    """Who guesses the records builds them, and has the digest to compare with."""
    digest = said(case.root, "status", "--json").json["digest"]
    own, out = tmp_path / f"own.{ending}", tmp_path / f"out.{ending}"
    assert said(case.root, *SEX, "-o", str(own)).code == 0
    assert ending == "csv" or (TITLE in texts(own) and digest in texts(own))
    heard = said(case.root, *SEX, "--publish", "-o", str(out), "--json")
    assert heard.code == 0, heard.err
    for text in (texts(out), heard.out):
        assert TITLE not in text
        assert digest[:12] not in text
        assert "Publication 1." in text
    assert heard.json["publication"] == "1"


@pytest.mark.parametrize("language", sampled(["en", "es"], ["es"]))
def test_figures_and_the_page_of_counts_have_neither(case: Casefile, tmp_path: Path, language: str) -> None:
    digest = said(case.root, "status", "--json").json["digest"]
    figures = said(case.root, "figures", "record-conflicts", "--publish", "--json", "--lang", language)
    assert figures.code == 0, figures.err
    page = tmp_path / "out.html"
    heard = said(case.root, "report", "--publish", "--lang", language, "-o", str(page))
    assert heard.code == 0, heard.err
    assert figures.json["publication"] == 1
    word = {"en": "Publication", "es": "Publicación"}[language]
    for number, text in ((1, figures.out), (2, texts(page))):
        assert TITLE not in text
        assert digest[:12] not in text
        assert f"{word} {number}." in text
    assert TITLE not in heard.out


def test_the_same_again_has_the_same_number(case: Casefile, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert said(case.root, *SEX, "--publish", "-o", str(tmp_path / f"{name}.csv")).code == 0
        race = ("export", "stints", "--by", "marital_status", "--publish")
        assert said(case.root, *race, "-o", str(tmp_path / f"{name}-2.csv")).code == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert (tmp_path / "a-2.csv").read_bytes() == (tmp_path / "b-2.csv").read_bytes()
    assert "Publication 2." in texts(tmp_path / "b-2.csv")
    assert len(publications(case)) == 2


def test_what_was_private_is_public_only_by_decision(case: Casefile, tmp_path: Path) -> None:
    rows = ("export", "stints", "--publish", "--profile", "public", "-o", str(tmp_path / "rows.csv"))
    assert said(case.root, *SEX, "--publish", "-o", str(tmp_path / "a.csv")).code == 0
    for command in (rows, (*SEX, *rows[2:]), ("report", *rows[2:-1], str(tmp_path / "r.html"))):
        heard = said(case.root, *command)
        assert (heard.code, "were published as private" in heard.err) == (1, True)
    state_profile(case, "private")
    build(case)
    heard = said(case.root, *rows)
    assert (heard.code, "paradero.toml says `private`" in heard.err) == (1, True)
    assert not (tmp_path / "rows.csv").exists()
    assert not (tmp_path / "r.html").exists()
    state_profile(case, "public")
    heard = said(case.root, *rows)
    assert (heard.code, "changed without a build" in heard.err) == (1, True)
    build(case)
    assert said(case.root, *rows).code == 0


def test_no_name_of_a_profile_is_no_profile(case: Casefile, tmp_path: Path) -> None:
    state_profile(case, "")
    build(case)
    heard = said(case.root, *SEX, "--publish", "-o", str(tmp_path / "a.csv"))
    assert (heard.code, "private" in heard.err) == (1, True)
    assert said(case.root, *SEX, "--publish", "--profile", "", "-o", str(tmp_path / "a.csv")).code == 1
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize("language", sampled(["en", "es"], ["en"]))
def test_what_is_written_of_a_private_casefile_says_so(case: Casefile, tmp_path: Path, language: str) -> None:
    report = ("report", "--lang", language, "-o", str(tmp_path / "r.html"))
    rows = ("export", "stints", "--lang", language, "-o", str(tmp_path / "r.xlsx"))
    headcount = ("headcount", "-o", str(tmp_path / "h.xlsx"))
    for is_private in (False, True):
        if is_private:
            state_profile(case, "private")
            build(case)
        for command, mark in ((report, MARKS[language]), (rows, MARKS[language]), (headcount, MARKS["en"])):
            heard = said(case.root, *command)
            assert heard.code == 0, heard.err
            assert (mark in texts(Path(command[-1]))) is is_private


def test_a_file_that_cannot_be_written_counts_as_out_and_that_is_said(case: Casefile, tmp_path: Path) -> None:
    there = tmp_path / "a.csv"
    there.mkdir()
    heard = said(case.root, *SEX, "--publish", "-o", str(there))
    assert (heard.code, "It counts as out" in heard.err) == (1, True)
    assert len(publications(case)) == 1
    assert said(case.root, *SEX, "--publish", "-o", str(tmp_path / "b.csv")).code == 0
    assert len(publications(case)) == 1
    heard = said(case.root, *SEX, "-o", str(there))
    assert (heard.code, "It counts as out" in heard.err) == (1, False)
