"""Small casefiles of people who do not exist, one row of detention each, as an attack needs them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from casefile.made import Said, said, with_held_cases

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create

Person = Mapping[str, str]
TIMES = ("Stay Book In Date Time", "Book In Date Time", "Book Out Date Time", "Stay Book Out Date Time")
OTHERS = {
    "Detention Facility": "Fac A",
    "Detention Facility Code": "A",
    "Detention Release Reason": "Removed",
    "Stay Release Reason": "Removed",
    "Gender": "Female",
    "Marital Status": "Single",
    "Birth Country": "MEXICO",
    "Citizenship Country": "MEXICO",
    "Religion": "",
    "Birth Year": "1990",
    "Book In AOR": "X AOR",
    "Unique Identifier": "",
}


def people(n: int, first: int = 0, **values: str) -> list[dict[str, str]]:
    """So many people with these values, numbered from `first` on; words of a column with `_` between."""
    told = {name.replace("_", " "): value for name, value in values.items()}
    return [{"Unique Identifier": f"person{first + each:08}", **told} for each in range(n)]


def casefile(folder: Path, *releases: Iterable[Person]) -> Casefile:
    """A built casefile with these releases, R0, R1, …"""
    case = create(folder, title="The women of one nationality", scope="Nobody in these records exists.")
    for number, of in enumerate(releases):
        add_release(case, of, f"R{number}")
    build(case)
    return with_held_cases(case)


def add_release(case: Casefile, of: Iterable[Person], release: str) -> None:
    """Add a file of these people to a casefile; it is not built."""
    path = case.root.parent / f"{case.root.name}-{release}.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, [*TIMES, *OTHERS])
        writer.writeheader()
        for number, each in enumerate(of):
            clock = f"{1 + number % 28:02} {number // 28 % 24:02}:{number * 7 % 60:02}:00"
            times = {name: f"2025-0{4 if 'Out' in name else 3}-{clock}" for name in TIMES}
            writer.writerow({**times, **OTHERS, **each})
    add(case, path, release=release)


def publish(case: Casefile, *arguments: str, table: str = "stints") -> tuple[Said, Path]:
    """What `export --publish` says, and the file that it would have written."""
    output = case.root.parent / f"out-{len(list(case.root.parent.iterdir()))}.csv"
    return said(case.root, "export", table, *arguments, "--publish", "-o", str(output)), output


def lines(path: Path) -> list[dict[str, str]]:
    """The lines of a file of counts."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
