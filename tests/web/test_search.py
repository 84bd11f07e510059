"""The search: every name is found as it is written and mistyped, ids by their beginnings, and nothing by nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from attack.scale import draws

from web.asked import records, reference
from web.crawled import read

pytestmark = pytest.mark.xdist_group("site")


def table(name: str) -> list[dict[str, object]]:
    root = records().case.root / "build"
    current = (root / "current").read_text().strip()
    return pq.read_table(root / current / f"{name}.parquet").to_pylist()


def found(text: str) -> list[str]:
    page = read(records().ask(f"/en/search?q={text.replace(' ', '+').replace('&', '%26')}").text)
    return [
        link
        for link in page.links
        if link.startswith(("/en/facility/", "/en/person/", "/en/rows/", "/en/company/", "/en/event/"))
    ]


def mistyped(name: str, rng: random.Random) -> str:
    """One letter left out, doubled, or two swapped, never the first."""
    at = rng.randrange(1, len(name) - 1)
    return rng.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
        ]
    )


def test_every_facility_by_code_name_and_slip() -> None:
    rng = random.Random(3)
    facilities = [
        row for row in table("facilities") if row["detention_facility_code"] and row["detention_facility"]
    ]
    assert len(facilities) > 10
    for row in rng.sample(facilities, min(len(facilities), draws(12, 400))):
        code, name = str(row["detention_facility_code"]), str(row["detention_facility"])
        same = {
            str(one["detention_facility_code"]) for one in facilities if one["detention_facility"] == name
        }
        assert found(code)[0] == f"/en/facility/{code}"
        assert found(code.lower())[0] == f"/en/facility/{code}"
        first = {link.rpartition("/")[2] for link in found(name)[: len(same)]}
        assert first == same, name
        slip = mistyped(name, rng)
        assert f"/en/facility/{code}" in found(slip)[:8], (name, slip)


def test_people_by_the_beginning_of_their_id_and_not_by_few_letters() -> None:
    ids = sorted(str(row["unique_identifier"]) for row in table("persons"))
    for who in ids[:: max(1, len(ids) // 8)]:
        assert found(who)[0] == f"/en/person/{who}"
        begun = [one for one in ids if one.startswith(who[:10])]
        assert [link.rpartition("/")[2] for link in found(who[:10])][: len(begun)] == begun
        assert not any(link.startswith("/en/person/") for link in found(who[:5]))


def test_a_row_by_its_address() -> None:
    page = read(records().ask("/en/person/" + str(table("persons")[0]["unique_identifier"])).text)
    link = next(link for link in page.links if link.startswith("/en/rows/"))
    assert found(link.rpartition("/")[2])[0] == link


def test_orders_dockets_and_events(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = reference(tmp_path_factory.getbasetemp())
    for text, kind in (
        ("jgg", "/en/order/"),
        ("25-cv-00766", "/en/order/"),
        ("leg 1", "/en/event/"),
        ("GlobalX", "/en/"),
    ):
        page = read(site.ask(f"/en/search?q={text.replace(' ', '+')}").text)
        assert any(link.startswith(kind) for link in page.links), text


@pytest.mark.parametrize(
    "text", ["", "%20%20", "zzqxw", "%00", "%F0%9F%92%A9", "a" * 1500, "%27%20OR%201%3D1", "%25%25"]
)
def test_nothing_is_found_by_nothing(text: str) -> None:
    answer = records().ask(f"/es/search?q={text}")
    assert answer.status_code == 200
    page = read(answer.text)
    assert not any(link.startswith(("/es/person/", "/es/rows/")) for link in page.links)
    assert page.text("h1")


def test_what_was_typed_is_shown_and_never_obeyed() -> None:
    answer = records().ask("/en/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%20onfocus=x")
    page = read(answer.text)
    assert ("script", {}) not in page.tags
    assert "<script>alert(1)" in page.text("h1")
    assert not any("onfocus" in given for _, given in page.tags)
    assert isinstance(Path(records().case.root), Path)
