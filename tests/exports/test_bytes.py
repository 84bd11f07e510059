"""The bytes of text formats: the same from release to release, whatever library writes the others."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pytest

from paradero.exports import export

NOTE = {"scope": "a test", "digest": "0"}

# every type that tables have, what is missing, what has to be quoted, and what a spreadsheet would run
KINDS = """
SELECT * FROM (VALUES
  (1::BIGINT, true, DATE '2025-03-09', TIMESTAMP '2025-03-09 02:30:00', 0.1::DOUBLE, 'plain', 'a,b'),
  (NULL, false, NULL, TIMESTAMP '2025-03-09 23:59:59.999999', NULL, NULL, 'two' || chr(10) || 'lines'),
  (9007199254740993, NULL, DATE '1899-12-31', NULL, 1e300, '', 'says "no"'),
  (-7, true, DATE '2025-12-31', TIMESTAMP '1969-12-31 23:59:59.5', -0.5, '=1+1', '-12.5'),
  (0, false, DATE '2024-02-29', TIMESTAMP '2024-02-29 00:00:00', 3.0, 'Peñón', '@cmd')
) AS t(row_id, is_counted, day, stamp, size, "status", "a, b")
"""
MANY = """
SELECT i AS row_id, CASE WHEN i % 7 = 0 THEN NULL ELSE 'text ' || i % 1000 END AS t,
  TIMESTAMP '2025-01-01' + to_minutes(i * 37) AS stamp
FROM range(120_000) r(i)
"""

# of the code as it was when all formats stood in one module
WRITTEN = {
    "kinds.csv": "a44631321bf1d98819579d1bc77fe6e130268b7f43e21b9aceca54804a37b712",
    "kinds.jsonl": "6d8fc848f8a57e2a6e22cff81d5ab3eeb26fdf179466fdde8b115e7aaf8b9714",
    "many.csv": "943b00581aca6e0231048ca6a8e04e86e6d1aeea85bae5f9e48f28df5c92aab9",
    "many.jsonl": "21e1a9200f892c76d89ceec10d774e5932be9e1a9a9ba325a174bf6fda7bcd4b",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_text_formats_have_the_bytes_they_had(tmp_path: Path, name: str) -> None:
    table = name.partition(".")[0]
    with duckdb.connect() as connection:
        export(connection.sql({"kinds": KINDS, "many": MANY}[table]), tmp_path / name, name=table, note=NOTE)
    assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == WRITTEN[name]
