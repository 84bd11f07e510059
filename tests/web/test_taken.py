"""Every table of a page as a file has what the page shows, cell by cell; every chart stands alone with its label."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from attack.scale import draws

from web.asked import Site, records, reference
from web.crawled import read

pytestmark = pytest.mark.xdist_group("site")


class Tables(HTMLParser):
    """Rows of cells of every table that has a link to a file, as a reader sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.inside = dict(attrs).get("class") in ("stack", "sheet")
            if self.inside:
                self.tables.append([])
        elif self.inside and tag == "tr":
            self.tables[-1].append([])
        elif self.inside and tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data


def plain(cell: str) -> str:
    return " ".join(cell.split()).lstrip("'")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("records", "/en/contradictions"),
        ("records", "/es/facility/"),
        ("reference", "/en/orders"),
        ("reference", "/es/event/leg-1"),
    ],
)
def test_a_table_taken_is_the_table_shown(
    name: str, path: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site: Site = records() if name == "records" else reference(tmp_path_factory.getbasetemp())
    if path.endswith("/facility/"):
        link = next(
            one for one in read(site.ask("/en/facilities").text).links if one.startswith("/en/facility/")
        )
        path = link.replace("/en/", "/es/") + "?day=2025-12-01"
    answer = site.ask(path)
    shown = Tables()
    shown.feed(answer.text)
    links = [one for one in read(answer.text).links if "/csv/" in one]
    assert len(links) == len(shown.tables) > 0
    for link, table in list(zip(links, shown.tables, strict=True))[: draws(6, 1000)]:
        taken = site.ask(link)
        assert (taken.status_code, taken.headers["content-type"]) == (200, "text/csv; charset=utf-8"), link
        rows = list(csv.reader(io.StringIO(taken.text)))
        assert [[plain(cell) for cell in row] for row in rows] == [
            [plain(cell) for cell in row] for row in table
        ], link
    for link in [one for one in read(answer.text).links if "/svg/" in one][:2]:
        taken = site.ask(link)
        assert taken.headers["content-type"] == "image/svg+xml"
        drawn = ElementTree.fromstring(taken.text)
        assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
        assert "paradero" in "".join(drawn.itertext())


@pytest.mark.parametrize("part", ["table-0", "table-9999", "table-x", "no-chart", "..%2F..%2Flog.jsonl"])
def test_what_is_not_there_is_not_taken(part: str) -> None:
    for form in ("csv", "svg"):
        assert records().ask(f"/en/{form}/contradictions/{part}").status_code == 404
