"""Fixtures that several folders of tests share."""

import gc
import importlib.util
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from paradero.engines.not_installed import look_once_for_pandas
from paradero.engines.spark import SparkEngine

# most of what Spark costs here is planning that Java runs once or twice: its second compiler would only make
# code that nothing runs again
os.environ.setdefault(
    "JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC"
)

# Arrow looks for it each time that it is given a value of Python's; told once that it is not there, it does
# not look on every path again
if importlib.util.find_spec("dateutil") is None:
    sys.modules["dateutil"] = None  # type: ignore[assignment]
look_once_for_pandas()  # as the command does


# where a machine tells Python to keep nothing of what it compiled, each worker would compile every test anew, and
# each process that a test starts all of paradero: a second and more, of which no test promises anything
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


# the folders whose tests take longest, one by one
LONG = ("web", "docs", "attack", "exports", "building")


def _is_open(handle: int) -> None:
    """In place of waiting for the disk at every file, a fifth of the time of a build: what a power cut takes
    no test can see. Processes that a test starts do wait.
    """
    os.fstat(handle)


os.fsync = _is_open  # type: ignore[assignment]


@pytest.hookimpl(tryfirst=True)  # before groups are written into names
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests that share what their file makes once run on one worker: it is made once, not once a
    worker. What takes long comes first, so that neither worker waits for the other at the end.
    """
    items.sort(key=lambda item: item.path.parent.name not in LONG)
    for item in items:
        shared = getattr(item, "_fixtureinfo", None)
        scopes = (
            {made.scope for found in shared.name2fixturedefs.values() for made in found} if shared else set()
        )
        if "module" in scopes and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave alone what lives as long as the session: modules, and thousands of tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Say where the workers of this session keep what each of them needs (`casefile/made.py`)."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if hasattr(request.config, "workerinput") else own) / "shared"
    folder.mkdir(exist_ok=True)
    os.environ["PARADERO_TESTS_SHARED"] = str(folder)


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give one Spark session for all tests; `make test` installs Java where it is missing, so its absence is
    a failure.
    """
    engine = SparkEngine(threads=2, temporary=tmp_path_factory.mktemp("spark"))
    yield engine
    engine.close()


@pytest.fixture
def plainly(spark: Any) -> Iterator[Any]:
    """Spark without plans that change as they run and without code made for them: on a few rows it is the
    plans that take the time.

    As it is for real records, with all of that, `engines/test_spark_build.py` compares it at length with DuckDB.
    """
    plain = {
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.shuffle.partitions": "1",
    }
    before = {name: spark.session.conf.get(name) for name in plain}
    for name, value in plain.items():
        spark.session.conf.set(name, value)
    yield spark
    for name, value in before.items():
        spark.session.conf.set(name, value)
