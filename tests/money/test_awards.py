"""Awards: each once, whatever the downloads overlap in; what differs is flagged, what names a person is left
out.
"""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest
from casefile.made import said

from paradero.answers.companies.awards import awards_of
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile

from .awarded import AWARD, IDV, THREE, action, case_of, key, rows_of, short, subaward, summary, table_of


def test_each_modification_counts_once_however_many_downloads_hold_it(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        {
            "a.csv": [*THREE, THREE[1]],
            "b.csv": THREE[1:],
            "short.csv": [short("P00001", "75.1", "2024-03-01"), short("0", "100.0", "2024-01-02")],
        },
    )
    (row,) = rows_of(case).values()
    assert (row["obligated"], row["obligated_lo"], row["obligated_hi"]) == (Decimal("150.00"),) * 3
    assert (row["n_actions"], row["n_action_rows"], row["deobligated"]) == (3, 8, Decimal("-25.10"))
    assert (row["current_value"], row["value_as_of"], row["ceiling"]) == (
        Decimal("150.00"),
        "2024-06-30",
        Decimal("400.00"),
    )
    assert row["flags"] == ["deobligated"]
    assert [one["counted"] for one in row["citations"]].count(True) == 3
    assert all(
        one["counted"] or one["counted_as"] in {other["address"] for other in row["citations"]}
        for one in row["citations"]
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """One casefile of many awards, each overlapping in its own way in two downloads with transaction numbers
    and two without.
    """
    first = [
        action("0", "100", "2024-01-02", award=key("NUMBERED")), action("0", "40", "2024-01-02", number="1", award=key("NUMBERED")),
        action("0", "100", "2024-01-02", modified="2024-05-01", award=key("CORRECTED")),
        action("0", "100.00", "2024-01-02", award=key("UNREAD")), action("P00001", "12.345", "2024-03-01", award=key("UNREAD")),
        action("P00002", "see contract", "2024-04-01", award=key("UNREAD")),
        action("P00007", "5", "2024-03-01", total_dollars_obligated="1000", award=key("PART")),
    ]  # fmt: skip
    second = [action("0", "90", "2024-01-02", modified="2024-04-01", award=key("CORRECTED"))]
    shorts = [
        short("0", "100", "2024-01-02", award=key("SHORT")), short("0", "40", "2024-01-02", award=key("SHORT")),
        short("0", "40", "2024-01-02", award=key("SHORT"), what="THE SAME IN OTHER WORDS"), short("0", "100", "2024-01-02", award=key("UNCLEAR")),
    ]  # fmt: skip
    later = [shorts[0], short("0", "90", "2024-01-02", award=key("UNCLEAR"))]
    return case_of(
        tmp_path_factory.mktemp("many"),
        {"a.csv": first, "b.csv": second, "short1.csv": shorts, "short2.csv": later},
        whole=True,
    )


@pytest.mark.parametrize(
    ("name", "obligated", "bounds", "n_actions", "flags"),
    [
        ("NUMBERED", 140, (140, 140), 2, []),  # two actions under one modification number
        ("SHORT", 140, (140, 140), 2, []),  # the same without transaction numbers, in two files
        ("CORRECTED", 100, (100, 100), 1, ["action_changed"]),  # the version last modified counts
        (
            "UNCLEAR",
            90,
            (90, 100),
            1,
            ["action_changed", "action_unclear"],
        ),  # nothing tells the versions apart
        ("UNREAD", 100, (None, None), 3, ["amount_unreadable"]),  # in no sum, and the bounds are open
        (
            "PART",
            5,
            (5, 5),
            1,
            ["differs_from_running_total", "actions_missing"],
        ),  # a part of an award says so
    ],
)
def test_an_action_counts_once_and_what_is_odd_is_flagged(
    many: Casefile,
    name: str,
    obligated: int,
    bounds: tuple[int | None, int | None],
    n_actions: int,
    flags: list[str],
) -> None:
    row = rows_of(many)[key(name)]
    assert (row["obligated"], (row["obligated_lo"], row["obligated_hi"]), row["n_actions"], row["flags"]) == (
        obligated,
        bounds,
        n_actions,
        flags,
    )


def test_amounts_that_cannot_be_read_are_rejects_with_their_text(many: Casefile) -> None:
    with open_tables(many, "rejects") as built:
        assert [one["value"] for one in built.rows("SELECT value FROM rejects ORDER BY source_row")] == [
            "12.345",
            "see contract",
        ]


def fpds(modification: str, amount: str, on: str, *, piid: str = "A1", parent: str = "V1") -> dict[str, str]:
    """One row of FPDS's search export."""
    return {
        "Contract ID": piid, "Modification Number": modification, "Reference IDV": parent, "Award/IDV Type": "DELIVERY ORDER", "Contracting Agency ID": "7012",
        "Contracting Agency": "U.S. IMMIGRATION AND CUSTOMS ENFORCEMENT", "Legal Business Name": "GUARDS EXAMPLE LLC", "Action Obligation ($)": amount,
        "Date Signed": on, "PSC": "S206", "PSC Description": "HOUSEKEEPING- GUARD", "NAICS": "561612",
    }  # fmt: skip


def test_fpds_and_usaspending_tell_of_the_same_actions_and_each_counts_once(tmp_path: Path) -> None:
    export = [
        fpds("0", "$100,000.00", "Jan 2, 2024"),
        fpds("P00001", "($25,000.00)", "03/01/2024"),
        fpds("0", "$7.00", "Jan 9, 2024", piid="B2", parent=""),
    ]
    alone = case_of(tmp_path / "alone", {"fpds.csv": export})
    assert sorted(row["obligated"] for row in rows_of(alone).values()) == [7, 75_000]
    both = case_of(
        tmp_path / "both",
        {
            "fpds.csv": export,
            "a.csv": [action("0", "100000", "2024-01-02"), action("P00001", "-25000", "2024-03-01")],
        },
    )
    assert (rows_of(both)[AWARD]["obligated"], rows_of(both)[AWARD]["n_actions"], len(rows_of(both))) == (
        75_000,
        2,
        2,
    )


def test_where_the_first_action_is_not_on_record_the_summary_counts_and_what_came_after_it(
    tmp_path: Path,
) -> None:
    later = [
        action("P00002", "40", "2024-02-01"),
        action("P00003", "-15", "2024-04-01", modified="2024-05-01"),
        action("P00003", "-15", "2024-04-01"),
    ]
    case = case_of(tmp_path, {"a.csv": later, "s.csv": [summary(AWARD, "175.10", "2024-03-01")]})
    row = rows_of(case)[AWARD]
    assert (row["obligated"], row["obligated_from"], row["obligated_actions"]) == (
        Decimal("160.10"),
        "summary and later actions",
        25,
    )
    assert (row["obligated_lo"], row["obligated_hi"]) == (Decimal("160.10"), Decimal("160.10"))
    assert "actions_missing" in row["flags"]


def test_summary_and_actions_are_compared_and_only_one_is_counted(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        {
            "a.csv": THREE,
            "s.csv": [
                summary(AWARD, "175.10", "2024-03-01"),
                summary(IDV, "0", "2023-10-01", ceiling="5000000"),
                summary(key("OTHER"), "151", "2024-06-30"),
            ],
            "b.csv": [action("0", "150", "2024-06-30", award=key("OTHER"))],
        },
    )
    row, vehicle = rows_of(case)[AWARD], rows_of(case)[IDV]
    assert (row["obligated"], row["obligated_from"], row["actions_less_summary"]) == (
        150,
        "actions",
        Decimal("-25.10"),
    )
    assert row["flags"] == ["differs_from_summary", "summary_is_older", "deobligated"]
    assert (row["kind"], row["parent_key"], vehicle["kind"], vehicle["ceiling"]) == (
        "order",
        IDV,
        "idv",
        5_000_000,
    )
    assert rows_of(case)[key("OTHER")]["flags"] == ["differs_from_summary"]
    (recipient,) = awards_of(case).recipients
    assert (recipient.n_awards, recipient.obligated, recipient.ceiling_idvs, recipient.ceiling_orders) == (
        3,
        300,
        5_000_000,
        400,
    )
    assert recipient.parent_name == "HOLDING EXAMPLE INC"


def test_two_states_of_one_award_are_not_added(tmp_path: Path) -> None:
    older, newer = (
        {
            f"Contracts_PrimeAwardSummaries_{day}_H01M02S03_1.csv": [
                summary(AWARD, total, day, total_outlayed_amount=paid)
            ]
        }
        for day, total, paid in (("2024-01-05", "100", "10"), ("2024-08-05", "150", ""))
    )
    (row,) = rows_of(case_of(tmp_path, {**newer, **older})).values()
    assert (
        row["obligated"],
        row["outlayed"],
        row["outlayed_as_of"],
        row["as_of"],
        row["n_summary_rows"],
    ) == (150, 10, "2024-01-05", "2024-08-05", 2)


def test_subawards_are_part_of_the_primes_money(tmp_path: Path) -> None:
    reports = [
        subaward("r1", "S-1", "90"),
        subaward("r1", "S-1", "95", modified="2024-03-20"),
        subaward("r2", "S-1", "70"),
        subaward("r3", "S-2", "1", prime="CONT_AWD_B9_7012_-NONE-_-NONE-"),
    ]
    case = case_of(tmp_path, {"a.csv": THREE, "sub.csv": reports, "again.csv": reports})
    rows = rows_of(case)
    assert (
        rows[AWARD]["obligated"],
        rows[AWARD]["subawarded"],
        rows[AWARD]["subawarded_lo"],
        rows[AWARD]["n_subawards"],
    ) == (150, 165, 95, 2)
    assert rows[AWARD]["flags"] == ["deobligated", "subawards_over_prime", "subaward_reported_again"]
    other = rows["CONT_AWD_B9_7012_-NONE-_-NONE-"]
    assert (other["obligated"], other["obligated_from"], other["kind"]) == (
        150,
        "subaward reports",
        "contract",
    )


def test_officers_telephones_and_sole_proprietors_are_in_no_table_or_answer(tmp_path: Path) -> None:
    named = action(
        "0", "1", "2024-01-02", highly_compensated_officer_1_name="PERSON ONE", highly_compensated_officer_1_amount="999999", recipient_phone_number="5550100",
        recipient_fax_number="5550101",
    )  # fmt: skip
    alone = action(
        "0",
        "2",
        "2024-01-02",
        award="CONT_AWD_S1_7012_-NONE-_-NONE-",
        recipient_name="PERSON TWO",
        sole_proprietorship="t",
    )
    reports = [subaward("r", "1", "1", subawardee_highly_compensated_officer_1_name="PERSON THREE")]
    case = case_of(tmp_path, {"a.csv": [named, alone], "sub.csv": reports})
    answer = (
        said(case.root, "awards", "--json").out
        + said(case.root, "awards", "--csv").out
        + said(case.root, "awards").out
    )
    built = b"".join(path.read_bytes() for path in case.build.rglob("awards.parquet")).decode("latin-1")
    rows = "".join(
        str(row) for kind in ("award_transaction_rows", "subaward_rows") for row in table_of(case, kind)
    )
    for words in ("PERSON ONE", "999999", "5550100", "5550101", "PERSON THREE"):
        assert words not in answer + built + rows
    assert "PERSON TWO" not in answer + built
    assert "sole_proprietor" in rows_of(case)["CONT_AWD_S1_7012_-NONE-_-NONE-"]["flags"]
    address = rows_of(case)[AWARD]["citations"][0]["address"]
    assert (
        said(case.root, "rows", address, "--json").json["rows"][0]["cells"][
            "highly_compensated_officer_1_name"
        ]
        == "(a direct identifier, not shown)"
    )


def test_neither_order_nor_splitting_nor_doubling_of_downloads_changes_an_award(tmp_path: Path) -> None:
    chance = random.Random(5)
    actions = [
        action(f"P{number:05}" if number else "0", f"{chance.randrange(-5000, 9000) / 100:.2f}", f"2024-{1 + number:02}-02", award=f"CONT_AWD_{name}_7012_-NONE-_-NONE-", modified=f"2024-{1 + number:02}-03")
        for name in ("A", "B", "C")
        for number in range(6)
    ]  # fmt: skip
    compared = (
        "obligated",
        "obligated_lo",
        "obligated_hi",
        "deobligated",
        "n_actions",
        "flags",
        "recipient_name",
        "as_of",
    )
    once = {
        key: [row[name] for name in compared]
        for key, row in rows_of(case_of(tmp_path / "once", {"a.csv": actions})).items()
    }
    assert once["CONT_AWD_A_7012_-NONE-_-NONE-"][0] == sum(
        Decimal(str(one["federal_action_obligation"])) for one in actions[:6]
    )
    files = {f"{number}.csv": chance.sample(actions, 12) for number in range(3)} | {
        "rest.csv": chance.sample(actions, len(actions))
    }
    assert {
        key: [row[name] for name in compared]
        for key, row in rows_of(case_of(tmp_path / "split", files)).items()
    } == once


def test_an_award_is_asked_for_by_any_of_its_names_and_nothing_merely_alike(tmp_path: Path) -> None:
    case = case_of(tmp_path, {"a.csv": THREE})
    for name in (AWARD, "a1", "UEIGUARDS001", "Guards Example, L.L.C.", "holding example"):
        assert said(case.root, "awards", name, "--json").json["n_rows"] == 1
    heard = said(case.root, "awards", "Guard Example")
    assert heard.code == 1
    assert "Did you mean `GUARDS EXAMPLE LLC`" in heard.err
    answer = said(case.root, "awards", "--json").json
    assert (answer["unit"], answer["total"]["obligated"], answer["total"]["as_of"]) == (
        "USD, nominal",
        150.0,
        "2024-07-01",
    )
    assert set(answer["definitions"]) == {
        "obligated",
        "outlayed",
        "current_value",
        "ceiling",
        "subawarded",
        "as_of",
    }
    assert (
        said(case.root, "awards", "--csv")
        .out.splitlines()[1]
        .startswith(f"{AWARD},order,{IDV},A1,UEIGUARDS001,")
    )
    assert "tope" in said(case.root, "awards", "--lang", "es").out
