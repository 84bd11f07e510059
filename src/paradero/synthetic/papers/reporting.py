"""Say what was planted, so that a test can check that each fault is found: `planted.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from paradero.synthetic.cases.planting import Planted, Site
from paradero.synthetic.chains.population import Population
from paradero.synthetic.chains.roster import Roster
from paradero.synthetic.clock import FIRST_DAY, LAST_DAY, date_text
from paradero.synthetic.papers.paging import Pages
from paradero.synthetic.vocabulary import Fault, Ids, faults, generator

__all__ = ["Differences", "Strays", "plant_population", "plant_strays", "write_planted"]

Strays = tuple[tuple[int, int, int, str], ...]
Case = dict[str, str | int | None]

_FIRST_STRAY_COLUMN = 55  # one empty column lies between the table and its strays
_STRAY_TEXTS = ("FABRICATED NOTE", "checked", "see tab 2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What the published populations get wrong. `cells`: (place in the counted facilities, day of the period,
    midnight or not, difference).
    """

    cells: tuple[tuple[int, int, bool, int], ...]
    absent: int


def plant_strays(pages: Pages, seed: int, count: int) -> Strays:
    """Cells to the right of the table: (sheet, worksheet row, column counted from 0, text)."""
    rng = generator(seed, 14)
    chosen = np.sort(rng.choice(len(pages.order), count, replace=False))
    columns = _FIRST_STRAY_COLUMN + rng.integers(0, 6, count)
    return tuple(
        (
            int(pages.sheet[place]),
            int(pages.line[place]),
            int(column),
            _STRAY_TEXTS[number % len(_STRAY_TEXTS)],
        )
        for number, (place, column) in enumerate(zip(chosen, columns, strict=True))
    )


def plant_population(counted: Population, seed: int, count: int) -> Differences:
    """Choose facility-days to publish wrongly, half of them at midnight, and (where anything is planted) one
    facility to leave out.
    """
    if not count:
        return Differences(cells=(), absent=-1)
    rng = generator(seed, 15)
    absent = int(rng.integers(len(counted.facility)))
    others = np.setdiff1d(np.arange(len(counted.facility)), absent)
    cells = rng.choice(len(others) * counted.midnight.shape[1], count, replace=False)
    found = []
    for number, cell in enumerate(cells.tolist()):
        place, day = int(others[cell // counted.midnight.shape[1]]), cell % counted.midnight.shape[1]
        is_midnight = number % 2 == 0
        held = int((counted.midnight if is_midnight else counted.any_time)[place, day])
        size = int(rng.integers(1, 10))
        found.append((place, int(day), is_midnight, -size if held >= size and rng.random() < 0.5 else size))
    return Differences(cells=tuple(found), absent=absent)


def write_planted(
    path: Path,
    planted: Planted,
    pages: Pages,
    identifiers: Ids,
    roster: Roster,
    strays: Strays,
    differences: Differences,
    counted: Population,
    *,
    head: dict[str, Any],
) -> None:
    """Write `planted.json`, one case a line, under `kinds` in the order of faults.toml."""
    cases = {site.fault.kind: _cases(site, pages, identifiers) for site in planted.sites}
    is_workbook = head["format"] == "xlsx"
    cases["blank_row"] = (
        [{"sheet": pages.names[sheet], "row": line} for sheet, line in pages.blanks] if is_workbook else []
    )
    cases["stray_cell"] = [_stray(pages, stray) for stray in strays] if is_workbook else []
    cases["population_difference"] = [_difference(cell, counted, roster) for cell in differences.cells]
    absent = differences.absent
    cases["facility_absent"] = (
        [{"detention_facility_code": roster.codes[counted.facility[absent]]}] if absent >= 0 else []
    )
    start = {
        "fabricated": "FABRICATED DATA - not real records",
        "released_at": f"{date_text(LAST_DAY)} 23:59:59.999999",
        **head,
    }
    lines = ["{", *(f'"{name}": {json.dumps(value)},' for name, value in start.items()), '"kinds": [']
    lines.append(",\n".join(_kind(fault, cases[fault.kind]) for fault in faults()))
    path.write_text("\n".join([*lines, "]", "}"]) + "\n", encoding="utf-8")


def _kind(fault: Fault, cases: list[Case]) -> str:
    report = {"table": fault.table, "column": fault.column, "value": fault.value}
    opening = (
        f'{{"kind": "{fault.kind}", "report": {json.dumps(report)}, "words": {json.dumps(fault.words)},'
        ' "cases": ['
    )
    return opening + ("\n " + ",\n ".join(json.dumps(case) for case in cases) if cases else "") + "]}"


def _cases(site: Site, pages: Pages, identifiers: Ids) -> list[Case]:
    row, other = site.row, site.other
    sheet, line = pages.places_of(row)
    other_sheet, other_line = pages.places_of(other)
    if site.fault.kind == "exact_duplicate":
        earlier = (sheet < other_sheet) | ((sheet == other_sheet) & (line < other_line))
        sheet, other_sheet = np.where(earlier, other_sheet, sheet), np.where(earlier, sheet, other_sheet)
        line, other_line = np.where(earlier, other_line, line), np.where(earlier, line, other_line)
    cases: list[Case] = []
    for number, person in enumerate(site.person.tolist()):
        case: Case = {"person": None if site.fault.kind == "id_missing" else identifiers[person].decode()}
        case |= {"sheet": pages.names[int(sheet[number])], "row": int(line[number])}
        if other_line[number] >= 0:
            case |= {
                "other_sheet": pages.names[int(other_sheet[number])],
                "other_row": int(other_line[number]),
            }
        cases.append(case | {name: values[number] for name, values in site.facts.items()})
    return cases


def _stray(pages: Pages, stray: tuple[int, int, int, str]) -> Case:
    sheet, line, column, text = stray
    return {"sheet": pages.names[sheet], "row": line, "column": f"B{chr(65 + column - 52)}", "text": text}


def _difference(cell: tuple[int, int, bool, int], counted: Population, roster: Roster) -> Case:
    place, day, is_midnight, difference = cell
    computed = int((counted.midnight if is_midnight else counted.any_time)[place, day])
    return {
        "detention_facility_code": roster.codes[int(counted.facility[place])],
        "date": date_text(FIRST_DAY + day),
        "column_name": "n_detained_at_midnight" if is_midnight else "n_detained",
        "computed": computed,
        "published": computed + difference,
        "difference": difference,
    }
