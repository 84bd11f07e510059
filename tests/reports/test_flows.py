"""Flows between facilities: every transfer is in exactly one row, what cannot be judged widens and is never counted
as sure, and what has no arrival is nobody's route.
"""

from __future__ import annotations

import re
from collections import Counter

import msgspec
import pytest
from casefile.made import said

from paradero.figures.answered import Asked
from paradero.figures.transfer_rows import TransferRoute
from paradero.reports.content.blocks import Bar, Table, Value
from paradero.reports.content.wording import plain_text
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.flows import SHOWN, flows
from reports.made import name_of, records

pytestmark = pytest.mark.xdist_group("figures")


def bounds(value: Value) -> tuple[int, int]:
    assert isinstance(value, Bar)
    found = [
        int(one) for one in re.findall(r"\d+", plain_text(value.text).replace(",", "").replace("\u00a0", ""))
    ]
    return found[0], found[-1]


def words(value: Value) -> str:
    assert isinstance(value, tuple)
    return plain_text(value)


@pytest.fixture(scope="module")
def rows() -> list[TransferRoute]:
    return list(Material(Asked(records()), "en").rows("transfer routes", TransferRoute))


@pytest.fixture(scope="module")
def listed() -> list[dict[str, str]]:
    found: list[dict[str, str]] = said(records().root, "transfers", "--limit", "0", "--json").json["rows"]
    return found


def summed(table: Table) -> tuple[int, int]:
    ends = [bounds(row[-1]) for row in table.rows]
    return sum(lo for lo, _ in ends), sum(hi for _, hi in ends)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_transfer_is_in_one_row(
    rows: list[TransferRoute], listed: list[dict[str, str]], language: str
) -> None:
    (table,) = flows(rows, language)
    lo, hi = summed(table)
    assert hi == len(listed)
    assert lo == sum(one["status"] in ("signed", "late", "early", "unsigned") for one in listed)
    assert len(table.rows) == SHOWN + 2
    routes = Counter(
        (one["from_facility_code"], one["to_facility_code"]) for one in listed if one["to_facility_code"]
    )
    assert bounds(table.rows[0][-1])[1] == max(routes.values())


def test_those_of_a_facility_are_its_own(rows: list[TransferRoute], listed: list[dict[str, str]]) -> None:
    code = name_of("facility")
    into, out = flows(rows, "en", facility=code)
    assert summed(into)[1] == sum(one["to_facility_code"] == code for one in listed)
    assert summed(out)[1] == sum(one["from_facility_code"] == code for one in listed)
    assert len(into.heads) == len(out.heads) == 2


def test_what_cannot_be_judged_is_at_most_and_a_lost_one_is_no_route(rows: list[TransferRoute]) -> None:
    sure, lost = (
        msgspec.structs.replace(next(one for one in rows if one.status == status), n_transfers=1)
        for status in ("signed", "unsigned")
    )
    unsure = msgspec.structs.replace(sure, status="cannot be judged")
    adrift = msgspec.structs.replace(lost, status="cannot be judged")
    (table,) = flows([sure, unsure, lost, lost, adrift], "en")
    by_name = {words(row[0]): bounds(row[-1]) for row in table.rows}
    assert by_name.pop("no arrival recorded") == (2, 3)
    assert list(by_name.values()) == [(1, 2)]
    assert flows([], "en", facility="NOWHERE") == ()
    missing = next(row[-1] for row in table.rows if words(row[0]) == "no arrival recorded")
    assert isinstance(missing, Bar)
    assert "stroke-dasharray" in missing.svg
