"""Take in a table larger than what may be held, and print memory as a ratio to its size, and rows a second
beside pandas reading the same file, in one run.

    python benchmarks/streams.py [--megabytes 1500] [--pandas PYTHON]

The file is fabricated, as the immigration courts publish their schedule of hearings: parted by tabs, nothing
quoted, with NUL bytes, quotes that nobody closes and bytes of Windows-1252 here and there. Seconds are of the
processor, user and system, of the whole process; memory is its largest resident set.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv as arrow_csv

OUT = Path(__file__).parent / "out"
HEADERS = [
    "IDNSCHEDULE",
    "IDNPROCEEDING",
    "IDNCASE",
    "OSC_DATE",
    "GENERATION",
    "SUB_GENERATION",
    "REC_TYPE",
    "LANG",
    "HEARING_LOC_CODE",
    "BASE_CITY_CODE",
    "IJ_CODE",
    "INTERPRETER_CODE",
    "INPUT_DATE",
    "INPUT_TIME",
    "UPDATE_DATE",
    "UPDATE_TIME",
    "ASSIGNMENT_PATH",
    "CAL_TYPE",
    "ADJ_DATE",
    "ADJ_TIME_START",
    "ADJ_TIME_STOP",
    "ADJ_RSN",
    "ADJ_MEDIUM",
    "ADJ_MSG",
    "ADJ_ELAP_DAYS",
    "SCHEDULE_TYPE",
    "NOTICE_CODE",
]
_BLOCK = 20_000  # rows made once and written again and again under other numbers
_ODD = 50_000  # rows of which one has a NUL byte, one a stray quote, one a letter of Windows-1252


def fabricated(path: Path, megabytes: int) -> int:
    """Write the file; returns how many rows it has."""
    draw = random.Random(1)
    rests = [
        "\t".join(
            (
                f"20{draw.randint(10, 25)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02} 00:00:00.000",
                f"{draw.randint(1, 40)}\t{draw.randint(1, 9)}\t{draw.choice('XABO')}",
                draw.choice(("SP", "ENG")),
                draw.choice(("EXA", "EXB", "EXC")),
                f"EX{draw.randint(10, 80)}\tJ{draw.randint(100, 900)}\t",
                f"2024-01-{draw.randint(1, 28):02} 00:00:00.000\t{draw.randint(600, 1900):04}\t\t",
                f"{draw.choice('AM')}\t{draw.choice('IM')}",
                f"20{draw.randint(10, 26)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02} 00:00:00.000",
                f"{draw.randint(8, 16):02}30\t1700\t{draw.randint(1, 99):02}\tV\t\t",
                f"{draw.choice(('MR', 'IM'))}\t",
            )
        )
        for _ in range(_BLOCK)
    ]
    rows = 0
    with path.open("wb") as out:
        out.write("\t".join(HEADERS).encode() + b"\r\n")
        while out.tell() < megabytes * 1_000_000:
            lines = []
            for number, rest in enumerate(rests, start=rows + 1):
                odd = {0: "\0", 1: '"', 2: "\x92"}.get(number % _ODD, "")
                lines.append(f"{number}\t{number // 2 + 8_000_000}\t{number // 5 + 9_000_000}\t{rest}{odd}")
            out.write(("\r\n".join(lines) + "\r\n").encode("latin-1"))
            rows += len(rests)
    return rows


def run(*command: str) -> tuple[float, float]:
    """(seconds of the processor, largest MB) of a process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def as_parquet(text: Path, to: Path) -> None:
    """The same table as Parquet, written a batch at a time."""
    names = arrow_csv.ConvertOptions(column_types=dict.fromkeys(HEADERS, pa.string()))
    parting = arrow_csv.ParseOptions(delimiter="\t", quote_char=False)
    reading = arrow_csv.ReadOptions(encoding="latin-1")
    with (
        arrow_csv.open_csv(
            text, read_options=reading, parse_options=parting, convert_options=names
        ) as batches,
        pq.ParquetWriter(to, batches.schema, compression="zstd") as out,
    ):
        for batch in batches:
            out.write_batch(batch)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=1500)
    parser.add_argument("--pandas", metavar="PYTHON", help="a Python that has pandas")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    text = OUT / "hearings.txt"
    rows = fabricated(text, options.megabytes)
    columnar = OUT / "hearings.parquet"
    as_parquet(text, columnar)
    print(
        f"{rows:,} rows, {text.stat().st_size / 1e6:,.0f} MB of text,"
        f" {columnar.stat().st_size / 1e6:,.0f} MB of Parquet"
    )
    jobs = [
        ("add, of text", text, str(Path(__file__).parent / "jobs.py")),
        ("add, of Parquet", columnar, str(Path(__file__).parent / "jobs.py")),
    ]
    for title, path, program in jobs:
        shutil.rmtree(OUT / "streamed", ignore_errors=True)
        seconds, peak = run(sys.executable, program, "take_in", str(OUT / "streamed"), str(path))
        _say(title, rows, seconds, peak, text)
    if options.pandas:
        read = (
            "import pandas, sys; pandas.read_csv(sys.argv[1], sep='\\t', dtype=str, encoding='latin-1',"
            " quoting=3)"
        )
        _say("pandas.read_csv, all as text", rows, *run(options.pandas, "-c", read, str(text)), text)
    shutil.rmtree(OUT / "streamed", ignore_errors=True)
    text.unlink()
    columnar.unlink()


def _say(title: str, rows: int, seconds: float, peak: float, text: Path) -> None:
    part = peak * 1.048576e6 / text.stat().st_size
    print(
        f"  {title:<30} {seconds:8.1f} s  {rows / seconds:10,.0f} rows/s  {peak:7,.0f} MB,"
        f" {part:.2f} x the text"
    )


if __name__ == "__main__":
    main()
