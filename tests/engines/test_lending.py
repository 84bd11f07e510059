"""Connections that the process lends: nothing of one question is on the connection of another, files are
read as they stand, and none of them can be confined.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from paradero.engines import lending
from paradero.engines.duckdb import confine, connect, view_files
from paradero.engines.lending import another, lent

MADE = (
    "CREATE TABLE made AS SELECT 1 AS n",
    "CREATE VIEW made AS SELECT 1 AS n",
    "CREATE TEMP TABLE made AS SELECT 1 AS n",
    "CREATE TEMP VIEW made AS SELECT 1 AS n",
)
SETTINGS = (
    "TimeZone",
    "enable_progress_bar",
    "autoinstall_known_extensions",
    "autoload_known_extensions",
    "python_enable_replacements",
    "threads",
)


def written(path: Path, n: int) -> Path:
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {n} AS n) TO '{path}' (FORMAT parquet)")
    return path


@pytest.mark.parametrize("statement", MADE)
def test_nothing_stays_of_what_was_made(statement: str) -> None:
    with lent(threads=1) as connection:
        connection.execute(statement)
        assert connection.execute("SELECT n FROM made").fetchall() == [(1,)]
        with lent(threads=1) as beside, pytest.raises(duckdb.CatalogException):
            beside.execute("SELECT n FROM made")
    with lent(threads=1) as later, pytest.raises(duckdb.CatalogException):
        later.execute("SELECT n FROM made")
    with lent(threads=1) as last:
        names = {name for (name,) in last.execute("SELECT database_name FROM duckdb_databases()").fetchall()}
        assert len([name for name in names if name.startswith("lent_")]) == 1


def test_what_relations_make_is_gone_too_and_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path, before = tmp_path / "n.parquet", None
    for n in (1, 2):
        written(path, n)
        if before is not None:  # of the same size, and of the same time
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        with lent(threads=1) as connection:
            view_files(connection, "read", [path])
            connection.view("read").create_view("viewed")
            connection.view("viewed").create("counted")
            assert connection.execute("SELECT n FROM counted").fetchall() == [(n,)]
        before = path.stat()


def test_it_is_set_as_a_connection_of_its_own_is() -> None:
    settings = ", ".join(f"current_setting('{name}')" for name in SETTINGS)
    asked = f"SELECT {settings}, day_of(86400000000)"
    with lent(threads=1) as connection, connect(threads=1) as own, another(connection) as beside:
        found = own.execute(asked).fetchall()
        assert connection.execute(asked).fetchall() == found
        assert beside.execute(asked).fetchall()[0][2:] == found[0][2:]


def test_a_second_one_beside_it_reads_its_tables() -> None:
    with lent() as connection:
        connection.execute("CREATE TABLE made AS SELECT 7 AS n")
        with another(connection) as beside:
            assert beside.execute("SELECT n FROM made").fetchall() == [(7,)]


def test_it_cannot_be_confined_and_another_can(tmp_path: Path) -> None:
    with lent(threads=1) as connection, pytest.raises(ValueError, match="a connection that is lent"):
        confine(connection, readable=())
    path = written(tmp_path / "n.parquet", 3)
    with connect(threads=1) as own:
        confine(own, readable=())
        with pytest.raises(duckdb.PermissionException):
            own.read_parquet(str(path))
    with lent(threads=1) as later:
        assert later.read_parquet(str(path)).fetchall() == [(3,)]


def test_many_at_once_have_each_their_own() -> None:
    def asked(n: int) -> int:
        with lent(threads=1) as connection:
            connection.execute(f"CREATE TABLE made AS SELECT range AS n FROM range({n})")
            connection.execute("CREATE TEMP VIEW summed AS SELECT count(*) AS n FROM made")
            ((found,),) = connection.execute("SELECT n FROM summed").fetchall()
            return int(found)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(asked, range(200))) == list(range(200))


def test_one_that_broke_for_all_is_not_lent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lending, "_OPEN", {})
    with lent(threads=1) as connection:
        connection.execute("SET lock_configuration = true")
    with lent(threads=1) as connection:
        assert connection.execute("SELECT current_setting('lock_configuration')").fetchall() == [(False,)]


def test_a_process_that_is_bound_lends_no_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def limit_of(memory: str | None = None) -> str:
        with lending.lent(threads=1, memory=memory) as connection:
            ((found,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
        return str(found)

    monkeypatch.setattr(lending, "_MOST_MEMORY", [])
    before = limit_of()
    lending.bound_memory("100MiB")
    assert limit_of() == "100.0 MiB" != before
    assert limit_of("200MiB") == "200.0 MiB"
