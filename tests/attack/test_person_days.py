"""Person-days that costs multiply: whatever complete history lies behind a file, its days are within the
bounds, by place and all together.
"""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from casefile.made import said

from paradero.answers.books.measuring import measured_of
from paradero.casefile.folder import Casefile
from paradero.money.cost_files import LedgerFile

from . import truths
from .counted import counted
from .scale import draws
from .truths import IN, MADE, OUT, STAY_IN, STAY_OUT, Placement

HEADERS = {
    "Anonymized Identifier": "unique_identifier", "Detention Facility Code": "detention_facility_code", "Book In Date Time": IN, "Book Out Date Time": OUT,
    "Stay Book In Date Time": STAY_IN, "Stay Book Out Date Time": STAY_OUT, "Detention Release Reason": "detention_release_reason",
    "Stay Release Reason": "stay_release_reason",
}  # fmt: skip
SETTINGS = (
    f"\n[releases.r]\ncovers_from = {truths.FIRST - timedelta(days=9):%Y-%m-%dT%H:%M:%S}\nreleased_at ="
    f" {MADE:%Y-%m-%dT%H:%M:%S}\n"
)
FROM, TO = date(2025, 3, 2), date(2025, 3, 13)


def written(chance: random.Random, placements: list[Placement], folder: Path) -> Casefile:
    """Write a release as a file in which cells are blank, blackened or unreadable and times cut, and take it
    in.
    """
    often, coarsest = chance.choice([0, 0.05, 0.3]), chance.choice(["none", "minute", "day"])
    rows = truths.cut(chance, truths.rows_of(chance, placements), coarsest)
    rows.append(
        truths.rows_of(
            chance,
            [
                Placement(
                    person="z",
                    place="ZETAFL",
                    begin=MADE - timedelta(hours=9),
                    end=None,
                    stay_begin=MADE - timedelta(hours=9),
                    stay_end=None,
                )
            ],
        )[0]
    )
    with (folder / "r.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADERS)
        for row in rows:
            hidden = {name for name in HEADERS.values() if chance.random() < often}
            cells = [
                (
                    chance.choice(["", "(b)(7)(E)", "??" if isinstance(row[name], datetime) else "(b)(6)"])
                    if name in hidden
                    else row[name]
                )
                for name in HEADERS.values()
            ]
            out.writerow(
                [f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else cell for cell in cells]
            )
    assert said(folder, "new", "case").code == 0
    with (folder / "case" / "paradero.toml").open("a") as settings:
        settings.write(SETTINGS)
    assert said(folder / "case", "add", "../r.csv", "--release", "r").code == 0
    assert said(folder / "case", "build").code == 0
    return Casefile(folder / "case")


@pytest.mark.parametrize("seed", range(draws(2, 24)))
def test_the_days_of_a_history_are_within_the_bounds(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    placements = truths.truth(chance)
    case = written(chance, placements, tmp_path)
    measured = measured_of(case)
    recorded = _places(case)
    # in the suite each history is counted by one definition and in three places, in `make attack` by all and
    # in all
    definitions = ("vera-midnight", "uwchr", "vera-24-hour")
    for definition in definitions[draws(seed % len(definitions), 0) :: draws(len(definitions), 1)]:
        for by, group in (
            ("everywhere", lambda _: "everywhere"),
            ("detention_facility_code", lambda one: one.place),
        ):
            true = {
                cell: n for cell, n in counted(placements, definition, group).items() if FROM <= cell[1] <= TO
            }
            places = (
                sorted({place for place, _ in true} & recorded)[: draws(3, len(recorded))]
                if by != "everywhere"
                else []
            )
            for names in [(), *((name,) for name in places)]:
                asked = LedgerFile(
                    counts="person_days",
                    definition=definition,
                    by=by,
                    is_one_of=names,
                    first=FROM.isoformat(),
                    last=TO.isoformat(),
                )
                found, days = (
                    measured(asked),
                    sum(n for (place, _), n in true.items() if not names or place in names),
                )
                assert found.lo is not None
                assert found.hi is not None
                assert found.lo <= days <= found.hi, (definition, by, names, days, found)


def _places(case: Casefile) -> set[str]:
    """The places that rows name, so far as they can be counted."""
    rows = said(case.root, "headcount", "--json", "--definition", "uwchr").json["rows"]
    return {row["detention_facility_code"] for row in rows if row["detention_facility_code"]}
