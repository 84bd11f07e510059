"""Pages of the widest tables and sheets stay light, and lead to as many rows at once as pages of narrow ones have."""

from __future__ import annotations

import pytest

from paradero.casefile.originals import sources_of
from web.asked import records
from web.crawled import read
from web.read_tables import Read

LIGHT = 120_000  # bytes of a page, as it is before it is packed


def _sheet() -> str:
    source = next(one for one in sources_of(records().case) if "Detentions" in one.file_name)
    link = next(
        each for each in read(records().ask(f"/en/sources/{source.source}").text).links if "/sheet?" in each
    )
    return link.removeprefix("/en")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "address",
    ["/tables/detention_rows?columns=all", "/tables/stint_spans?columns=all", "/definitions/columns", ""],
)
def test_a_wide_page_is_light_and_its_whole_is_a_link_away(language: str, address: str) -> None:
    answer = records().ask(f"/{language}{address or _sheet()}")
    assert answer.status_code == 200
    assert len(answer.content) < LIGHT
    (whole,) = {each for each in read(answer.text).links if "whole=on" in each}
    more = records().ask(whole)
    assert more.status_code == 200
    few, many = (len(Read(each.text).root.all("tr")) for each in (answer, more))
    assert many > few


def test_pages_of_a_wide_table_are_its_rows_in_their_order() -> None:
    """Page by page the same rows as on one page, none twice and none left out."""
    at = "/en/tables/detention_rows?columns=all"
    whole = _addresses(f"{at}&whole=on")
    assert len(whole) == 50
    found: list[str] = []
    page = 0
    while len(found) < len(whole):
        page += 1
        found += _addresses(f"{at}&page={page}")
    assert found[: len(whole)] == whole


def _addresses(address: str) -> list[str]:
    links = [each for each in read(records().ask(address).text).links if each.startswith("/en/rows/")]
    return list(dict.fromkeys(links))
