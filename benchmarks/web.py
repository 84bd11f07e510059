"""How fast the site answers, beside Datasette on the same rows, on the same machine in one run.

python benchmarks/web.py CASE [--readers 50] [--datasette .venv-bench/bin/datasette]

CASE is a built casefile of records; serving it may keep an audit in it. Of every kind of page `first` is an
address that nobody asked for before, `again` the same once more; milliseconds, the median and the 95th of a
hundred. Then so many readers ask at once, each a page after the other, and the memory that the server had at
most is read from the system. Datasette, which serves an SQLite file of the same stints with an index on each
column that is asked for, is asked what can be asked of both: the stints of a person, and fifty of those
of a facility.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

COMMAND = str(Path(sys.executable).parent / "paradero")
EACH = 20  # addresses of a kind


class Server:
    """A server in a process of its own."""

    def __init__(self, command: Sequence[str], folder: Path, port: int) -> None:
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
        )
        self.port = port
        deadline = time.monotonic() + 600
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                self.ask("/api/definitions")
                return
            time.sleep(0.2)
        raise SystemExit(f"{command[0]} does not answer")

    def ask(self, path: str) -> tuple[int, bytes, float]:
        """Status, answer, seconds."""
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read(), time.monotonic() - begun
        finally:
            connection.close()

    def most_memory(self) -> int:
        """Megabytes that the process had at most."""
        told = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+)", told)
        return int(found[1]) // 1024 if found else 0

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


@contextlib.contextmanager
def served(command: Sequence[str], folder: Path, port: int) -> Iterator[Server]:
    server = Server(command, folder, port)
    try:
        yield server
    finally:
        server.stop()


def spread(seconds: Sequence[float]) -> str:
    """The median and the 95th of a hundred, in milliseconds."""
    ordered = sorted(1000 * each for each in seconds)
    return f"{statistics.median(ordered):8.0f} {ordered[max(0, round(0.95 * len(ordered)) - 1)]:8.0f}"


def timed(server: Server, paths: Sequence[str]) -> tuple[list[float], int]:
    """Seconds of each address, and how many could not be answered."""
    found = [server.ask(path) for path in paths]
    return [seconds for _, _, seconds in found], sum(status != 200 for status, _, _ in found)


def kinds_of(site: Server, chance: random.Random) -> dict[str, list[str]]:
    """Addresses of every kind of page."""
    listed = json.loads(site.ask("/api/unaccounted?limit=2000")[1])["rows"]
    people = sorted({row["unique_identifier"] for row in listed})
    moved = json.loads(site.ask("/api/transfers?limit=2000")[1])["rows"]
    rows = sorted({row["from_row_address"] for row in moved})
    places = [row["detention_facility_code"] for row in json.loads(site.ask("/api/facilities")[1])["rows"]]
    some = {"person": people, "row": rows, "facility": [each for each in places if each]}
    some = {kind: chance.sample(names, min(EACH, len(names))) for kind, names in some.items()}
    day = "first=2024-05-01&last=2024-05-31"
    return {
        "home": ["/en/", "/es/"],
        "facilities": ["/en/facilities", "/es/facilities"],
        "facility": [f"/en/facility/{quote(each, safe='')}" for each in some["facility"]],
        "person": [f"/es/person/{quote(each, safe='')}" for each in some["person"]],
        "row": [f"/en/rows/{quote(each, safe='')}" for each in some["row"]],
        "people": [f"/en/people?facility={quote(each, safe='')}" for each in some["facility"][:10]],
        "table, a page": [f"/en/tables/stints?page={page}" for page in range(1, 11)],
        "contradictions": ["/en/contradictions", "/es/contradictions"],
        "orders": ["/en/orders", "/es/orders"],
        "search": [f"/en/search?q={quote(each[:8])}" for each in some["person"][:20]],
        "api person": [f"/api/person/{quote(each, safe='')}" for each in some["person"]],
        "api headcount": [
            f"/api/headcount?facility={quote(each, safe='')}&{day}" for each in some["facility"][:20]
        ],
        "api transfers": [f"/api/transfers?offset={100 * page}" for page in range(20)],
        "api verdicts": [f"/api/verdicts?offset={100 * page}" for page in range(10)],
        "api facilities": ["/api/facilities"],
    }


def at_once(site: Server, paths: Sequence[str], readers: int) -> tuple[list[float], int]:
    """So many readers, each with 20 pages of their own choice."""
    seconds: list[float] = []
    failed = [0]
    lock = threading.Lock()

    def read(number: int) -> None:
        for path in random.Random(number).choices(paths, k=20):
            status, took = 0, 300.0
            with contextlib.suppress(OSError):
                status, _, took = site.ask(path)
            with lock:
                seconds.append(took)
                failed[0] += status != 200

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds, failed[0]


def beside(datasette: str, case: Path, kinds: dict[str, list[str]], folder: Path) -> None:
    """The same questions put to Datasette, and to a site that nobody asked before."""
    path = folder / "stints.sqlite"
    subprocess.run([COMMAND, "export", "stints", "-o", str(path)], cwd=case, check=True, capture_output=True)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for column in ("unique_identifier", "detention_facility_code"):
            connection.execute(f"CREATE INDEX {column} ON stints ({column})")
        connection.commit()
    people = [each.rpartition("/")[2] for each in kinds["person"]]
    places = [each.rpartition("/")[2] for each in kinds["facility"][:5]]
    command = [datasette, "serve", str(path), "--port", "8499", "--setting", "sql_time_limit_ms", "60000"]
    own = [COMMAND, "serve", "--port", "8497"]
    with served(command, folder, 8499) as other, served(own, case, 8497) as site:
        asked = {
            "stints of a person": (
                [f"/stints/stints.json?unique_identifier={each}" for each in people],
                [f"/api/person/{each}" for each in people],
            ),
            "stints of a facility": (
                [f"/stints/stints.json?detention_facility_code={each}&_size=50" for each in places],
                [f"/en/tables/stints?where=detention_facility_code:is:{each}" for each in places],
            ),
        }
        for name, (theirs, ours) in asked.items():
            their, their_failed = timed(other, theirs)
            our, our_failed = timed(site, ours)
            print(f"{name:22} Datasette {spread(their)} ({their_failed} failed)", end="")
            print(f"   paradero {spread(our)} ({our_failed} failed)", flush=True)
        print(f"Datasette had {other.most_memory():,} MB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("case", type=Path)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--datasette", default="")
    parser.add_argument("--only-beside", action="store_true", help="only what Datasette is asked, too")
    asked = parser.parse_args()
    with (
        served([COMMAND, "serve", "--port", "8498"], asked.case, 8498) as site,
        tempfile.TemporaryDirectory() as folder,
    ):
        kinds = kinds_of(site, random.Random(1))
        if asked.only_beside:
            beside(asked.datasette, asked.case, kinds, Path(folder))
            return
        print(
            f"{'milliseconds':16} {'n':>3} {'first: p50':>11} {'p95':>8} {'again: p50':>11} {'p95':>8}  failed"
        )
        for kind, paths in kinds.items():
            first, failed = timed(site, paths)
            again, _ = timed(site, paths)
            print(f"{kind:16} {len(paths):>3}    {spread(first)}    {spread(again)}  {failed}", flush=True)
        every = [path for paths in kinds.values() for path in paths]
        seconds, failed = at_once(site, every, asked.readers)
        print(f"{asked.readers} readers at once: {spread(seconds)}, {failed} failed of {len(seconds):,}")
        print(f"the site had {site.most_memory():,} MB at most")
        if asked.datasette:
            beside(asked.datasette, asked.case, kinds, Path(folder))


if __name__ == "__main__":
    main()
