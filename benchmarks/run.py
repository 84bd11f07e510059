"""Time the main jobs against stated alternatives on the same fabricated data in one run, and print ratios.

    python benchmarks/run.py [--rows 1000000 --rows 4000000] [--workbook-rows 1000000] [--repeat 3]

Seconds are the medians of whole processes' own clocks without their start; memory is the largest resident set
of the process (for a workbook also the sum over the processes that read sheets side by side is bounded by
sheets x that). Only the ratios travel between machines.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE / "out"


def timed(job: str, *arguments: Path, repeat: int = 3, python: str = sys.executable) -> tuple[float, int]:
    """(median seconds, peak MB) of a job run as a process of its own."""
    seconds, peak = [], 0
    for _ in range(repeat):
        command = [python, str(HERE / "jobs.py"), job, *map(str, arguments)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        text = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            sys.exit(f"{job} failed")
        seconds.append(float(text.strip().splitlines()[-1]))
        peak = max(peak, usage.ru_maxrss // 1024)
    return statistics.median(seconds), peak


def person(case: Path, repeat: int) -> float:
    """Median seconds of `paradero person ID` as a user starts it, import and all."""
    listing = json.loads((case.parent / f"release-{case.name}" / "planted.json").read_text())
    identifier = next(kind for kind in listing["kinds"] if kind["kind"] == "superseded")["cases"][0]["person"]
    program = Path(sys.executable).parent / "paradero"
    seconds = []
    for _ in range(max(repeat, 3)):
        started = time.perf_counter()
        subprocess.run(
            [str(program), "--case", str(case), "person", identifier], check=True, stdout=subprocess.DEVNULL
        )
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def release(rows: int, form: str) -> Path:
    """A fabricated release of that many stints, made once."""
    folder = OUT / f"release-{rows}" if form == "parquet" else OUT / f"workbook-{rows}"
    if not (folder / "planted.json").exists():
        subprocess.run(
            [
                str(Path(sys.executable).parent / "paradero"),
                "synth",
                "--rows",
                str(rows),
                "--seed",
                "1",
                "--format",
                form,
                "-o",
                str(folder),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return folder


def parquet_jobs(rows: int, repeat: int, pandas: str | None) -> dict[str, float]:
    """All jobs on a release as Parquet; prints a line each and returns the seconds."""
    folder = release(rows, "parquet")
    originals = sorted(path for path in folder.iterdir() if path.suffix in (".parquet", ".csv"))
    stints = next(path for path in originals if "Detentions" in path.name)
    case = OUT / str(rows)
    found: dict[str, float] = {}
    scanned, _ = timed("scan", stints, repeat=repeat)
    took, took_peak = timed("take_in", case, *originals, repeat=1)
    timed("full", case, repeat=1)
    core, core_peak = timed("core", case, repeat=repeat)
    full, full_peak = timed("full", case, repeat=repeat)
    judged, judged_peak = timed("audit", case, repeat=repeat)
    found |= {"scan": scanned, "core": core, "full": full, "audit": judged}
    lines = [
        ("plain scan of all columns", scanned, "", 1.0),
        ("taking the release in (all five files)", took, took_peak, took / scanned),
        ("flags + stays + both headcounts", core, core_peak, core / scanned),
        ("full build, every table and digest", full, full_peak, full / scanned),
        ("audit: every rule, worked cases and digests", judged, judged_peak, judged / scanned),
        ("person ID, cold", person(case, repeat), "", ""),
    ]
    if pandas:
        slow, slow_peak = timed("with_pandas", stints, repeat=1, python=pandas)
        lines.append(("flags + stays + both headcounts with pandas", slow, slow_peak, slow / scanned))
        found["pandas"] = slow
    print(f"\n{rows:,} stints, Parquet of {stints.stat().st_size / 1e6:.0f} MB, {os.cpu_count()} cores")
    for title, seconds, peak, ratio in lines:
        print(f"  {title:<46} {seconds:7.2f} s  {peak!s:>6} MB  {f'{ratio:6.1f} x scan' if ratio else ''}")
    return found


def sheets_of(book: Path) -> int:
    """How many worksheets a workbook has."""
    with zipfile.ZipFile(book) as archive:
        return sum(1 for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))


def workbook_jobs(rows: int) -> None:
    """Taking a workbook of several sheets in, against fastexcel alone in one process."""
    folder = release(rows, "xlsx")
    book = next(path for path in folder.iterdir() if "Detentions" in path.name)
    alone, alone_peak = timed("fastexcel_alone", book, repeat=1)
    sheet_peak = max(
        timed("fastexcel_one_sheet", book, Path(str(number)), repeat=1)[1]
        for number in range(sheets_of(book))
    )
    took, took_peak = timed("take_in", OUT / "workbook", book, repeat=1)
    print(f"\n{rows:,} rows, workbook of {book.stat().st_size / 1e6:.0f} MB")
    print(
        f"  fastexcel alone, every sheet, one process  {alone:7.2f} s  {alone_peak:>6} MB (the largest sheet:"
        f" {sheet_peak} MB)"
    )
    print(
        f"  into the casefile                          {took:7.2f} s  {took_peak:>6} MB  {took / alone:.2f} x"
        f" fastexcel, {took_peak / sheet_peak:.2f} x that sheet's memory, largest process"
    )


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, action="append")
    parser.add_argument("--workbook-rows", type=int, default=0)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument(
        "--pandas",
        metavar="PYTHON",
        help=(
            "a Python that has pandas; it must not lie beside paradero, since DuckDB imports it where it"
            " finds it"
        ),
    )
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    results = {
        rows: parquet_jobs(rows, options.repeat, options.pandas if rows <= 1_000_000 else None)
        for rows in options.rows or [1_000_000]
    }
    if len(results) > 1:
        small, large = min(results), max(results)
        print(
            f"\nfull build at {large:,} / {small:,}: {results[large]['full'] / results[small]['full']:.2f}"
            " times"
        )
    if options.workbook_rows:
        workbook_jobs(options.workbook_rows)


if __name__ == "__main__":
    main()
