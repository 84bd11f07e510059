"""What others wrote is shown on pages of rows, tables, originals and queries, and never obeyed: neither by a
browser nor by a spreadsheet.
"""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import openpyxl
import pytest
from attack.scale import sampled
from casefile.made import _once

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create
from paradero.casefile.originals import sources_of
from paradero.model.safe_text import shown
from paradero.sources.layouts import layout_of
from web.asked import Site
from web.read_tables import Read

TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></textarea></pre><svg onload=alert(1)>",
    "{{7*7}}${7*7}#{7*7}",
    "left\u202egnp.right",
    '=HYPERLINK("http://x","y")',
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
)
SHEET = "<b onclick=x>=1+1 {{7+7}}"  # a workbook allows no more
NAME = "<script>alert(2)<script>{{7*7}}=1.xlsx"
_ALLOWED = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "body",
    "a",
    "div",
    "header",
    "b",
    "span",
    "form",
    "label",
}
_ALLOWED |= {
    "input",
    "select",
    "option",
    "textarea",
    "button",
    "main",
    "p",
    "h1",
    "h2",
    "h3",
    "nav",
    "ul",
    "li",
}
_ALLOWED |= {"section", "table", "caption", "thead", "tbody", "tr", "th", "td", "code", "details", "summary"}
_ALLOWED |= {"pre", "footer"}
_TYPED = ("timestamp", "integer", "number", "boolean")


def _columns() -> list[str]:
    """The columns of detentions that hold any text, but for the person id, which links lead by."""
    return [
        column.name
        for column in layout_of("detentions").column
        if column.type not in _TYPED and not column.identifier and column.name != "unique_identifier"
    ]


@functools.cache
def site() -> Site:
    def make(folder: Path) -> None:
        case = create(folder, title=TEXTS[0], scope=TEXTS[1])
        names = _columns()
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = SHEET
        sheet.append(["unique_identifier", "book_in_date_time", "stay_book_in_date_time", *names])
        for number, text in enumerate(TEXTS, 1):
            begun = f"2025-01-0{number} 08:00:00"
            sheet.append([f"person-{number}", begun, begun])
            for place in range(len(names)):
                cell = sheet.cell(number + 1, place + 4)
                cell.value = text
                cell.data_type = "s"
        file = folder.parent / NAME
        book.save(file)
        add(
            case,
            file,
            as_kind="detentions",
            release=TEXTS[2],
            origin=TEXTS[3],
            licence=TEXTS[0],
            note=TEXTS[1],
        )
        build(case)

    return Site(Casefile(_once("canaries-of-tables", make)))


def paths() -> Iterator[str]:
    (source,) = sources_of(site().case)
    sheet = quote(SHEET, safe="")
    for number in range(2, len(TEXTS) + 2):
        yield f"rows/{source.source}:{sheet}:{number}?column=D"
    yield "sources"
    yield f"sources/{source.source}"
    yield f"sources/{source.source}/sheet?sheet={sheet}"
    yield "people"
    for name in _columns()[::6]:
        yield f"tables/detention_rows?{urlencode({'columns': name, 'facet': name})}"
    for text in TEXTS:
        where = f"gender:is:{text}"
        yield f"tables/detention_rows?{urlencode({'where': where, 'columns': 'gender'})}"
        yield f"tables/detention_rows?{urlencode({'where': f'{text}:is:1'})}"
        yield f"definitions/columns?{urlencode({'q': text})}"
        yield f"tables?{urlencode({'q': text})}"
        yield f"people?{urlencode({'country': text})}"
        yield f"people?{urlencode({'facility': text})}"
    literal = TEXTS[0].replace("'", "''")
    yield f"sql?{urlencode({'text': f'''SELECT '{literal}' AS a, gender FROM detention_rows'''})}"
    yield f"sql?{urlencode({'text': TEXTS[2]})}"


@pytest.mark.parametrize("language", sampled(["en", "es"], ["en"]))
def test_nothing_that_others_wrote_becomes_an_element(language: str) -> None:
    for path in paths():
        answer = site().ask(f"/{language}/{path}")
        assert answer.status_code in (200, 400, 404), path
        page = Read(answer.text)
        for one in page.root.all():
            assert one.name in _ALLOWED, (path, one.name)
            assert not [name for name in one.attributes if name.startswith("on")], path
            for name in ("href", "src", "action"):
                assert not one.attributes.get(name, "").lower().lstrip().startswith("javascript"), path
        assert "\u202e" not in answer.text, path
        assert "49" not in page.title


def test_every_text_is_shown_as_it_was_written() -> None:
    (source,) = sources_of(site().case)
    for number, text in enumerate(TEXTS, 2):
        page = Read(site().ask(f"/en/rows/{source.source}:{quote(SHEET, safe='')}:{number}?column=D").text)
        assert shown(text) in page.text
        where = urlencode({"where": f"gender:is:{text}", "columns": "gender"})
        table = Read(site().ask(f"/en/tables/detention_rows?{where}").text)
        assert table.rows("Rows 1 to 1 of 1")[1] == [shown(text)]
        assert shown(SHEET) in page.title
        assert shown(NAME) in page.title


def test_a_spreadsheet_runs_no_cell() -> None:
    content = site().ask("/files/tables/detention_rows.csv?columns=gender,release,source_sheet").content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"))))
    assert [row[0] for row in rows[1:]] == [f"'{text}" if text[0] == "=" else text for text in TEXTS]
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]
