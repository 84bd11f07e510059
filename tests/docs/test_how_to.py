"""The files that the how-to pages show are written out and used as they stand."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from importlib.resources import files
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest
from casefile.made import copied, said, with_held_cases
from fetching.conftest import Site
from pyarrow import csv as arrow_csv

from paradero.authored.evidence import Trust
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.fetching import publishers
from paradero.flights.fabricated import fabricated_trace
from paradero.law.matrix import matrix_of
from paradero.law.orders import read_order
from paradero.sources.layouts import Layout

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
_FILE = re.compile(
    r"^`([\w/.-]+\.(?:toml|sql|csv))`[^\n]*\n(?:[^\n]+\n)*\n```(?:toml|sql|csv)\n(.*?)^```",
    re.MULTILINE | re.DOTALL,
)

_LATER = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def written(page: str, folder: Path) -> list[str]:
    """Write every file that a page shows under its name; say which."""
    found = _FILE.findall((HOW_TO / page).read_text(encoding="utf-8"))
    for name, text in found:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return [name for name, _ in found]


def test_the_rule_that_is_shown_works(tmp_path: Path) -> None:
    assert written("write-a-rule.md", tmp_path) == [
        "own-rule/rule.toml",
        "own-rule/test.sql",
        "own-rule/cases.toml",
    ]
    heard = said(tmp_path, "rules", "test", "own-rule", "--rules-from", "own-rule")
    assert (heard.code, heard.out.splitlines()[-1]) == (0, "1 of 1 worked cases hold")


def test_the_order_and_the_event_that_are_shown_work(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert said(tmp_path, "new", str(folder)).code == 0
    assert written("write-an-order.md", folder) == ["orders/no-transfer.toml", "events/flight-1.toml"]
    assert said(folder, "rules", "test", "no-transfer").code == 0
    heard = said(folder, "audit", "--json")
    assert heard.code == 0
    (row,) = heard.json["rows"]
    assert (row["id"], row["verdict"]) == ("no-transfer/no-removal/departure@flight-1", "undetermined")
    assert [fact["fact"] for fact in row["decisive_facts"]] == ["citizenship_country"]


def test_what_is_shown_for_when_less_is_known_works(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert said(tmp_path, "new", str(folder)).code == 0
    written("write-an-order.md", folder)
    some, acts = _LATER.findall(
        (HOW_TO / "write-an-order.md").read_text(encoding="utf-8").partition("## When less is known")[2]
    )
    path = folder / "events" / "flight-1.toml"
    text = path.read_text(encoding="utf-8").replace(
        'id = "aboard"\n', 'id = "aboard"\npeople_lo = 261\npeople_hi = 261\n'
    )
    path.write_text(
        re.sub(r"\[\[subject\.attribute\]\]\n.*?\n\n", lambda _: some + "\n", text, count=1, flags=re.DOTALL),
        encoding="utf-8",
    )
    rows = said(folder, "audit", "--json").json["rows"]
    assert [(row["event"], row["verdict"], row["people_lo"], row["people_hi"]) for row in rows] == [
        ("flight-1", "violated", 137, 261),
        ("flight-1.each-member", "undetermined", 0, 1),
    ]
    path = folder / "orders" / "no-transfer.toml"
    text = path.read_text(encoding="utf-8").partition("[[case]]")[0]
    case = (
        '[[case]]\ntitle = "Under the stay"\nkind = "removal"\nattributes = { citizenship_country ='
        ' ["Exampleland"] }\nmoments = { departure = "2025-05-03" }\n'
    )
    path.write_text(
        text + acts + case + 'verdicts = { "no-removal/departure" = "undetermined" }\n', encoding="utf-8"
    )
    asked = [
        row["draft"]
        for row in said(folder, "requests", "--json").json["rows"]
        if row["ask"] == "clarification"
    ]
    assert len(asked) == 1
    assert "whether and when this stay was lifted: the stay pending appeal" in asked[0]
    read = read_order(path.read_text(encoding="utf-8"), file="o.toml")
    moment = matrix_of([read], [], Trust()).timeline.moments["no-transfer.brief-due"]
    midnight, closing = (
        (dt.datetime(2025, 11, 27, hour, tzinfo=dt.UTC) - dt.timedelta(days=days) - EPOCH)
        // dt.timedelta(microseconds=1)
        for hour, days in ((5, 0), (21, 1))
    )
    assert (moment.lo, moment.hi) == (
        closing,
        midnight,
    )  # from the hour at which an office may close, 16:00 in New York, to the end of the day


def test_the_flights_that_are_shown_are_matched_as_the_page_says(tmp_path: Path) -> None:
    assert written("match-flights.md", tmp_path) == [
        "facilities.csv",
        "detentions.csv",
        "passengers.csv",
        "legs.csv",
    ]
    assert said(tmp_path, "new", "case", "--title", "Flights of March").code == 0
    case = tmp_path / "case"
    assert (
        said(
            case,
            "add",
            *(f"../{name}.csv" for name in ("facilities", "detentions", "passengers")),
            "--release",
            "MARCH",
        ).code
        == 0
    )
    assert said(case, "build").code == 0
    found = said(case, "flights", "match", "../legs.csv", "--json").json
    links = {(link["leg"], link["right_kind"]): (link["class"], link["rivals"]) for link in found["links"]}
    assert links == {
        ("legs.csv:2", "transfer"): ("inferred", []),
        ("legs.csv:2", "manifest"): ("assumed", ["legs.csv:3"]),
        ("legs.csv:3", "manifest"): ("assumed", ["legs.csv:2"]),
    }
    (count,) = found["counts"]
    assert (count["persons"], count["book_outs"], count["verdict"], count["least_difference"]) == (
        [3, 3],
        [2, 2],
        "more than the books",
        1,
    )


def test_the_balance_that_is_shown_works(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert said(tmp_path, "new", str(folder)).code == 0
    assert written("write-a-balance.md", folder) == ["balances/flight.toml"]
    heard = said(folder, "balance", "--json")
    assert heard.code == 0
    assert [(row["id"], row["best_case"], row["worst_case"]) for row in heard.json["unaccounted"]] == [
        ("missing", 6, 11)
    ]


def test_the_agreement_and_the_cost_that_are_shown_work(tmp_path: Path, whole: Casefile) -> None:
    folder = copied(whole, tmp_path / "case").root
    assert written("write-a-cost.md", folder) == [
        "agreements/contract.toml",
        "costs/beds.toml",
        "costs/records.toml",
        "indices/prices.toml",
    ]
    (row,) = said(folder, "costs", "list", "person-day", "--json").json["rows"]
    assert [round(row[bound], 2) for bound in ("lo", "mode", "hi")] == [54.79, 91.32, 136.99]
    assert {
        row["hi"] for row in said(folder, "costs", "list", "beds", "per-removal", "--json").json["rows"]
    } == {None}, "nobody states what the release covers"
    settings = folder / "paradero.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '[releases."FABRICATED"]\ncovers_from = 2022-10-01T00:00:00\n',
        encoding="utf-8",
    )
    (row,) = said(folder, "costs", "list", "person-day", "--json", "--with", "full-house").json["rows"]
    assert (round(row["lo"], 2), round(row["hi"], 2)) == (54.79, 54.79)
    days = said(
        folder,
        "headcount",
        "--definition",
        "ddp-midnight",
        "--by",
        "everywhere",
        "--from",
        "2024-01",
        "--to",
        "2024-12",
        "--json",
    ).json["rows"]
    lo, mode, hi = (sum(day[name] for day in days) for name in ("n_lo", "n", "n_hi"))
    rows = {row["id"]: row for row in said(folder, "costs", "list", "--json").json["rows"]}
    assert [rows["beds"][bound] for bound in ("lo", "mode", "hi")] == [
        max(100_000, lo * 150),
        max(100_000, mode * 160),
        max(100_000, hi * 170),
    ]
    assert 0 < lo <= mode <= hi
    assert (rows["unpaid-labour"]["is_estimate"], rows["beds"]["is_estimate"]) == (True, False)
    assert rows["unpaid-labour"]["hi"] == pytest.approx(hi * 0.2 * 8 * 7.25)
    assert "(estimate)" in said(folder, "costs", "list", "unpaid-labour").out
    assert "(estimación)" in said(folder, "costs", "list", "unpaid-labour", "--lang", "es").out
    of_2024 = ("per-removal", "unpaid-labour", "--prices-of", "2024", "--json")
    deflated = {row["id"]: row for row in said(folder, "costs", "list", *of_2024).json["rows"]}
    assert deflated["per-removal"]["lo"] == pytest.approx(rows["per-removal"]["lo"] * 1.03)
    assert deflated["per-removal"]["prices_of"] == [2024]
    assert deflated["unpaid-labour"]["hi"] == rows["unpaid-labour"]["hi"]
    assert "the office of statistics" in [one["by"] for one in deflated["per-removal"]["citations"]]
    assert "no value for 2030" in said(folder, "costs", "list", "--prices-of", "2030").err
    assert (
        "`cpi` is not a price index"
        in said(folder, "costs", "list", "--prices-of", "2024", "--index", "cpi").err
    )


def test_the_claims_that_are_shown_work(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert said(tmp_path, "new", str(folder)).code == 0
    assert written("write-a-claim.md", folder) == [
        "claims/statements.toml",
        "cited/sources.toml",
        "standards/rules.toml",
        "claims/seats.toml",
    ]
    heard = said(folder, "claims", "check", "--json")
    assert [(each["claim"], each["beside"]) for each in heard.json["standards"]] == [
        ("aboard-over-70", "beyond")
    ]
    assert heard.code == 2
    assert sorted((each["kind"], each["id"]) for each in heard.json["findings"]) == [
        ("contradiction", "boarded-61 + boarded-almost-80"),
        ("own figures", "cleared-40"),
    ]


def test_the_award_and_the_companies_that_are_shown_lead_from_facility_to_fund(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert said(tmp_path, "new", str(folder)).code == 0
    assert written("follow-the-money.md", folder) == ["awards.csv", "companies/guards.toml"]
    assert said(folder, "add", "awards.csv").code == 0
    assert said(folder, "build").code == 0
    (award,) = said(folder, "awards", "--json").json["rows"]
    assert (award["obligated"], award["ceiling"], award["n_actions"], award["flags"]) == (
        75_000.0,
        400_000.0,
        2,
        ["deobligated"],
    )
    (path,) = said(folder, "exposure", "EXAMPLE", "--json").json["paths"]
    assert [edge["relation"] for edge in path["edges"]] == ["owns", "holds", "serves"]
    assert (path["holds"], path["share_lo"], path["money"]["amount"], path["money"]["unit"]) == (
        "at once",
        60.0,
        75_000.0,
        "USD, nominal",
    )


def test_the_document_that_is_shown_is_read_as_the_page_says(tmp_path: Path) -> None:
    """Its commands run in test_docs; here the file that is shown is the one they write."""
    page = (HOW_TO / "read-documents.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```text\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "letter.txt").write_text(text, encoding="utf-8")
    assert said(tmp_path, "new", "case").code == 0
    assert "added as 20458950b856" in said(tmp_path / "case", "add", "../letter.txt").out
    found = [row["text"] for row in said(tmp_path / "case", "documents", "mentions", "--json").json["rows"]]
    assert found == [
        "22 March 2025",
        "$4.76 million",
        "up to 300 people",
        "March 15, 2025",
        "5:26 p.m. EDT",
        "N278GX",
        "GlobalX flight 6143",
        "1:25-cv-00766",
        "ECF No. 49",
    ]


@pytest.mark.parametrize("page", sorted(path.name for path in HOW_TO.glob("*.md")))
def test_every_how_to_page_is_used_by_a_test(page: str) -> None:
    # test_docs runs the commands of a page that shows a console, and the code of one that shows Python
    text = (HOW_TO / page).read_text(encoding="utf-8")
    is_run = "```console" in text or "```python" in text
    assert is_run or page in Path(__file__).read_text(encoding="utf-8")


def test_the_event_on_a_flight_that_is_shown_works(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert said(tmp_path, "new", str(folder), "--title", "A flight of March").code == 0
    (folder / "trace.json").write_text(json.dumps(fabricated_trace()), encoding="utf-8")
    assert said(folder, "add", "trace.json").code == 0
    assert said(folder, "build").code == 0
    with_held_cases(Casefile(folder))
    assert written("rest-an-event-on-a-flight.md", folder) == [
        "events/flight-2.toml",
        "orders/no-removal.toml",
    ]
    rows = said(folder, "audit", "--json").json["rows"]
    assert {row["id"]: row["verdict"] for row in rows} == {
        "no-removal/no-removal/departure@flight-2": "not_bound",
        "no-removal/no-removal/airspace@flight-2": "violated",
    }
    assert (
        "trace.json (original 575bd35f6014)"
        in said(folder, "why", "no-removal/no-removal/airspace@flight-2").out
    )
    rows = said(folder, "audit", "--json", "--evidence", "court,sworn").json["rows"]
    assert {row["verdict"] for row in rows} == {"undetermined"}


def test_two_commands_give_a_casefile_of_what_a_publisher_has(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first block as it is printed, its publisher's files on a server here."""
    page = (HOW_TO / "fetch-public-releases.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```text\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    steps = [step for line in block.splitlines() for step in line.split(" && ")]
    assert steps == ["paradero fetch ddp --into national", "cd national", "paradero status"]
    ddp = publishers.publishers()["ddp"]
    samples = {
        layout.kind: folder / "sample.csv"
        for folder in Path(str(files("paradero.sources"))).iterdir()
        if (folder / "layout.toml").exists()
        for layout in [msgspec.toml.decode((folder / "layout.toml").read_bytes(), type=Layout)]
    }
    for item in ddp.item:
        made = tmp_path / "made.parquet"
        with samples[item.kind].open(encoding="utf-8", newline="") as lines:
            cells = [sum(map(bool, record)) for record in csv.reader(lines)]
        # titles may stand above the headers
        reading = arrow_csv.ReadOptions(skip_rows=cells.index(max(cells)))
        pq.write_table(arrow_csv.read_csv(samples[item.kind], read_options=reading), made)
        site.serves(f"/{item.name}", made.read_bytes())
    here = [msgspec.structs.replace(item, url=f"{site.base}/{item.name}") for item in ddp.item]
    moved = msgspec.structs.replace(ddp, item=tuple(here), pause_seconds=0)
    monkeypatch.setattr(publishers, "publishers", lambda: {"ddp": moved})
    folder = tmp_path
    for step in steps:
        program, *words = step.split()
        if program == "cd":
            folder /= words[0]
            continue
        heard = said(folder, *words)
        assert heard.code == 0, heard
    sources = sources_of(Casefile(folder))
    assert {source.file_name for source in sources} == {item.name for item in ddp.item}
    assert {source.kinds for source in sources} == {(item.kind,) for item in ddp.item}
    assert all(source.file_name in heard.out for source in sources)
    assert (folder / "build" / "current").exists()
