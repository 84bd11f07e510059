"""How fast the site answers, beside Datasette on the same rows, on the same machine in one run.

python benchmarks/web.py [CASE] [--rows 1000000] [--readers 50] [--datasette .venv-bench/bin/datasette]

CASE is a built casefile of records, audited before it is served; without one a release of so many rows is
fabricated and built. What a site works out when it starts is waited for first, and its seconds are printed.
Of every kind of page `first` is an address that nobody asked for before, `again` the same once more:
milliseconds by the clock, the median and the 95th of a hundred, and, which other work on the machine does not
change, of the processor that the server took. Then so many readers ask at once, first for addresses that
nobody asked for before, then any; and the memory that the server had at most is read from the system.
Datasette, which serves an SQLite file of the same stints with an index on each column that is asked for, is
asked what can be asked of both: the stints of a person, and fifty of those of a facility.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
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

from run import release

COMMAND = str(Path(sys.executable).parent / "paradero")
HERE = Path(__file__).parent
TICKS = os.sysconf("SC_CLK_TCK")
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

    def processor_seconds(self) -> float:
        """Seconds of the processor that the process took until now."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        user, system = told.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / TICKS

    def settle(self) -> None:
        """Wait until it has worked out what it gets ready by itself: it rests for two seconds."""
        before = -1.0
        while (now := self.processor_seconds()) - before > 0.1:
            before = now
            time.sleep(2)

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


def timed(server: Server, paths: Sequence[str]) -> tuple[list[float], int, float]:
    """Seconds of each address, how many could not be answered, and the mean of the processor's seconds."""
    before = server.processor_seconds()
    found = [server.ask(path) for path in paths]
    took = (server.processor_seconds() - before) / len(paths)
    return [seconds for _, _, seconds in found], sum(status != 200 for status, _, _ in found), took


def case_of(rows: int) -> Path:
    """A casefile of a fabricated release of that many stints, built and audited, made once."""
    case = HERE / "out" / f"web-{rows}"
    if not (case / "build" / "current").exists():
        originals = sorted(path for path in release(rows, "parquet").iterdir() if path.suffix != ".json")
        subprocess.run([sys.executable, str(HERE / "jobs.py"), "take_in", case, *originals], check=True)
        subprocess.run([COMMAND, "build"], cwd=case, check=True, stdout=subprocess.DEVNULL)
    return case


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


def at_once(
    site: Server, paths: Sequence[str], readers: int, *, is_first: bool = False
) -> tuple[list[float], int]:
    """So many readers at once: each with 20 pages of their own choice, or all of them with addresses that
    none of the others has.
    """
    seconds: list[float] = []
    failed = [0]
    lock = threading.Lock()

    def read(number: int) -> None:
        own = paths[number::readers] if is_first else random.Random(number).choices(paths, k=20)
        for path in own:
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


def fresh_of(site: Server, kinds: dict[str, list[str]], chance: random.Random) -> list[str]:
    """Addresses of people, rows and facilities that `kinds` does not have, mixed."""
    known = {each for paths in kinds.values() for each in paths}
    listed = json.loads(site.ask("/api/unaccounted?limit=2000&offset=2000")[1])["rows"]
    listed += json.loads(site.ask("/api/unaccounted?limit=2000")[1])["rows"]
    moved = json.loads(site.ask("/api/transfers?limit=2000&offset=2000")[1])["rows"]
    places = json.loads(site.ask("/api/facilities?limit=1000")[1])["rows"]
    found = [f"/es/person/{quote(row['unique_identifier'], safe='')}" for row in listed[:400]]
    found += [f"/en/rows/{quote(row['to_row_address'] or row['from_row_address'], safe='')}" for row in moved]
    codes = [row["detention_facility_code"] for row in places if row["detention_facility_code"]]
    found += [f"/es/facility/{quote(code, safe='')}" for code in codes[:100]]
    found += [f"/es/tables/stints?page={page}" for page in range(1_000, 1_100)]
    fresh = [each for each in dict.fromkeys(found) if each not in known]
    return chance.sample(fresh, min(1_000, len(fresh)))


def beside(datasette: str, case: Path, kinds: dict[str, list[str]], folder: Path, port: int) -> None:
    """The same questions put to Datasette, and to a site that nobody asked before."""
    path = folder / "stints.sqlite"
    subprocess.run([COMMAND, "export", "stints", "-o", str(path)], cwd=case, check=True, capture_output=True)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for column in ("unique_identifier", "detention_facility_code"):
            connection.execute(f"CREATE INDEX {column} ON stints ({column})")
        connection.commit()
    people = [each.rpartition("/")[2] for each in kinds["person"]]
    places = [each.rpartition("/")[2] for each in kinds["facility"][:5]]
    command = [
        datasette,
        "serve",
        str(path),
        "--port",
        str(port + 1),
        "--setting",
        "sql_time_limit_ms",
        "60000",
    ]
    own = [COMMAND, "serve", "--port", str(port + 2)]
    with served(command, folder, port + 1) as other, served(own, case, port + 2) as site:
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
            their, their_failed, their_cpu = timed(other, theirs)
            our, our_failed, our_cpu = timed(site, ours)
            print(f"{name:22} Datasette {spread(their)} ({their_failed} failed)", end="")
            print(f"   paradero {spread(our)} ({our_failed} failed)", end="")
            print(f"   of the processor {1000 * their_cpu:.0f} and {1000 * our_cpu:.0f}", flush=True)
        print(f"Datasette had {other.most_memory():,} MB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("case", type=Path, nargs="?")
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the casefile that is made")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--port", type=int, default=8498)
    parser.add_argument("--datasette", default="")
    parser.add_argument("--only-beside", action="store_true", help="only what Datasette is asked, too")
    asked = parser.parse_args()
    case = asked.case or case_of(asked.rows)
    # ends with 2 where it found something
    subprocess.run([COMMAND, "audit"], cwd=case, check=False, stdout=subprocess.DEVNULL)
    with (
        served([COMMAND, "serve", "--port", str(asked.port)], case, asked.port) as site,
        tempfile.TemporaryDirectory() as folder,
    ):
        begun = time.monotonic()
        site.settle()
        print(
            f"ready after {time.monotonic() - begun:.0f} s, {site.processor_seconds():.0f} of the processor"
        )
        kinds = kinds_of(site, random.Random(1))
        if asked.only_beside:
            beside(asked.datasette, case, kinds, Path(folder), asked.port)
            return
        print(
            f"{'milliseconds':16} {'n':>3} {'first: p50':>11} {'p95':>8} {'processor':>9}"
            f" {'again: p50':>11} {'p95':>8}  failed"
        )
        for kind, paths in kinds.items():
            first, failed, took = timed(site, paths)
            again, _, _ = timed(site, paths)
            print(f"{kind:16} {len(paths):>3}    {spread(first)} {1000 * took:9.0f}", end="")
            print(f"    {spread(again)}  {failed}", flush=True)
        fresh = fresh_of(site, kinds, random.Random(2))
        seconds, failed = at_once(site, fresh, asked.readers, is_first=True)
        print(f"{asked.readers} readers at once, each address first asked for: {spread(seconds)}, ", end="")
        print(f"{failed} failed of {len(seconds):,}", flush=True)
        every = [path for paths in kinds.values() for path in paths]
        seconds, failed = at_once(site, every, asked.readers)
        print(f"{asked.readers} readers at once, any: {spread(seconds)}, {failed} failed of {len(seconds):,}")
        print(f"the site had {site.most_memory():,} MB at most")
        if asked.datasette:
            beside(asked.datasette, case, kinds, Path(folder), asked.port)


if __name__ == "__main__":
    main()
