"""Rules that somebody hands on: each tries to read, write, wait, fill memory or throw dice; none gets
anywhere, and each ends in a sentence.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from casefile.made import copied, said
from own_rule import TEST, rule

from attack.scale import draws
from paradero.casefile.folder import Casefile

CANARY = "zzyx-unread"


def _try(case: Casefile, folder: Path, sql: str, *, audited: bool) -> str:
    """What a rule with this test comes to: everything that the commands say."""
    own = rule(folder, sql=sql)
    answers = [said(case.root, "rules", "test", "own-rule", "--rules-from", str(own))]
    if audited:
        answers.append(said(case.root, "audit", "--only", "own-rule", "--rules-from", str(own), "--json"))
    heard = "".join(answer.out + answer.err for answer in answers)
    assert all(answer.code in (1, 2) for answer in answers), heard
    assert "Traceback" not in heard
    return heard


FROM = "FROM stint_spans s"


@pytest.mark.parametrize(
    "sql",
    [
        TEST.replace(FROM, "FROM '{file}' s"),
        TEST.replace(FROM, "FROM read_csv('{file}') s"),
        TEST.replace(FROM, 'FROM (WITH "{file}" AS (SELECT 1 AS a) SELECT * FROM "{file}") x, "{file}" s'),
        TEST.replace("SELECT", 'WITH "{file}" AS (SELECT 1) SELECT', 1).replace(
            FROM, 'FROM stint_spans s, "{file}"'
        ),
        TEST.replace(FROM, "FROM (WITH other AS (SELECT 1) SELECT 1) x, other, stint_spans s"),
        TEST.replace(FROM, "FROM stint_spans s, (SELECT * FROM read_text('{file}'))"),
        TEST.replace(FROM, "FROM query_table('{file}') s"),
        TEST.replace(FROM, "FROM glob('{folder}/*') s"),
        TEST.replace(FROM, "FROM duckdb_settings() s"),
        TEST.replace(FROM, "FROM main.stint_spans s"),
        TEST.replace(FROM, "FROM (DESCRIBE stint_spans) s"),
        TEST.replace(FROM, "FROM information_schema.tables s"),
        TEST.replace("TRUE AS is_bound", "current_date > DATE '2025-01-01' AS is_bound"),
        TEST.replace("TRUE AS is_bound", "current_timestamp IS NOT NULL AS is_bound"),
        TEST.replace(
            "TRUE AS is_bound",
            "(SELECT count(*) FROM (SELECT 1 FROM stint_spans USING SAMPLE 1)) > 0 AS is_bound",
        ),
        TEST.replace("TRUE AS is_bound", "uuid() IS NOT NULL AS is_bound"),
        TEST.replace("TRUE AS is_bound", "getenv('HOME') IS NOT NULL AS is_bound"),
        TEST.replace("TRUE AS is_bound", "row_number() OVER () > 0 AS is_bound"),
        TEST.replace("TRUE AS is_bound", "(SELECT any_value(person_no) FROM stint_spans) > 0 AS is_bound"),
        TEST.replace("TRUE AS is_bound", "current_setting('threads') IS NOT NULL AS is_bound"),
        TEST.replace("TRUE AS is_bound", "pg_sleep(1) IS NULL AS is_bound"),
        TEST.replace("TRUE AS is_bound", "row_number() OVER (ORDER BY 1) > 0 AS is_bound"),
        TEST.replace("TRUE AS is_bound", "age(TIMESTAMP '2020-01-01') IS NOT NULL AS is_bound"),
        TEST.replace(
            "TRUE AS is_bound", "(SELECT person_no FROM stint_spans ORDER BY 1 + 1 LIMIT 1) > 0 AS is_bound"
        ),
        TEST + ";\nCOPY (SELECT 1) TO '{folder}/written.csv'",
        TEST + ";\nATTACH '{folder}/written.db'",
    ],
)
def test_a_rule_reads_nothing_but_its_tables(small: Casefile, tmp_path: Path, sql: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(f"person_no,book_in\n1,{CANARY}\n", encoding="utf-8")
    hostile = sql.replace("{file}", str(secret)).replace("{folder}", str(tmp_path))
    heard = _try(copied(small, tmp_path / "case"), tmp_path, hostile, audited=draws(len(sql) % 6, 0) == 0)
    assert CANARY not in heard
    assert not list(tmp_path.glob("written*"))
    assert "test.sql line" in heard


def test_a_rule_that_never_ends_is_stopped_with_a_sentence(small: Casefile, tmp_path: Path) -> None:
    case = copied(small, tmp_path / "case")
    settings = case.root / "paradero.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("[settings]", "[settings]\nrule_seconds = 2.0"),
        encoding="utf-8",
    )
    said(case.root, "build")
    # quick on the few rows of its worked case, endless on the records
    endless = (
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < (SELECT count(*) *"
        " count(*) FROM stint_spans) * 1000000 - 999000)\nSELECT"
    )
    sql = TEST.replace("SELECT", endless, 1).replace(
        FROM, "FROM stint_spans s CROSS JOIN (SELECT max(i) AS i FROM n) n"
    )
    own = rule(tmp_path, sql=sql)
    began = time.monotonic()
    audited = said(case.root, "audit", "--only", "own-rule", "--rules-from", str(own))
    assert audited.code == 1
    assert "stopped after 2 seconds" in audited.err
    assert time.monotonic() - began < 60
    assert said(case.root, "verify", "--quick").code == 0


def test_the_engine_itself_reaches_nothing(tmp_path: Path) -> None:
    """Were the names let through, the engine would still refuse: the second wall, tried without the first."""
    import duckdb

    from paradero.engines.duckdb import confine, connect

    secret = tmp_path / "secret.csv"
    secret.write_text(f"a\n{CANARY}\n", encoding="utf-8")
    for text in (
        f"SELECT * FROM '{secret}'", f"SELECT * FROM read_text('{secret}')", f"COPY (SELECT 1) TO '{tmp_path}/written.csv'", f"ATTACH '{tmp_path}/written.db'",
        f"SELECT * FROM glob('{tmp_path}/*')", "SET enable_external_access = true", "SET lock_configuration = false", f"EXPORT DATABASE '{tmp_path}/written'",
    ):  # fmt: skip
        connection = connect()
        confine(connection, readable=())
        with pytest.raises(duckdb.Error):
            connection.execute(text)
        connection.close()
    assert not [name for name in os.listdir(tmp_path) if name.startswith("written")]


def test_a_callers_own_error_is_his_own(small: Casefile, tmp_path: Path) -> None:
    import duckdb

    import paradero

    class Own(Exception):
        pass

    with pytest.raises(Own), paradero.open_tables(small, "stints"):
        raise Own
    with pytest.raises(duckdb.IOException), paradero.open_tables(small, "stints") as built:
        built.connection.sql(f"SELECT * FROM read_csv('{tmp_path}/none.csv')").fetchall()
    with pytest.raises(duckdb.InvalidInputException), paradero.open_tables(small, "stints") as built:
        built.connection.execute("SELECT $1", [])
