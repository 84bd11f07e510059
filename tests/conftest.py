"""Fixtures that several folders of tests share."""

from collections.abc import Iterator
from typing import Any

import pytest

from paradero.engines.spark import SparkEngine


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give one Spark session for all tests; `make test` installs Java where it is missing, so its absence is a failure."""
    engine = SparkEngine(threads=2, temporary=tmp_path_factory.mktemp("spark"))
    yield engine
    engine.close()
