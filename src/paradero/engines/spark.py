"""Apache Spark: the very same steps on a local or remote master, reading and writing the same Parquet."""

from __future__ import annotations

import os
import re
import shutil
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from paradero.disk.whole_files import written_whole
from paradero.engines.steps import Step
from paradero.model.errors import ParaderoError

_STATEMENT = re.compile(r";\s*(?:\n|$)")


class SparkEngine:
    """Runs steps on Spark SQL. Tables are Parquet that every worker can reach: a local folder, or one that
    the cluster shares.
    """

    name = "spark"

    def __init__(
        self,
        *,
        master: str | None = None,
        threads: int | None = None,
        memory: str | None = None,
        temporary: Path | None = None,
    ) -> None:
        self.session = open_session(master=master, threads=threads, memory=memory, temporary=temporary)

    def read(self, table: str, paths: list[Path]) -> None:
        """Give the Parquet files `paths`, all of one schema, the name `table`."""
        self.session.read.parquet(*[str(path) for path in paths]).createOrReplaceTempView(table)

    def define(self, step: Step) -> None:
        """Give the step's SELECT its name without computing it."""
        self.session.sql(step.select).createOrReplaceTempView(step.name)

    def write(self, step: Step, path: Path) -> None:
        """Compute the step into a folder of Parquet parts; the folder appears whole or not at all. Whole
        numbers become BIGINT, as in DuckDB.
        """
        with written_whole(path) as beside:
            frame = self.session.sql(step.select)
            narrow = {
                column.name
                for column in frame.schema.fields
                if column.dataType.typeName() in ("integer", "short", "byte")
            }
            if narrow:  # all in one go: each frame is analysed anew
                frame = frame.select(
                    *[
                        frame[name].cast("bigint").alias(name) if name in narrow else frame[name]
                        for name in frame.columns
                    ]
                )
            frame.write.mode("overwrite").option("compression", "zstd").parquet(str(beside))

    def close(self) -> None:
        """End the session and its Java process."""
        self.session.stop()


def open_session(
    *,
    master: str | None = None,
    threads: int | None = None,
    memory: str | None = None,
    temporary: Path | None = None,
) -> Any:
    """A Spark session with the prelude, in UTC. Raises ParaderoError saying what to install where Spark or
    Java is missing.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ParaderoError("The Spark engine needs pyspark. Run `pip install 'paradero[spark]'`.") from error
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise ParaderoError(
            "The Spark engine needs Java 17 or later. Run `apt-get install openjdk-17-jre-headless`, or set"
            " JAVA_HOME."
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    cores = threads or os.cpu_count() or 2
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(cores),
        "spark.driver.memory": memory or "2g",
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",
        "spark.driver.extraJavaOptions": (
            f"-Dlog4j2.configurationFile={files('paradero.engines') / 'log4j2.properties'}"
        ),
        **(
            {"spark.local.dir": str(temporary), "spark.sql.warehouse.dir": str(temporary / "warehouse")}
            if temporary is not None
            else {}
        ),
    }
    builder = SparkSession.builder.master(master or f"local[{cores}]").appName("paradero")
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
        for statement in _STATEMENT.split(
            (files("paradero.engines.prelude") / "spark.sql").read_text(encoding="utf-8")
        ):
            if re.search(r"^\s*CREATE", statement, re.MULTILINE):
                session.sql(statement)
    except PySparkException as error:
        raise ParaderoError(
            f"Spark could not be started on {master or 'this machine'}: {str(error).strip().splitlines()[0]}"
        ) from error
    return session
