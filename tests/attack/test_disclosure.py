"""Attack on what is published: everything a reader sees, the method, and integer programs of the reader's
own.

The reader knows the rule (0 to 7 withheld, the rest to the nearest 5), which withheld cells are small, which
values the records have, and every publication. Unlike the gate, which reckons in cells, the reader reckons in
kinds of people: each kind is one combination of traits and of places where such a person was. A count is
worked out when all numbers of people of each kind that fit put it within less than 4.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import highspy
import numpy as np
import pyarrow as pa
import pytest

from attack.scale import draws
from paradero.casefile.folder import Casefile, create
from paradero.disclosure import gate, suppressing
from paradero.disclosure.counting import asked_of, cells_of, counted
from paradero.disclosure.gate import pass_gate
from paradero.disclosure.shown import Line, lines_of
from paradero.disclosure.unknowns.equations import NotChecked

TRAITS = {"sex": ("F", "M"), "origin": ("q", "r", "s"), "age": ("child", "adult")}
PLACES = ("a", "b", "c")
OPEN_BY = 4
Kind = tuple[tuple[str, ...], tuple[str, ...], int]  # traits, places, the release that first has them


@dataclass(frozen=True)
class Seen:
    """A line that was published: in which release, the conditions of its cell, and its number."""

    release: int
    conditions: tuple[tuple[str, bool, str], ...]
    number: int | None

    def holds(self, kind: Kind) -> bool:
        traits = dict(zip(TRAITS, kind[0], strict=True))
        return kind[2] <= self.release and all(
            ((value in kind[1]) if column == "place" else traits[column] == value) is not but
            for column, but, value in self.conditions
        )


@dataclass
class World:
    """People who do not exist, and all that was published of them."""

    case: Casefile
    people: list[Kind]
    seen: list[Seen] = field(default_factory=list)
    listed: set[tuple[int, str, str]] = field(default_factory=set)
    n_refused: int = 0

    def relation(self, connection: duckdb.DuckDBPyConnection, release: int) -> duckdb.DuckDBPyRelation:
        rows = [
            {
                "release": "r",
                "unique_identifier": str(n),
                **dict(zip(TRAITS, traits, strict=True)),
                "place": place,
            }
            for n, (traits, places, first) in enumerate(self.people)
            if first <= release
            for place in places
        ]
        return connection.from_arrow(pa.Table.from_pylist(rows))

    def publish(self, by: tuple[str, ...], where: list[str], release: int) -> None:
        """Publish as the command does; keep what a reader of the file sees."""
        with duckdb.connect() as connection:
            asked = asked_of("stints", of="people", by=",".join(by), where=where)
            try:
                wanted = counted(self.relation(connection, release), asked)
                passed, _ = pass_gate(
                    self.case, None, [wanted], what=str(asked), build=f"r{release}", render=lambda _: b""
                )
            except NotChecked:
                self.n_refused += 1
                return
        cells = cells_of(asked, wanted.dimensions)
        lines = lines_of(asked, cells, {one.region: one for one in passed.counts[0].cells})
        filters = [
            (text.partition("!=" if "!=" in text else "=")[0], "!=" in text, text.rpartition("=")[2])
            for text in where
        ]
        shown = [line for line in lines if line.mark != "sum"]
        for line in shown:
            own = [(column, False, str(value)) for column, value in zip(by, line.values, strict=True)]
            self.seen.append(
                Seen(release, tuple(own + [one for one in filters if one[0] not in by]), line.number)
            )
        self.listed |= {(release, column, value) for column, value in self._listed(by, shown)}
        for line in lines:
            if line.mark == "sum":
                parts = [
                    one
                    for one in shown
                    if all(p in line.sums or one.values[p] == line.values[p] for p in range(len(by)))
                ]
                numbers = [one.number for one in parts if one.number is not None]
                assert line.number == (sum(numbers) if numbers else None)
                assert line.n_withheld == len(parts) - len(numbers)

    def _listed(self, by: tuple[str, ...], lines: list[Line]) -> Iterator[tuple[str, str]]:
        for place, column in enumerate(by):
            yield from ((column, line.values[place]) for line in lines)


def world(path: Path, seed: int, *, several_places: bool, releases: int = 1) -> World:
    chance = random.Random(seed)
    weights = {name: [chance.choice((1, 2, 5, 12)) for _ in values] for name, values in TRAITS.items()}
    people = []
    for _ in range(chance.randint(40, 150)):
        traits = tuple(chance.choices(values, weights[name])[0] for name, values in TRAITS.items())
        many = several_places and chance.random() < 0.25
        places = tuple(sorted(chance.sample(PLACES, 2 if many else 1)))
        people.append((traits, places, chance.choice(range(releases)) if chance.random() < 0.4 else 0))
    return World(create(path), people)


def kinds(*, several_places: bool, releases: int) -> list[Kind]:
    sets = [(place,) for place in PLACES]
    if several_places:
        sets += [*itertools.combinations(PLACES, 2), PLACES]
    return list(itertools.product(itertools.product(*TRAITS.values()), sets, range(releases)))


class Reader:
    """Who tries to work out counts from what was seen."""

    def __init__(self, of: World, kinds_there_are: list[Kind]) -> None:
        self.of = of
        self.kinds = kinds_there_are
        self.worlds: list[np.ndarray] = []
        self.rows: list[tuple[np.ndarray, float, float]] = []
        self.cells: dict[bytes, tuple[np.ndarray, Seen]] = {}
        for one in of.seen:
            members = np.array([one.holds(kind) for kind in self.kinds])
            if one.number is not None:
                known = (max(8, one.number - 2), one.number + 2)
            else:
                known = (0, 7) if self.truth(members) <= 7 else (8, np.inf)
            assert known[0] <= self.truth(members) <= known[1], "what is published is not true"
            self.rows.append((members, *known))
            self.cells.setdefault(members.tobytes(), (members, one))
        for release, column, value in of.listed:
            there = Seen(release, ((column, False, value),), None)
            self.rows.append((np.array([there.holds(kind) for kind in self.kinds]), 1, np.inf))
        self.solver = highspy.Highs()
        for option, setting in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)):
            self.solver.setOptionValue(option, setting)
        self.solver.passModel(self.program())

    def truth(self, members: np.ndarray) -> int:
        place = {kind: number for number, kind in enumerate(self.kinds)}
        return sum(bool(members[place[person]]) for person in self.of.people)

    def program(self) -> highspy.HighsLp:
        program = highspy.HighsLp()
        n = len(self.kinds)
        program.num_col_, program.num_row_ = n, len(self.rows)
        program.col_cost_, program.col_lower_, program.col_upper_ = (
            np.zeros(n),
            np.zeros(n),
            np.full(n, 1000.0),
        )
        program.row_lower_ = np.array([float(lo) for _, lo, _ in self.rows])
        program.row_upper_ = np.array([float(hi) for _, _, hi in self.rows])
        places = [np.flatnonzero(members) for members, _, _ in self.rows]
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.cumsum([0, *map(len, places)]).astype(np.int32)
        program.a_matrix_.index_ = np.concatenate(places).astype(np.int32)
        program.a_matrix_.value_ = np.ones(sum(map(len, places)))
        program.integrality_ = [highspy.HighsVarType.kInteger] * n
        return program

    def span(self, members: np.ndarray) -> tuple[int, int]:
        """The least and the greatest number of these people that fit; any two far enough apart will do."""
        found = [int(one @ members) for one in self.worlds]
        for sign in (1, -1):
            if found and max(found) - min(found) >= OPEN_BY:
                break
            cost = -sign * members.astype(float)
            self.solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
            self.solver.run()
            assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            self.worlds.append(np.rint(np.array(self.solver.getSolution().col_value)))
            found.append(int(self.worlds[-1] @ members))
        return min(found), max(found)

    def worked_out(self) -> list[str]:
        """Every cell, and every small difference of two cells, that is known within less than 4."""
        found = []
        for members, one in self.cells.values():
            lo, hi = self.span(members)
            assert lo <= self.truth(members) or hi - lo >= OPEN_BY
            if hi - lo < OPEN_BY:
                found.append(f"{one}: {lo} to {hi}")
        for (inner, one), (outer, other) in itertools.permutations(self.cells.values(), 2):
            left = outer & ~inner
            if (inner & ~outer).any() or not 1 <= self.truth(left) <= 7:
                continue
            lo, hi = self.span(left)
            if hi - lo < OPEN_BY:
                found.append(f"{other} but {one}: {lo} to {hi}")
        return found


def ten(of: World, seed: int, *, releases: int = 1, n: int = 10) -> None:
    """Ten publications or `n`, with filters that grow, the later ones of later releases."""
    chance = random.Random(f"ten {seed}")
    columns = [*TRAITS, "place"]
    there = {
        name: sorted({dict(zip(TRAITS, one[0], strict=True))[name] for one in of.people if one[2] == 0})
        for name in TRAITS
    }
    for number in range(n):
        by = tuple(chance.sample(columns, chance.choice((0, 1, 1, 2, 2, 3))))
        where = [
            f"{column}{chance.choice(('=', '!='))}{chance.choice(there[column])}"
            for column in chance.sample(list(TRAITS), chance.choice((0, 0, 1, 2)) if by else 1)
        ]
        of.publish(by, where, number * releases // n)


@pytest.mark.parametrize("seed", range(draws(1, 60)))
def test_no_count_is_worked_out_of_ten_publications(tmp_path: Path, seed: int) -> None:
    of = world(tmp_path / "case", seed, several_places=False)
    ten(of, seed)
    assert of.n_refused < 10
    assert Reader(of, kinds(several_places=False, releases=1)).worked_out() == []


@pytest.mark.parametrize("seed", range(draws(1, 60)))
def test_people_in_several_places_are_worked_out_by_nobody(tmp_path: Path, seed: int) -> None:
    of = world(tmp_path / "case", seed, several_places=True)
    ten(of, seed, n=draws(5, 10))
    assert of.n_refused < 10
    assert Reader(of, kinds(several_places=True, releases=1)).worked_out() == []


@pytest.mark.parametrize("seed", range(draws(1, 40)))
def test_nobody_is_worked_out_of_two_releases(tmp_path: Path, seed: int) -> None:
    of = world(tmp_path / "case", seed, several_places=False, releases=2)
    ten(of, seed, releases=2, n=draws(6, 10))
    assert of.n_refused < 10
    assert Reader(of, kinds(several_places=False, releases=2)).worked_out() == []


@pytest.mark.parametrize("seed", range(draws(1, 60)))
def test_linked_tables_two_and_three_ways(tmp_path: Path, seed: int) -> None:
    of = world(tmp_path / "case", seed, several_places=False)
    for by in (("sex", "origin", "age"), ("sex", "origin"), ("place", "sex"), ("place",), ("origin", "age")):
        of.publish(by, [], 0)
    assert Reader(of, kinds(several_places=False, releases=1)).worked_out() == []


def _withhold_only_small(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(suppressing._Deciding, "decided", lambda self: tuple(self.cells.values()))


def _forget(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(gate, "publications", lambda _: [])


@pytest.mark.parametrize("broken", [_withhold_only_small, _forget])
def test_the_reader_does_work_out_what_is_not_protected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """The attack itself finds counts where the gate withholds only small ones, or forgets what is out."""
    broken(monkeypatch)
    for seed in range(12):
        of = world(tmp_path / f"case-{seed}", seed, several_places=False)
        for by in (("sex",), ("origin",), ("sex", "origin"), ("sex", "age"), ("place", "sex")):
            of.publish(by, [], 0)
        if Reader(of, kinds(several_places=False, releases=1)).worked_out():
            return
    pytest.fail("no count was worked out: the attack is none")
