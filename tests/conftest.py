"""Fixtures that several folders of tests share."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give one Spark session for all tests; skip where Spark or Java is not installed."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine")
    from paradero.engines.spark import SparkEngine

    engine = SparkEngine(threads=2, temporary=tmp_path_factory.mktemp("spark"))
    yield engine
    engine.close()
