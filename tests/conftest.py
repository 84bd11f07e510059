"""Fixtures that several folders of tests share."""

import importlib.util
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from paradero.engines.spark import SparkEngine

# most of what Spark costs here is planning that Java runs once or twice: its second compiler would only make code that nothing runs again
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")

# Arrow looks for it each time that it is given a value of Python's; told once that it is not there, it does not look on every path again
if importlib.util.find_spec("dateutil") is None:
    sys.modules["dateutil"] = None  # type: ignore[assignment]


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give one Spark session for all tests; `make test` installs Java where it is missing, so its absence is a failure."""
    engine = SparkEngine(threads=2, temporary=tmp_path_factory.mktemp("spark"))
    yield engine
    engine.close()
