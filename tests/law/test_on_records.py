"""Rules and orders on the rows of a built casefile, through the command line: counted, listed, cited,
explained, asked about.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from attack.scale import draws
from casefile.made import said
from judged import act

from paradero.answers.law.law_files import law_of
from paradero.answers.verdicts.auditing import check_audits
from paradero.casefile.folder import Casefile
from paradero.law.rules import built_in_rules
from paradero.model.addresses import parse_address
from paradero.model.errors import CasefileError

pytestmark = pytest.mark.xdist_group("on records")  # audited once, by one worker

ORDER = """
id = "{id}"
title = "An order of the tests"
title_es = "Una orden de las pruebas"
court = "D. Ex."
docket = "1:25-cv-00001"
instrument = "order"
zones = ["UTC"]

[[text]]
instrument = "The order"
pin = "1"
says = "As the term says."
url = "https://example.org"
read = true

[scope]
binds = "the defendants"
protects = "the class"
protects_es = "la clase"

[[scope.condition]]
attribute = "{attribute}"
is_one_of = {values}
what = "which"
what_es = "cuál"
record = "removal record"
field = "{attribute}"
ask = "foia"
exemption = "(b)(6)"

{acts}

[[term]]
id = "t"
says = "As it says."
says_es = "Como dice."
{term}

{rest}
"""

CASE = (
    '[[case]]\ntitle = "{title}"\nkind = "removal"\nattributes = {{ {attribute} = ["{value}"] }}\nmoments ='
    ' {{ departure = "2025-05-03" }}\nverdicts = {{ {verdicts} }}\n'
)
KEPT = """forbids = "transfer"
[term.keeps]
attribute = "detention_facility_code"
values = ["{0}"]

[[term]]
id = "told"
says = "Nobody is moved without notice."
forbids = "transfer"
[term.unless]
kind = "notice"
"""
KEPT_CASE = """
[[case]]
title = "Nobody says where to, nor on what notice"
kind = "transfer"
attributes = { gender = ["Female"] }
moments = { departure = "2025-05-03" }

[case.verdicts]
"t/departure/literal" = "undetermined"
"t/departure/purposive" = "undetermined"
"told/departure" = "undetermined"
"""
DEPARTURE = '[[completion]]\nid = "departure"\nphase = "departure"\ntitle = "t"\ntitle_es = "t"\n'


@pytest.fixture(scope="module")
def audited(whole: Casefile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a built casefile of fabricated records with two orders: on removals of a class, and one that binds
    to a rule with a limit of its own.
    """
    folder = tmp_path_factory.mktemp("audited") / "case"
    shutil.copytree(whole.root, folder)
    (folder / "orders").mkdir()
    acts = act("entered", "binds", "2024-11-01") + act("vacated", "vacates", "2025-06-01")
    case_text = CASE.format(
        title="In force",
        attribute="citizenship_country",
        value="MEXICO",
        verdicts='"t/departure" = "violated"',
    )
    text = ORDER.format(
        id="removals",
        attribute="citizenship_country",
        values='["Mexico"]',
        acts=acts,
        term='forbids = "removal"',
        rest=DEPARTURE + case_text,
    )
    (folder / "orders" / "removals.toml").write_text(text, encoding="utf-8")
    term = 'rule = "hold-room-limit"\nparameters = { limit = "PT3H" }'
    text = ORDER.format(
        id="rooms",
        attribute="state",
        values='["TX", "AZ", "CA", "LA", "NM"]',
        acts=act("entered", "binds", "2024-11-01"),
        term=term,
        rest="",
    )
    (folder / "orders" / "rooms.toml").write_text(text, encoding="utf-8")
    text = ORDER.format(
        id="kept",
        attribute="gender",
        values='["Female", "Male"]',
        acts=act("entered", "binds", "2024-11-01"),
        term=KEPT,
        rest=DEPARTURE + KEPT_CASE,
    )
    (folder / "orders" / "kept.toml").write_text(text, encoding="utf-8")
    return folder


def test_every_rule_is_counted_and_findings_give_exit_code_2(audited: Path) -> None:
    found = said(audited, "audit", "--json", "--limit", "5")
    assert found.code == 2
    summary = found.json["summary"]
    of_other_sources = {
        name
        for name, rule in built_in_rules().items()
        if any(
            needs.table in ("segregation_rows", "death_rows", "court_bond_rows") for needs in rule.file.needs
        )
    }  # the casefile has none, no list of its facilities says whether they are for men, nobody in it is
    # recorded as a citizen, and its detainers answer none of the grounds
    silent = of_other_sources | {"woman-at-a-mens-facility", "citizen-in-custody", "detainer-without-cause"}
    assert {row["rule"] for row in summary if row["order"] is None} == set(built_in_rules()) - silent
    assert all(
        row["best_case"] == row["violated"] <= row["worst_case"] <= row["violated"] + row["undetermined"]
        for row in summary
    )
    assert found.json["scope"]
    assert len(found.json["rows"]) == 5


def test_the_counts_are_those_of_the_verdicts_listed(audited: Path) -> None:
    found = said(audited, "audit", "--json", "--verdict", "all", "--only", "hold-room-limit").json
    counted = {
        (row["version"], row["construction"], name): row[name]
        for row in found["summary"]
        for name in ("violated", "complied", "undetermined", "not_bound")
    }
    listed: dict[tuple[str, str, str], int] = dict.fromkeys(counted, 0)
    for row in found["rows"]:
        listed[row["version"], row["construction"], row["verdict"]] += 1
    assert listed == counted
    assert sum(listed.values()) == found["n_rows"] > 100
    assert len({row["id"] for row in found["rows"]}) == found["n_rows"]


def test_every_finding_leads_to_its_rows_and_its_text(audited: Path) -> None:
    rows = said(audited, "audit", "--json").json["rows"]
    assert rows
    for row in rows[::37]:
        addresses = [cited["address"] for cited in row["citations"] if cited["kind"] == "record"]
        assert addresses or row["subject"], row["id"]
        assert any(cited["kind"] == "law" and cited["pin"] for cited in row["citations"]), row["id"]
        assert row["decisive_facts"] if row["verdict"] == "undetermined" else not row["decisive_facts"], row[
            "id"
        ]
        for address in addresses[:1]:
            assert said(audited, "rows", address).code == 0
    explained = rows[0]
    heard = said(audited, "why", explained["id"])
    assert heard.code == 0
    assert explained["id"] in heard.out
    assert (
        said(audited, "why", explained["id"], "--lang", "es", "--json").json["verdict"]
        == explained["verdict"]
    )


def test_an_order_on_a_class_judges_the_departures_of_the_records(audited: Path) -> None:
    found = said(audited, "audit", "--json", "--order", "removals", "--verdict", "all").json
    by = {
        name: [row for row in found["rows"] if row["verdict"] == name]
        for name in ("violated", "undetermined", "not_bound")
    }
    assert by["violated"]
    assert by["not_bound"]
    for row in by["violated"]:
        assert "2024-11-01" < row["event_from"] < "2025-06-01", row
        (address,) = [cited["address"] for cited in row["citations"] if cited["kind"] == "record"]
        assert parse_address(address)
    # a departure dated on the very day of entry or vacatur is open: neither hour is known
    for row in found["rows"]:
        if row["event_from"] in ("2024-11-01 00:00", "2025-06-01 00:00") and row["is_bound"]:
            assert row["verdict"] == "undetermined"


def test_an_order_binds_to_a_rule_with_a_limit_of_its_own(audited: Path) -> None:
    ours = said(audited, "audit", "--json", "--order", "rooms", "--verdict", "violated").json["rows"]
    assert ours
    assert {(row["rule"], row["order"]) for row in ours} == {("hold-room-limit", "rooms")}
    assert all(row["margin_lo"] > 0 and row["event_from"] >= "2024-11-01" for row in ours)
    policy = said(audited, "audit", "--json", "--only", "hold-room-limit", "--verdict", "violated").json[
        "rows"
    ]
    addresses = {row["citations"][0]["address"] for row in ours}
    assert {
        row["citations"][0]["address"] for row in policy if row["event_from"] > "2024-11-02"
    } & addresses  # past twelve hours is past three


def test_an_order_that_keeps_people_in_a_place_judges_the_transfers_of_the_records(audited: Path) -> None:
    rows = said(audited, "audit", "--json", "--order", "kept", "--verdict", "all").json["rows"]
    by = {(row["construction"], row["verdict"]) for row in rows}
    assert {("departure/literal", "not_bound"), ("departure/purposive", "violated")} <= by
    # no record tells of the notice that the second term asks for
    assert {each for each in by if each[0] == "departure"} <= {
        ("departure", "undetermined"),
        ("departure", "not_bound"),
    }
    facts = {
        (row["construction"], fact["fact"])
        for row in rows
        if row["verdict"] == "undetermined" and row["is_bound"] and row["in_force"]
        for fact in row["decisive_facts"]
    }
    assert ("departure", "precondition") in facts


def test_filters_narrow_and_unknown_names_are_refused(audited: Path) -> None:
    one = said(
        audited, "audit", "--json", "--only", "hold-room-limit", "--verdict", "violated", "--limit", "1"
    ).json["rows"][0]
    by_subject = said(
        audited, "audit", "--json", "--only", "hold-room-limit", "--subject", one["subject"]
    ).json["rows"]
    assert {row["subject"] for row in by_subject} == {one["subject"]}
    by_event = said(audited, "audit", "--json", "--event", one["citations"][0]["address"]).json["rows"]
    assert one["id"] in {row["id"] for row in by_event}
    for wrong in (["--only", "hold-room"], ["--verdict", "guilty"], ["--evidence", "gossip"]):
        refused = said(audited, "audit", *wrong)
        assert (refused.code, f"`{wrong[1]}` is not " in refused.err) == (1, True), wrong


def test_requests_are_ranked_and_drafted_with_the_exemption_to_contest(audited: Path) -> None:
    asked = said(audited, "requests", "--json").json["rows"]
    assert asked
    assert [(row["settles"], row["helps"]) for row in asked] == sorted(
        ((row["settles"], row["helps"]) for row in asked), reverse=True
    )
    assert {row["ask"] for row in asked} >= {"foia"}
    assert any(
        "552" in row["draft"] and row["exemption"] and row["exemption"] in row["draft"] for row in asked
    )
    spanish = said(audited, "requests", "--json", "--lang", "es").json["rows"]
    assert [row["field"] for row in spanish] == [row["field"] for row in asked]
    assert said(audited, "requests", "-o", "requests.txt").code == 0
    assert (audited / "requests.txt").read_text(encoding="utf-8").count("Request ") >= len(asked[:20])


def test_csv_has_a_line_for_every_verdict(audited: Path) -> None:
    found = said(audited, "audit", "--csv", "--only", "two-custodians")
    rows = said(audited, "audit", "--json", "--only", "two-custodians").json["n_rows"]
    assert len(found.out.splitlines()) == rows + 1


def test_verify_judges_again_and_finds_a_verdict_that_was_changed(audited: Path, tmp_path: Path) -> None:
    assert said(audited, "audit").code == 2
    folder = tmp_path / "copy"
    shutil.copytree(audited, folder)
    case = Casefile(folder)
    assert "judged again to the same verdicts" in check_audits(case, law_of(case))
    paths = list(folder.glob("build/audits/*/hold-room-limit.parquet"))  # other tests may have audited too
    assert paths
    for path in paths:
        if path.with_name("two-custodians.parquet").exists():
            shutil.copyfile(path.with_name("two-custodians.parquet"), path)
    if draws(0, 1):
        heard = said(folder, "verify")
        assert heard.code == 2
        assert "judging again gives other verdicts" in heard.out
    with pytest.raises(CasefileError, match="judging again gives other verdicts"):
        check_audits(case, law_of(case))


def test_an_audit_is_made_once_and_read_from_a_folder_that_cannot_be_written(audited: Path) -> None:
    before = said(audited, "audit", "--json", "--limit", "3").out
    entries = (audited / "log.jsonl").read_text(encoding="utf-8").count('"act": "audit"')
    assert said(audited, "audit", "--json", "--limit", "3").out == before
    assert (audited / "log.jsonl").read_text(encoding="utf-8").count('"act": "audit"') == entries
