"""The different texts of columns that come in pieces, counted and compared on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from paradero.engines.duckdb import connect
from paradero.sources.held import Flags
from paradero.sources.values.person_ids import (
    Odds,
    Others,
    long_among,
    lost_digits,
    names_nobody,
    neighbours_of,
    numbers_among,
    odds_of,
    plain_of,
    somebody_among,
)

_BATCH = 100_000
_MEMORY = "200MB"  # more is spilled


class Distincts:
    """Texts under keys; a context manager that leaves nothing behind."""

    def __init__(self, folder: Path) -> None:
        self._connection = connect(temporary=folder / "spill", threads=1, memory=_MEMORY)
        self._connection.execute("CREATE TABLE prints (key VARCHAR, print UBIGINT, flag BOOLEAN)")
        self._connection.execute("CREATE TABLE ids (key VARCHAR, text VARCHAR, plain VARCHAR)")

    def __enter__(self) -> Distincts:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def add(self, key: str, texts: pa.Array, flagged: Flags) -> None:
        """Texts to be counted, some of them flagged."""
        given = pa.table({"text": texts.cast(pa.string()), "flag": pa.array(flagged)})
        self._connection.register("given", given)
        self._connection.execute("INSERT INTO prints SELECT $key, hash(text), flag FROM given", {"key": key})
        self._connection.unregister("given")

    def counts(self, key: str) -> tuple[int, int]:
        """How many different texts there are, and how many of them are flagged."""
        ((n, flagged),) = self._connection.execute(
            "SELECT count(*), count(*) FILTER (flag) FROM (SELECT print, bool_or(flag) AS flag FROM prints"
            " WHERE key = $key GROUP BY print)",
            {"key": key},
        ).fetchall()
        return n, flagged

    def add_ids(self, key: str, ids: pa.Array) -> None:
        """Ids to be compared."""
        self._connection.register("given", pa.table({"text": ids, "plain": plain_of(ids)}))
        self._connection.execute("INSERT INTO ids SELECT $key, text, plain FROM given", {"key": key})
        self._connection.unregister("given")

    def ids(self, key: str) -> Iterator[pa.Array]:
        """The different ids, a batch at a time."""
        with self._connection.cursor() as reading:
            reading.execute("SELECT DISTINCT text FROM ids WHERE key = $key", {"key": key})
            for batch in reading.to_arrow_reader(_BATCH):
                yield batch.column(0)

    def others(self, key: str) -> Others:
        """What the ids say of each other."""
        has_one_and_two = len(self._among(key, {"0", "1", "2"})) == len("012")
        near: set[str] = set()
        n = digits = 0
        odds = Odds()
        for ids in self.ids(key):
            plain = plain_of(ids)
            near |= neighbours_of(plain)
            more = numbers_among(plain, somebody_among(plain, has_one_and_two=has_one_and_two))
            n, digits = n + more[0], digits + more[1]
            odds += odds_of(long_among(ids))
        return Others(
            has_one_and_two=has_one_and_two,
            are_numbers=2 * digits > n,
            neighbours=frozenset(self._among(key, near)),
            is_exact=odds.is_exact,
            is_padded=odds.is_padded,
        )

    def twins(self, key: str, others: Others) -> dict[str, list[str]]:
        """The ids, of those that name somebody, of which another differs only in how it is written."""
        kept = f"{key}, kept"
        for ids in self.ids(key):
            some = ~names_nobody(ids, others)
            self.add_ids(kept, ids.filter(pa.array(some & ~lost_digits(ids, others))))
        found = self._connection.execute(
            "SELECT plain, list(DISTINCT text) FROM ids WHERE key = $key GROUP BY plain"
            " HAVING count(DISTINCT text) > 1",
            {"key": kept},
        ).fetchall()
        return {plain: sorted(texts) for plain, texts in sorted(found)}

    def _among(self, key: str, plain: set[str]) -> set[str]:
        found = self._connection.execute(
            "SELECT DISTINCT plain FROM ids WHERE key = $key AND plain IN (SELECT unnest($wanted))",
            {"key": key, "wanted": sorted(plain)},
        ).fetchall()
        return {text for (text,) in found}
