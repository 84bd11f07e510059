"""What every engine can do, and how one is chosen by name."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from paradero.engines.steps import Step
from paradero.model.errors import UnknownName


class Engine(Protocol):
    """Runs steps. Tables are Parquet files under a name; `write` makes one table whole or not at all."""

    name: str

    def read(self, table: str, paths: list[Path]) -> None: ...
    def define(self, step: Step) -> None: ...
    def write(self, step: Step, path: Path) -> None: ...
    def close(self) -> None: ...


def open_engine(
    name: str,
    *,
    master: str | None,
    threads: int | None,
    memory: str | None,
    temporary: Path,
    few: bool = False,
) -> Engine:
    """The engine of that name, ready to work; `few` where all rows fit into memory many times. Raises
    UnknownName, or ParaderoError where Spark or Java is missing.
    """
    if name == "duckdb":
        from paradero.engines.duckdb import DuckDBEngine

        return DuckDBEngine(temporary=temporary / ".spill", threads=threads, memory=memory, few=few)
    if name == "spark":
        from paradero.engines.spark import SparkEngine

        return SparkEngine(master=master, threads=threads, memory=memory, temporary=temporary / ".spill")
    raise UnknownName(f"`{name}` is not an engine. Choose duckdb or spark.")
