"""The table browser, held against the Parquet files of the build as pyarrow reads them, filtered in plain
Python.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import io
import json
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attack.scale import draws

from paradero.building.receipts import built
from web.asked import Site, records
from web.read_tables import Read

Row = dict[str, Any]
_EPOCH = dt.datetime(1970, 1, 1)
_TIMES = ("first_book_in", "first_arrest", "last_departed", "end_lo", "end_hi", "unaccounted_since")
COLUMNS = "unique_identifier,end_kind,first_book_in,n_stays,end_reason"


@functools.cache
def chains() -> list[Row]:
    """The table as it lies in the build, microseconds read as times."""
    folder, _ = built(records().case)
    rows = pq.read_table(folder / "chains.parquet").to_pylist()
    for row in rows:
        for name in _TIMES:
            row[name] = None if row[name] is None else _EPOCH + dt.timedelta(microseconds=row[name])
    return rows


def _median() -> dt.datetime:
    times = sorted(row["first_book_in"] for row in chains() if row["first_book_in"] is not None)
    return times[len(times) // 2]


def _none(_row: Row) -> bool:
    """No row is left open by the filters."""
    return False


def day() -> str:
    return _median().date().isoformat()


FILTERS: list[tuple[Callable[[], list[str]], Callable[[Row], bool], Callable[[Row], bool]]] = [
    (lambda: ["end_kind:is:open"], lambda row: row["end_kind"] == "open", _none),
    (
        lambda: ["end_kind:is_not:open", "n_stays:at_least:2"],
        lambda row: row["end_kind"] != "open" and row["n_stays"] >= 2,
        _none,
    ),
    (
        lambda: ["end_reason:contains:REM"],
        lambda row: row["end_reason"] is not None and "rem" in row["end_reason"].lower(),
        lambda row: row["end_reason"] is None,
    ),
    (
        lambda: [f"first_book_in:at_least:{day()}", "n_detention_rows:at_most:4"],
        lambda row: (
            row["first_book_in"] is not None
            and row["first_book_in"].date().isoformat() >= day()
            and row["n_detention_rows"] <= 4
        ),
        lambda row: row["first_book_in"] is None and row["n_detention_rows"] <= 4,
    ),
    (
        lambda: [f"first_book_in:at_most:{day()}"],
        lambda row: row["first_book_in"] is not None and row["first_book_in"].date().isoformat() <= day(),
        lambda row: row["first_book_in"] is None,
    ),
    (
        lambda: [f"first_book_in:is:{_median():%Y-%m-%d %H:%M}"],
        lambda row: (
            row["first_book_in"] is not None
            and row["first_book_in"].replace(second=0) == _median().replace(second=0)
        ),
        lambda row: row["first_book_in"] is None,
    ),
    (lambda: ["last_departed:empty:"], lambda row: row["last_departed"] is None, _none),
    (lambda: ["last_departed:filled:"], lambda row: row["last_departed"] is not None, _none),
]


def _options(**options: Any) -> str:
    return urlencode({name: value for name, value in options.items() if value}, doseq=True)


def _title(n: int) -> str:
    if n == 0:
        return "chains: no row passes the filters"
    return "chains: 1 row passes the filters" if n == 1 else f"chains: {n:,} rows pass the filters"


def _ids(rows: list[Row]) -> list[str]:
    return [row["unique_identifier"] for row in rows]


@pytest.mark.parametrize(("where", "passes", "is_left"), FILTERS)
def test_filters_pages_and_files_give_what_plain_python_gives(
    where: Callable[[], list[str]], passes: Callable[[Row], bool], is_left: Callable[[Row], bool]
) -> None:
    site, asked = records(), where()
    expected = [row for row in chains() if passes(row)]
    assert expected, "a filter that nothing passes proves nothing"
    page = Read(site.ask(f"/en/tables/chains?{_options(where=asked, columns=COLUMNS)}").text)
    assert page.title == _title(len(expected))
    n_left = sum(map(is_left, chains()))
    assert ("cannot judge them" in page.text) is bool(n_left)
    assert not n_left or f"{n_left:,} more rows have no value" in page.text
    shown = min(len(expected), 50)
    rows = page.rows(f"Rows 1 to {shown} of {len(expected):,}")
    assert [row[0] for row in rows[1:]] == _ids(expected)[:50]
    options = _options(where=asked, columns=COLUMNS, sort="-first_book_in")
    found = _downloaded(site, f"chains.csv?{options}"), _downloaded(site, f"chains.json?{options}")
    table = pq.read_table(io.BytesIO(site.ask(f"/files/tables/chains.parquet?{options}").content))
    ordered = [row["first_book_in"] for row in table.to_pylist()]
    assert sorted(_ids(expected)) == sorted(table["unique_identifier"].to_pylist())
    known = [time for time in ordered if time is not None]
    assert known == sorted(known, reverse=True)
    assert ordered[len(known) :] == [None] * (len(ordered) - len(known))
    names = COLUMNS.split(",")
    for rows_of_file in found:
        assert [[row[name] for name in names] for row in rows_of_file] == [
            [_as_text(value) for value in row.values()] for row in table.select(names).to_pylist()
        ]
    html = Read(site.ask(f"/en/tables/chains?{options}").text)
    first = html.rows(f"Rows 1 to {shown} of {len(expected):,}")[1:]
    assert [row[0] for row in first] == table["unique_identifier"].to_pylist()[:50]


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


def _downloaded(site: Site, path: str) -> list[dict[str, str]]:
    answer = site.ask(f"/files/tables/{path}")
    assert answer.status_code == 200, answer.text
    if ".csv" in path:
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8"))))
    return [{name: _as_text(value) for name, value in row.items()} for row in json.loads(answer.content)]


def test_pages_show_every_row_once() -> None:
    site, seen = records(), []
    for page in range(1, -(-len(chains()) // 50) + 1):
        options = _options(sort="end_kind", columns="unique_identifier,end_kind", page=page)
        read = Read(site.ask(f"/en/tables/chains?{options}").text)
        first, last = (page - 1) * 50 + 1, min(page * 50, len(chains()))
        seen += read.rows(f"Rows {first} to {last} of {len(chains()):,}")[1:]
    assert sorted(row[0] for row in seen) == sorted(_ids(chains()))
    assert [row[1] for row in seen] == sorted(row["end_kind"] for row in chains())


def test_counts_by_a_column_are_those_of_the_rows() -> None:
    read = Read(records().ask("/en/tables/chains?where=n_stays:at_least:1&facet=end_reason").text)
    expected = Counter(row["end_reason"] for row in chains() if row["n_stays"] >= 1)
    found = {value: int(n) for value, n, *_ in read.rows("end_reason")[1:]}
    assert found == {value or "no value": n for value, n in expected.items()}


@pytest.mark.parametrize(("where", "passes", "_is_left"), FILTERS)
def test_the_lines_for_a_notebook_give_the_same_rows(
    where: Callable[[], list[str]], passes: Callable[[Row], bool], _is_left: Callable[[Row], bool]
) -> None:
    options = _options(where=where(), columns=COLUMNS, sort="first_book_in")
    python = Read(records().ask(f"/en/tables/chains?{options}").text).main.all("pre")[0].text()
    names: dict[str, Any] = {}
    exec(python, names)  # noqa: S102  our own lines, as a reader runs them
    rows: pa.Table = names["rows"]
    expected = [row for row in chains() if passes(row)]
    assert rows.column_names == COLUMNS.split(",")
    assert sorted(rows["unique_identifier"].to_pylist()) == sorted(_ids(expected))


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("nothing", 404, "`nothing` is not a table"),
        ("chains?where=nobody:is:1", 404, "`nobody` is not a column of this table"),
        ("chains?where=n_stays:like:1", 404, "`like` is not an operator"),
        ("chains?where=n_stays:is:two", 400, "`n_stays` holds whole numbers"),
        ("chains?where=n_stays:is:", 404, "no value to compare with"),
        ("chains?where=first_book_in:is:2025-02-30", 400, "`first_book_in` holds times"),
        ("chains?where=first_book_in:is:2025-02-20T10:00Z", 400, "without a zone"),
        ("chains?where=end_kind:empty:withheld", 404, "does not say why `end_kind` is empty"),
        ("chains?sort=-nobody", 404, "`nobody` is not a column"),
        ("chains?columns=end_kind,nobody", 404, "`nobody` is not a column"),
        ("chains?facet=nobody", 404, "`nobody` is not a column"),
        ("chains?page=many", 404, "not a whole number"),
        ("chains?order=up", 404, "`order` is not an option"),
        ("stint_spans?where=row_id_address:is:here", 404, "is not an address"),
    ],
)
def test_what_cannot_be_asked_is_named(path: str, status: int, words: str) -> None:
    answer = records().ask(f"/en/tables/{path}")
    assert answer.status_code == status
    assert words in Read(answer.text).text


@pytest.mark.parametrize(
    "value", ["' OR 1=1 --", '"', "%", "_", "\\", ");DROP", "\x00", "$1", "{{7*7}}", "ñ", "\u202e"]
)
def test_a_value_is_a_value(value: str) -> None:
    for operator in ("is", "contains"):
        answer = records().ask(f"/en/tables/chains?where={quote(f'end_reason:{operator}:{value}')}")
        read = Read(answer.text)
        expected = [
            row
            for row in chains()
            if row["end_reason"] is not None
            and (
                row["end_reason"] == value if operator == "is" else value.lower() in row["end_reason"].lower()
            )
        ]
        assert answer.status_code == 200, read.text
        assert read.title == _title(len(expected))


def test_an_address_finds_its_row() -> None:
    folder, receipt = built(records().case)
    row = pq.read_table(folder / "stint_spans.parquet").to_pylist()[7]
    source = receipt.sources[row["row_id"] >> 38]
    sheet = source.sheets[(row["row_id"] >> 26) % (1 << 12)]
    address = f"{source.source}:{sheet}:{row['row_id'] % (1 << 26)}"
    path = f"/en/tables/stint_spans?{_options(where=f'row_id_address:is:{address}')}"
    read = Read(records().ask(path).text)
    assert read.title == "stint_spans: 1 row passes the filters"
    assert address in read.text


def test_every_table_opens_in_both_languages() -> None:
    site = records()
    listed = Read(site.ask("/en/tables").text)
    tables = [one.attributes["href"] for one in listed.main.all("a") if "/tables/" in one.attributes["href"]]
    assert len(tables) > 60
    for path in tables[:: draws(7, 1)]:
        assert site.ask(path).status_code == 200, path
    for path in tables[3 :: draws(30, 1)]:
        assert site.ask(path.replace("/en/", "/es/", 1)).status_code == 200, path
