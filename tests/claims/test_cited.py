"""Where sources were read: a copy is marked as one, what nobody describes is neither copy nor original, and the
sheet of the reference case names every source.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from casefile.made import new_reference, said

from paradero.authored.cited import CitedAs, cited_in
from paradero.authored.declared import AuthoredError

CASE = Path(__file__).parents[2] / "src" / "paradero" / "cases" / "cecot-2025"
OWN, PARTNER, MIRROR, TOLD = (f"https://example.org/{each}" for each in ("own", "partner", "mirror", "told"))


def written(folder: Path, *tables: str) -> Path:
    folder.mkdir(exist_ok=True)
    head = 'id = "c"\ntitle = "C"\ntitle_es = "C"\n'
    (folder / "c.toml").write_text(head + "\n".join(tables), encoding="utf-8")
    return folder


def page(at: str, kind: str) -> str:
    return f'[[page]]\nat = ["{at}"]\nof = "A"\nkind = "{kind}"\n'


def source(by: str, more: str = "") -> str:
    return (
        f'[[source]]\nby = ["{by}"]\nprimary = "No. 1, ECF 7"\nurl = "https://example.org/docket"\n{more}\n'
    )


PAGES = (page(OWN, "own"), page(PARTNER, "syndicated"), page(MIRROR, "copy"), page(TOLD, "rewritten"))


@pytest.mark.parametrize(
    ("by", "seen", "seen_as", "copies"),
    [
        ("A", [OWN], "own", ()),
        ("A", [PARTNER, MIRROR], "own", (MIRROR,)),
        ("A", [MIRROR, TOLD], "copy", (MIRROR, TOLD)),
        ("A", [MIRROR, "https://example.org/new"], "", (MIRROR,)),  # the other may be the original
        ("A", [], "", ()),
        ("read", [MIRROR], "read", (MIRROR,)),
    ],
)
def test_how_a_statement_was_seen(
    tmp_path: Path, by: str, seen: list[str], seen_as: str, copies: tuple[str, ...]
) -> None:
    cited = cited_in(written(tmp_path / "cited", *PAGES, source("read", "read = true"), source("unread")))
    found = cited.of(by, seen)
    assert (found.seen_as, found.copies) == (seen_as, copies)
    assert found.primary == ("No. 1, ECF 7" if by == "read" else "")


def test_nothing_is_known_of_what_nobody_describes(tmp_path: Path) -> None:
    assert cited_in(tmp_path / "none").of("A", [OWN]) == CitedAs()


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ((page(OWN, "own"), page(OWN, "copy")), f"the address `{OWN}` is described already"),
        ((source("A"), source("A")), "the source `A` is described already"),
        ((page(OWN, "mirror"),), "`kind` must be one of"),
        ((source("A", 'checked = "x"'),), "what was checked is said in one language only"),
        ((source(" "),), "`by` or `primary` is blank"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(
    tmp_path: Path, tables: tuple[str, ...], told: str
) -> None:
    with pytest.raises(AuthoredError, match=r"c\.toml line \d+: ") as error:
        cited_in(written(tmp_path / "cited", *tables))
    assert told in str(error.value)


@pytest.fixture(scope="module")
def cecot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cecot") / "case"
    new_reference(folder)
    return folder


def test_the_sheet_of_the_reference_case_is_what_the_command_prints(cecot: Path) -> None:
    assert (CASE / "SOURCES.md").read_text(encoding="utf-8") == said(cecot, "claims", "sources").out


def test_every_court_oath_and_record_has_its_primary_source_and_none_is_called_read(cecot: Path) -> None:
    found = said(cecot, "claims", "sources", "--json").json
    assert found["n_rows"] == len(found["rows"]) > 150
    assert found["not_cited"] == []
    assert found["read"] + found["own"] + found["copy_"] + found["not_described"] == found["n_rows"]
    assert not any(row["read_in_source"] for row in found["rows"])
    for row in found["rows"]:
        if set(row["evidence"]) & {"court", "sworn"}:
            assert row["primary"], row["by"]
        assert bool(row["checked"]) == bool(row["checked_es"])
    texts = {(each["instrument"], each["pin"]): each for each in found["texts"]}
    assert all(each["url"] for each in texts.values())
    assert not any(each["read_in_source"] for each in texts.values())  # a reprint of an order is a reprint
    opinion = "J.G.G. v. Trump, No. 1:25-cv-00766 (D.D.C.), opinion of 16 April 2025, ECF 81"
    assert not texts[opinion, "page 1, the only page seen, in a copy"]["read_in_source"]
    assert [each["kind"] for each in texts["CPT/Inf (2015) 44, 15 December 2015", "page 1"]["seen"]] == [
        "copy"
    ]
    of = {row["by"]: row for row in found["rows"]}
    assert "ECF entry not seen" in of["ICE declaration of 18 March 2025"]["primary"]
    assert of["Human Rights Watch"]["seen_as"] == "own"
    assert of["the opinion article of spring 2025"]["seen_as"] == ""


def test_why_names_the_primary_source_and_marks_copies(cecot: Path) -> None:
    wanted = "jgg-class/no-removal/landing/oral@leg-1"
    english, spanish = (said(cecot, "why", wanted, "--lang", each).out for each in ("en", "es"))
    copy = "https://groknews.rb88rb.com/timeline-trump-administrations-race-to-deport-hundreds-of-alleged-gang-members"
    assert f"{copy} (copy)" in english
    assert f"{copy} (copia)" in spanish
    assert "not read in its source; seen only at copies of somebody else's page" in english
    assert "no leída en su fuente; vista solo en copias de una página ajena" in spanish
    sources = english[english.index("Sources\n") :].splitlines()
    sworn = next(line for line in sources if "ICE declaration of 18 March 2025" in line)
    assert (
        sworn.index("primary source: J.G.G. v. Trump")
        < sworn.index("not read in its source")
        < sworn.index("seen at http")
    )
    (row,) = (each for each in said(cecot, "audit", "--json").json["rows"] if each["id"] == wanted)
    cited = [each for each in row["citations"] if each["kind"] == "statement"]
    assert any(each.get("seen_as") == "copy" and set(each["copies"]) == set(each["seen"]) for each in cited)
    assert any("No. 24A931" in each.get("primary", "") for each in cited)


def test_an_exhibit_marks_each_cite_that_was_seen_at_a_copy_or_not_read(cecot: Path, tmp_path: Path) -> None:
    for language, copy, unread in (("en", "copy", "not read"), ("es", "copia", "no leído")):
        path = tmp_path / f"{language}.html"
        assert said(
            cecot, "exhibit", "jgg-class/no-removal/landing/oral@leg-1", "-o", str(path), "--lang", language
        ).code == 0  # fmt: skip
        text = path.read_text(encoding="utf-8")
        assert re.search(rf"\[\d+\] \({unread}, {copy}\)", text)
        assert re.search(rf"\[\d+\] \({unread}\)", text)


_ORIGINS = """
id = "s"
title = "S"
title_es = "S"

[[origin]]
by = ["Outlets A and B", "Outlet C"]
from = ["tracker 1", "tracker 2"]

[[origin]]
by = ["Outlet D"]
from = ["tracker 1"]

[[origin]]
by = ["the carrier"]
from = ["the carrier"]
"""


@pytest.mark.parametrize(
    ("by", "lo", "hi"),
    [
        ([], 0, 0),
        (["Outlets A and B", "Outlet C", "Outlet C"], 2, 2),  # however many outlets, two trackers
        (["Outlet D"], 1, 1),
        (["Outlet D", "Outlet C"], 2, 2),
        (["Outlet D", "the carrier"], 2, 2),
        (["nobody knows"], 1, 1),  # its own or somebody's: one
        (["nobody knows", "nor this one"], 1, 2),
        (["Outlet D", "nobody knows"], 1, 2),
    ],
)
def test_sources_that_pass_on_one_word_are_one(tmp_path: Path, by: list[str], lo: int, hi: int) -> None:
    (tmp_path / "s.toml").write_text(_ORIGINS, encoding="utf-8")
    found = cited_in(tmp_path).independent(by)
    assert (found.lo, found.hi) == (lo, hi)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [("from = []", "is empty"), ('from = ["x"]\n[[origin]]\nby = ["a"]\nfrom = ["y"]', "described already")],
)
def test_an_origin_is_said_once_and_whole(tmp_path: Path, line: str, wrong: str) -> None:
    text = f'id = "s"\ntitle = "S"\ntitle_es = "S"\n[[origin]]\nby = ["a"]\n{line}\n'
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    with pytest.raises(AuthoredError, match=wrong):
        cited_in(tmp_path)


def test_the_page_of_a_flight_counts_trackers_not_outlets(cecot: Path, tmp_path: Path) -> None:
    path = tmp_path / "leg.html"
    assert said(cecot, "report", "--about", "flight", "leg-1", "-o", str(path)).code == 0
    text = re.sub(r"<[^>]+>|\s+", " ", path.read_text(encoding="utf-8"))
    text = re.sub(r"\s+", " ", text)
    assert "take-off or departure 2 2 Flightradar24 ; FlightAware" in text
