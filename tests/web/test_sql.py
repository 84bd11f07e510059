"""Queries of readers: what they give, held against pyarrow; and what they must not do, tried."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import pyarrow.parquet as pq
import pytest
from attack.scale import at_length

from paradero.building.receipts import built
from paradero.building.tables import open_tables
from paradero.engines.readers import confine_reader
from paradero.web.application import SiteSettings
from web.asked import Site, records
from web.read_tables import Read


def asked(text: str) -> tuple[int, Read]:
    answer = records().ask(f"/en/sql?{urlencode({'text': text})}")
    return answer.status_code, Read(answer.text)


def test_a_query_gives_what_pyarrow_gives() -> None:
    folder, _ = built(records().case)
    counted = Counter(pq.read_table(folder / "chains.parquet")["end_kind"].to_pylist())
    status, page = asked("SELECT end_kind, count(*) AS n FROM chains GROUP BY ALL ORDER BY n DESC, end_kind")
    assert status == 200
    found = {kind: int(n) for kind, n in page.rows("Rows")[1:]}
    assert found == counted
    csv = records().ask(f"/files/sql/answer.csv?{urlencode({'text': 'SELECT 1 AS a'})}")
    assert csv.content == b"a\n1\n"


def test_rows_and_times_are_legible_and_in_the_order_asked_for() -> None:
    status, page = asked("SELECT row_id, book_in FROM stint_spans ORDER BY book_in DESC, row_id DESC LIMIT 5")
    rows = page.rows("Rows")
    assert status == 200
    assert rows[0] == ["row_id", "row_id_address", "book_in"]
    assert [row[2] for row in rows[1:]] == sorted((row[2] for row in rows[1:]), reverse=True)
    assert all(row[1].count(":") >= 2 for row in rows[1:])


REFUSED = [
    "COPY persons TO '{folder}/out.csv'",
    "COPY (SELECT 1) TO '{folder}/out.parquet'",
    "EXPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/out.db' AS other",
    "ATTACH ':memory:' AS other",
    "CREATE TABLE mine AS SELECT 1",
    "CREATE VIEW chains AS SELECT 1",
    "INSERT INTO persons VALUES (1)",
    "DELETE FROM persons",
    "DROP TABLE persons",
    "INSTALL httpfs",
    "LOAD httpfs",
    "PRAGMA database_list",
    "SET memory_limit = '64GB'",
    "SET enable_external_access = true",
    "RESET memory_limit",
    "CALL pragma_version()",
    "EXPLAIN ANALYZE SELECT 1",
    "SELECT 1; SELECT 2",
    "SELECT 1; COPY persons TO '{folder}/out.csv'",
    "",
    ";",
    "SELECT * FROM '{secret}'",
    'SELECT * FROM "{secret}"',
    "SELECT * FROM read_csv('{secret}')",
    "SELECT * FROM read_text('{secret}')",
    "SELECT * FROM read_blob('{secret}')",
    "SELECT * FROM read_parquet('{secret}')",
    "SELECT * FROM parquet_scan('{secret}')",
    "SELECT * FROM sniff_csv('{secret}')",
    "SELECT * FROM read_json('{secret}')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('persons')",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_views()",
    "SELECT * FROM duckdb_views",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM pragma_database_list",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM pg_catalog.pg_class",
    "SELECT * FROM sqlite_master",
    "SELECT * FROM main.persons",
    "WITH duckdb_views AS (SELECT 1) SELECT * FROM duckdb_views",
    'WITH "{secret}" AS (SELECT 1 AS a) SELECT * FROM "{secret}"',
    "SELECT getenv('PARADERO_TEST_SECRET')",
    "SELECT current_setting('allowed_paths')",
    "SELECT current_user",
    "SELECT getvariable('a')",
    "SELECT nextval('a')",
    "SELECT (SELECT count(*) FROM read_text('{secret}'))",
    "SELECT * FROM persons WHERE EXISTS (SELECT 1 FROM read_text('{secret}'))",
    "SELECT a FROM (SELECT 1 AS a) PIVOT (count(*) FOR a IN (SELECT content FROM read_text('{secret}')))",
    "SELECT list_transform([1], lambda x: getenv('PARADERO_TEST_SECRET'))",
    "SELECT 'PARADERO_TEST_SECRET'.getenv()",
    "DESCRIBE SELECT * FROM read_text('{secret}')",
    "SELECT * FROM (DESCRIBE SELECT * FROM read_text('{secret}'))",
    "FROM read_text('{secret}')",
    "SHOW TABLES",
    "SUMMARIZE persons",
]


@pytest.mark.parametrize("text", REFUSED)
def test_nothing_but_tables_is_read_and_nothing_written(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARADERO_TEST_SECRET", "hush-hush")
    secret = tmp_path / "secret.csv"
    secret.write_text("hush-hush\nhush-hush\n", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    _, page = asked(text.format(folder=tmp_path, secret=secret))
    if text.strip(" ;"):
        assert page.title == "The query was not answered", page.text
    assert page.root.text().count("hush-hush") == text.count("hush-hush")
    assert str(records().case.root) not in page.text
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "text",
    [
        "SELECT count(*) FROM stint_spans a, stint_spans b, stint_spans c, stint_spans d, stint_spans e",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
    ],
)
@at_length
def test_a_query_without_end_is_stopped(text: str) -> None:
    began = time.monotonic()
    status, page = asked(text)
    assert time.monotonic() - began < 15
    assert status == 400
    assert "stopped after 10 seconds" in page.text
    assert asked("SELECT 1 AS a")[0] == 200


@pytest.mark.parametrize(
    "text",
    [
        "SELECT string_agg(repeat('y', 100000), '') AS a FROM range(1000000)",
        "SELECT list(x) AS a FROM range(1000000000) t(x)",
        "SELECT length(repeat(repeat('x', 1000000), 1000000)) AS a",
    ],
)
def test_a_query_that_takes_too_much_memory_is_stopped(text: str) -> None:
    _, page = asked(text)
    assert page.title == "The query was not answered"


def test_what_is_wrong_is_said() -> None:
    assert "syntax error" in asked("SELEC 1")[1].lead
    assert "nobody" in asked("SELECT nobody FROM persons")[1].lead
    assert "Did you mean `persons`" in asked("SELECT * FROM person")[1].lead
    assert "Two columns" in asked("SELECT a, a FROM (SELECT 1 AS a)")[1].lead


def test_rows_are_bounded_and_more_are_said() -> None:
    _, page = asked("SELECT x FROM range(5000) t(x)")
    assert page.title == "The first 1,000 rows that answer the query"
    assert len(page.rows("Rows")) == 1_001
    answer = records().ask(f"/files/sql/answer.csv?{urlencode({'text': 'SELECT x FROM range(200000) t(x)'})}")
    assert answer.status_code == 404
    assert "more than 100,000 rows" in answer.text


def test_in_public_no_query_is_answered() -> None:
    site = Site(records().case, SiteSettings(is_public=True))
    for path in ("/en/sql", "/en/sql?text=SELECT+1+AS+a", "/files/sql/answer.csv?text=SELECT+1+AS+a"):
        assert site.ask(path).status_code == 403


def test_cells_of_a_file_are_disarmed() -> None:
    text = "SELECT '=HYPERLINK(''http://x'')' AS a"
    answer = records().ask(f"/files/sql/answer.csv?{urlencode({'text': text})}")
    assert answer.content.decode().splitlines()[1].lstrip('"').startswith("'=")
    assert os.environ.get("PARADERO_TEST_SECRET") is None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM glob('{folder}/*')",
        "COPY persons TO '{folder}/out.csv'",
        "ATTACH '{folder}/out.db' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET memory_limit = '64GB'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SELECT string_agg(repeat('y', 100000), '') FROM range(1000000)",
    ],
)
def test_the_engine_refuses_what_the_parser_would_let_through(text: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("hush-hush\n", encoding="utf-8")
    with open_tables(records().case, "persons", threads=1) as opened:
        confine_reader(opened.connection, readable=opened.files, memory="512MB")
        with pytest.raises(duckdb.Error):
            opened.connection.execute(text.format(secret=secret, folder=tmp_path)).fetchall()
        assert opened.rows("SELECT count(*) AS n FROM persons")[0]["n"] > 0
    assert list(tmp_path.iterdir()) == [secret]
