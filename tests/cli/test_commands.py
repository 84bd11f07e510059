"""Commands as a user types them: every one in JSON and CSV, wrong names, nothing to show, somebody who stops
reading.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from attack.scale import at_length, draws
from casefile.made import COMMAND, RELEASE, Said, original, said, with_held_cases

from paradero.answers.counts.reconciling import STATUSES
from paradero.answers.people.listing import CONFLICTS, TRANSFERS
from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.stages import all_steps
from paradero.casefile.folder import Casefile, create
from paradero.custody.definitions import definitions

COUNTING = {
    "status": ["status"],
    "unaccounted": ["unaccounted"],
    "conflicts": ["conflicts"],
    "transfers": ["transfers", "--status", "signed"],
    "headcount": [
        "headcount",
        "--definition",
        "uwchr",
        "--by",
        "state",
        "--from",
        "2025-01",
        "--to",
        "2025-02",
    ],
    "reconcile": ["reconcile"],
}


@pytest.fixture(scope="module")
def person(whole: Casefile) -> str:
    return str(said(whole.root, "unaccounted", "--json").json["rows"][0]["unique_identifier"])


@pytest.fixture(scope="module")
def digest(whole: Casefile) -> str:
    return str(said(whole.root, "status", "--json").json["digest"])


@pytest.mark.parametrize("name", COUNTING)
def test_what_counts_says_its_scope_and_digest(whole: Casefile, digest: str, name: str) -> None:
    heard = said(whole.root, *COUNTING[name], "--json")
    assert heard.code in (0, 2)
    assert (heard.json["scope"], heard.json["digest"]) == ("Nobody in these records exists.", digest)
    assert "Scope: Nobody in these records exists." in said(whole.root, *COUNTING[name]).out
    table = list(csv.DictReader(io.StringIO(said(whole.root, *COUNTING[name], "--csv").out)))
    assert len(table) == (heard.json["n_rows"] if name != "status" else len(heard.json["sources"]))


@pytest.mark.parametrize("day", ["2018-06-30", "2031-01-01"])
def test_a_day_that_a_definition_leaves_out_is_said(whole: Casefile, day: str) -> None:
    asked = ["headcount", "--definition", "ddp-midnight", "--on", day]
    assert (
        "Cannot be judged: `ddp-midnight` counts the days from 2022-10-01 to" in said(whole.root, *asked).out
    )
    (why,) = said(whole.root, *asked, "--json").json["cannot_be_judged"]
    assert "no other is counted by it" in why
    inside = said(whole.root, *asked[:-1], "2024-01-01", "--json").json
    assert not any("counts the days" in each for each in inside["cannot_be_judged"])


def test_one_person(whole: Casefile, person: str) -> None:
    heard = said(whole.root, "person", person, "--json")
    (chain,) = heard.json["persons"]
    assert heard.json["digest"]
    assert chain["unique_identifier"] == person
    text = said(whole.root, "person", person).out
    for stay in chain["stays"]:
        for stint in stay["stints"]:
            assert f"[{stint['address']}]" in text
            row = said(whole.root, "rows", stint["address"], "--json").json["rows"][0]
            assert row["cells"]["Anonymized Identifier"] == person
    events = list(csv.DictReader(io.StringIO(said(whole.root, "person", person, "--csv").out)))
    assert len([event for event in events if event["event"] == "book_in"]) == sum(
        len(stay["stints"]) for stay in chain["stays"]
    )
    for rule in ("ddp-window", "strictly-preceding", "episode"):
        assert said(whole.root, "person", person, "--arrest-rule", rule).code == 0


def test_lists_are_limited_alike(whole: Casefile) -> None:
    every = said(whole.root, "transfers", "--json").json
    assert len(every["rows"]) == every["n_rows"] > 20
    assert "more rows: --limit 0 shows all" in said(whole.root, "transfers").out
    assert "more rows" not in said(whole.root, "transfers", "--limit", "0").out
    three = said(whole.root, "transfers", "--limit", "3", "--json").json
    assert (len(three["rows"]), three["n_rows"], three["rows"]) == (3, every["n_rows"], every["rows"][:3])
    assert len(said(whole.root, "transfers", "--limit", "3", "--csv").out.splitlines()) == 4
    assert len(said(whole.root, "reconcile", "--limit", "1", "--json").json["rows"]) == 1
    counted = next(row for row in every["counts"] if row["status"] == "signed")["n"]
    assert said(whole.root, "transfers", "--status", "signed", "--json").json["n_rows"] == counted


def test_an_empty_answer_has_the_same_columns(whole: Casefile) -> None:
    full, empty = (
        said(whole.root, "conflicts", *more, "--csv").out.splitlines()
        for more in ([], ["--kind", "custody_after_death", "--grade", "trace"])
    )
    assert full[0] == empty[0]
    assert len(empty) == 1


def test_days_shown_are_those_asked_for(whole: Casefile) -> None:
    rows = said(
        whole.root,
        "headcount",
        "--definition",
        "vera-midnight",
        "--by",
        "everywhere",
        "--from",
        "2025-01-30",
        "--to",
        "2025-02",
        "--json",
    ).json["rows"]
    assert (rows[0]["date"], rows[-1]["date"]) == ("2025-01-30", "2025-02-28")
    assert all(row["n_lo"] <= row["n"] <= row["n_hi"] for row in rows)


def test_a_definition_of_ones_own(whole: Casefile, tmp_path: Path) -> None:
    text = (
        Path(sys.modules[definitions.__module__].__file__ or "").parent / "headcounts" / "noon.toml"
    ).read_text()
    own = tmp_path / "own.toml"
    own.write_text(text.replace('definition = "noon"', 'definition = "it\'s mine"'))
    heard = said(whole.root, "headcount", "--definition", str(own), "--by", "everywhere", "--json")
    assert heard.json["rows"][0]["definition"] == "it's mine"
    noon = said(whole.root, "headcount", "--definition", "noon", "--by", "everywhere", "--json")
    assert [row["n"] for row in heard.json["rows"]] == [row["n"] for row in noon.json["rows"]]
    own.write_text(text.replace('at = "12:00"', 'at = "25:00"'))
    assert said(whole.root, "headcount", "--definition", str(own)).code == 1


WRONG = [
    (["export", "stint", "-o", "x.csv"], "Did you mean `stints`"),
    (["export", "stints", "-o", "x.foo"], "Write one of .parquet"),
    (["export", "stints", "-o", "x.zip"], ".csv, .datapackage.zip, .dta, .feather"),
    (["person", "nobody"], "Copy the whole id"),
    (["person", "nobody", "--arrest-rule", "epizode"], "Did you mean `episode`"),
    (["headcount", "--definition", "vera"], "vera-midnight"),
    (["headcount", "--definition", "gone.toml"], "gone.toml"),
    (["headcount", "--by", "stat"], "Did you mean `state`"),
    (["headcount", "--release", "FABRICTED"], "Did you mean `FABRICATED`"),
    (["headcount", "--from", "yesterday"], "`yesterday` is not a time"),
    (["conflicts", "--kind", "overlaps"], "Did you mean `overlap`"),
    (["conflicts", "--grade", "sever"], "Did you mean `severe`"),
    (["conflicts", "--release", "FABRICTED"], "Did you mean `FABRICATED`"),
    (["transfers", "--status", "unsiged"], "Did you mean `unsigned`"),
    (["reconcile", "--status", "conflcit"], "Did you mean `conflict`"),
    (["explain", "unaccuonted"], "Did you mean `unaccounted`"),
    (["build", "--engine", "sparc"], "Did you mean `spark`"),
    (["demo", "x", "--engine", "sparc"], "Did you mean `spark`"),
    (["synth", "-o", "x", "--format", "excel"], "Choose one of: xlsx, parquet"),
    (["add", "nothing.csv"], "no such file"),
    (["add", ".", "--as", "detentions"], "a folder of a casefile itself"),
    (["add", "paradero.toml", "--as", "detention"], "Did you mean `detentions`"),
    (["rows", "12"], "`12` is not an address"),
    (["rows", "000000000000:a:1"], "`000000000000` is not a source of this casefile"),
    (["status", "--json", "--csv"], "cannot be combined"),
    (["status", "--jsn"], "--jsn"),
    (["statsu"], "statsu"),
    (["headcount", "--limit", "-1"], "--limit"),
    (["headcount", "--sort", "plce"], "Did you mean `place`"),
    (["headcount", "--on", "2024-01-01", "--from", "2024-01-01"], "`--on` and `--from` or `--to`"),
    (["longest", "--facility", "Nowhere"], "a facility's code, or a part of its name"),
    (["add", "paradero.toml", "--date-order", "ymd"], "`ymd` is not a `--date-order`"),
    (["rules", "test", "hold-rom-limit"], "Did you mean `hold-room-limit`"),
    (
        ["flights", "fetch", "--from", "adsblol-day", "-o", "x", "--date", "2025-03-16/2025-03-15"],
        "Swap the days",
    ),
    (["companies", "export", "-o", "x.json", "--as", "ftn"], "Did you mean `ftm`"),
    (
        ["headcount", "--facility", "EXA", "--by", "state"],
        "`--facility` goes with counts by detention_facility_code",
    ),
    (["headcount", "--facility", "Nowhere"], "a facility's code or a part of its name"),
    (["documents", "mentions", "--kind", "amout"], "Did you mean `amount`"),
    (["documents", "show", "a mention"], "the address of a mention, such as"),
    (["documents", "reject", "1a2b3c4d5e6f:1:1-2", "--by", " ", "--why", "x"], "`--by` or `--why` is blank"),
    (["new", "x", "--from", "cecot-2024"], "Did you mean `cecot-2025`"),
    (["headcount", "--assuming", "everything"], "`everything` is not an assumption"),
]


@pytest.mark.parametrize(
    ("arguments", "hint"), WRONG, ids=lambda part: " ".join(part) if isinstance(part, list) else ""
)
def test_a_wrong_name_is_one_sentence(small: Casefile, arguments: list[str], hint: str) -> None:
    heard = said(small.root, *arguments)
    assert heard.code == 1
    assert hint in heard.err
    assert "Traceback" not in heard.err
    assert heard.out == ""


def test_words_of_filters_are_those_of_the_steps() -> None:
    steps = all_steps()
    for listing in (CONFLICTS, TRANSFERS):
        for words in listing.words.values():
            assert [word for word in words if f"'{word}'" not in steps[listing.table].select] == []
    names = (
        "facility_day_comparisons",
        "adp_comparisons",
        "adp_intervals",
        "series_comparisons",
        "series_identities",
        "average_comparisons",
        "repeated_figures",
    )
    compared = "".join(steps[name].select for name in names)
    assert [status for status in STATUSES if f"'{status.partition(': a day')[0]}'" not in compared] == []


def test_no_casefile_here(tmp_path: Path) -> None:
    for arguments in (["status"], ["build"], ["person", "x"], ["--case", str(tmp_path), "verify"]):
        heard = said(tmp_path, *arguments)
        assert (heard.code, heard.err.count("\n")) == (1, 1)
        assert "Create one with `paradero new DIR`" in heard.err


def test_another_folder_and_a_folder_below(whole: Casefile, tmp_path: Path) -> None:
    assert said(tmp_path, "--case", str(whole.root), "status").code == 0
    assert said(whole.root / "hand", "status").code == 0


ON_RECORDS = (
    ["unaccounted"],
    ["conflicts"],
    ["transfers"],
    ["reconcile"],
    ["explain"],
    ["export", "stays", "-o", "x.csv"],
    ["person", "x"],
    ["headcount"],
)


@pytest.mark.parametrize("words", [(), ("Removals",)])
def test_a_casefile_that_was_not_built(tmp_path: Path, fabricated: Path, words: tuple[str, ...]) -> None:
    case = create(tmp_path / "case")
    for word in words:
        add(case, original(fabricated, word), release=RELEASE)
    assert said(case.root, "status", "--json").json["digest"] is None
    for command in ON_RECORDS:
        heard = said(case.root, *command)
        assert (heard.code, heard.err.count("\n")) == (1, 1)
        said_of_it = (
            "was not built yet. Run `paradero build`." if words else "holds no records to answer from."
        )
        assert said_of_it in heard.err


def assert_answers_with_little(case: Path) -> None:
    for command in ON_RECORDS[:-2]:
        heard = said(case, *command)
        # the planted day with fewer people in it than at its midnight contradicts itself, without any record
        assert heard.code in ((0, 2) if command == ["reconcile"] else (0,)), heard.err
    assert said(case, "person", "x").code == 1
    assert "no detention rows to count" in said(case, "headcount").err


@pytest.mark.parametrize(
    "words",
    [
        ("Facilities", "Facility_Days"),
        pytest.param(("Facilities",), marks=at_length),
        pytest.param(("Removals",), marks=at_length),
    ],
)
def test_a_casefile_with_little_in_it(tmp_path: Path, fabricated: Path, words: tuple[str, ...]) -> None:
    case = create(tmp_path / "case")
    for word in words:
        add(case, original(fabricated, word), release=RELEASE)
    build(case)
    with_held_cases(case)
    assert_answers_with_little(case.root)
    if "Facility_Days" in words:
        heard = said(case.root, "headcount", "--from", "2024-01-01", "--to", "2024-12-31", "--json").json
        assert (heard["rows"], heard["cannot_be_judged"]) == ([], ["cannot be judged: no detention rows"])
        text = said(case.root, "headcount", "--from", "2024-01-01", "--to", "2024-12-31").out
        assert "\nCannot be judged: no detention rows\n" in text
        assert "rests on" not in text
    if "Facilities" in words:
        heard = said(case.root, "audit")
        assert heard.code == 0
        assert said(case.root, "audit", "--json").json["rows"] == []  # lists alone tell of no event
        assert re.search(r"^inspection-overdue( +-){3}( +0){6} +\d+$", heard.out, re.MULTILINE)
    assert said(case.root, "verify").code == 0


@pytest.fixture(scope="module")
def arrests(fabricated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Said]]:
    """A casefile of arrests alone, and what the commands said that made it."""
    folder = tmp_path_factory.mktemp("arrests")
    case = folder / "case"
    return case, {
        "new": said(folder, "new", "case", "--title", 'A "title"', "--json"),
        "add": said(case, "add", str(original(fabricated, "Arrests")), "--json"),
        "build": said(case, "build", "--json"),
    }


def test_a_casefile_of_arrests_alone(arrests: tuple[Path, dict[str, Said]]) -> None:
    assert_answers_with_little(arrests[0])


def test_somebody_known_by_an_arrest_only(arrests: tuple[Path, dict[str, Said]]) -> None:
    case = arrests[0]
    address = said(case, "export", "arrests", "-o", "a.jsonl", "--json")
    assert address.json["n_rows"] > 0
    assert said(case, "export", "persons", "-o", "p.jsonl").code == 0
    identifier = json.loads((case / "p.jsonl").read_text(encoding="utf-8").splitlines()[0])[
        "unique_identifier"
    ]
    assert "Arrests without a stay" in said(case, "person", identifier).out
    assert (
        "no detention row of this person states a book-in"
        in said(case, "person", identifier, "--at", "2024-01-01").out
    )


def test_new_add_build_as_json(arrests: tuple[Path, dict[str, Said]], tmp_path: Path) -> None:
    case, heard = arrests
    assert heard["new"].json["title"] == 'A "title"'
    assert heard["add"].json["added"][0]["kinds"] == ["arrests"]
    assert heard["add"].json["failed"] == []
    assert heard["build"].json["changed"] is True
    assert heard["build"].json["scope"] == heard["add"].json["scope"]
    assert said(case, "verify", "--quick", "--json").json["verified"] is True
    files = said(tmp_path, "synth", "--rows", "300", "-o", "release", "--json").json["files"]
    assert all((tmp_path / path).exists() for path in files)


def test_explain(whole: Casefile, person: str) -> None:
    names = {row["table"] for row in said(whole.root, "explain", "--json").json["rows"]}
    assert {"stints", "stays", "unaccounted", "sources", "reasons", "rejects", "columns"} <= names
    for what, last in (
        ("stays", "stays"),
        ("reasons", "reasons"),
        ("rejects", "rejects"),
        ("columns", "columns"),
        (person, "chains"),
        ("unaccounted", "unaccounted"),
    ):
        heard = said(whole.root, "explain", what, "--json")
        assert heard.json["rows"][-1]["table"] == last
        assert said(whole.root, "explain", what).code == said(whole.root, "explain", what, "--csv").code == 0
    step = said(whole.root, "explain", "unaccounted", "--json").json["rows"][-1]
    assert step["sql"].rstrip().endswith(all_steps()["unaccounted"].select)
    assert step["rows"] == said(whole.root, "unaccounted", "--json").json["n_rows"]
    assert all(said(whole.root, "export", name, "-o", "/dev/null.x").code == 1 for name in ("rejects",))


def test_every_table_that_is_listed_can_be_exported(whole: Casefile, tmp_path: Path) -> None:
    for row in said(whole.root, "explain", "--json").json["rows"][:: draws(4, 1)]:
        heard = said(whole.root, "export", row["table"], "-o", str(tmp_path / "x.parquet"), "--json")
        assert heard.code == 0, (row["table"], heard.err)
        assert row["rows"] in (None, heard.json["n_rows"])


def test_reading_stops_early_without_a_word(whole: Casefile) -> None:
    for arguments in (
        "transfers --limit 0",
        "status --json",
        "explain",
        "headcount --csv --definition ddp-midnight",
    )[: draws(2, 4)]:
        done = subprocess.run(  # noqa: S602
            f"'{COMMAND}' {arguments} | head -n 1",
            shell=True,
            cwd=whole.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        assert len(done.stdout.splitlines()) == 1


def test_output_that_knows_no_such_letter(whole: Casefile) -> None:
    done = subprocess.run(
        [COMMAND, "status"],
        cwd=whole.root,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )
    assert done.returncode == 0, done.stderr


def test_the_command_line_starts_without_its_engines() -> None:
    heavy = (
        "duckdb",
        "pyarrow",
        "numpy",
        "rich",
        "fastexcel",
        "pandas",
        "rapidfuzz",
        "xlsxwriter",
        "pyspark",
    )
    script = f"import sys, paradero.cli; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_no_bars_where_nobody_watches(case: Casefile) -> None:
    done = subprocess.run([COMMAND, "build"], cwd=case.root, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_a_fabricated_release_comes_as_parquet_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "paradero"),
            "synth",
            "--rows",
            "300",
            "--format",
            "parquet",
            "-o",
            str(tmp_path / "out"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "All of it is fabricated: no person in it exists.\n")
    assert len(list((tmp_path / "out").glob("*.parquet"))) == 4
