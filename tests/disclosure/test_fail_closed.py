"""Whatever cannot be checked is not published: limits, contradictions, registers of other versions."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from attack.scale import draws
from casefile.made import said

from paradero.casefile.acts import commit
from paradero.casefile.folder import Casefile, create, locked
from paradero.casefile.published import PUBLISH, check_published
from paradero.disclosure import auditing, joining, worlds
from paradero.disclosure.auditing import Audit
from paradero.disclosure.cells import Condition, Dimension, Fact, Region, State, region_of
from paradero.disclosure.gate import Passed, Population, pass_gate
from paradero.disclosure.held.cliques import tree_of
from paradero.disclosure.held.lines import AnswerLines
from paradero.disclosure.profiles import profile_of
from paradero.disclosure.register import publications
from paradero.disclosure.suppressing import Counted, Wanted, decided
from paradero.disclosure.unknowns import equations, parting, parts
from paradero.disclosure.unknowns.equations import Equation, NotChecked
from paradero.disclosure.worlds import Impossible, Worlds
from paradero.model.errors import CasefileError

PRIVATE = profile_of("private")
SEX = Dimension(column="sex", values=("F", "M"), parts=True, listed=True)
PLACE = Dimension(column="place", values=("a", "b", "c"), parts=True, listed=True)


def cell(**values: str) -> Region:
    return region_of(Condition(column, (value,)) for column, value in values.items())


LINKED = {
    (): 60,
    cell(sex="F"): 20,
    cell(sex="M"): 40,
    cell(place="a"): 30,
    cell(place="b"): 18,
    cell(place="c"): 12,
}


def asked(counts: dict[Region, int], *earlier: State, at: int = 0) -> Wanted:
    cells = tuple(Counted(region=region, count=count) for region, count in counts.items())
    return Wanted(earlier=earlier, at=at, dimensions=(SEX, PLACE), cells=cells, bound={})


def population(table: str) -> Population:
    return Population(
        of="people",
        table=table,
        dimensions=(SEX,),
        cells=(Counted(region=cell(sex="F"), count=20),),
        lines=AnswerLines(rows=[{"sex": "F"}] * 20 + [{"sex": "M"}] * 30),
    )


def publish(case: Casefile, *tables: str) -> Passed:
    wanted = [population(table) for table in tables]
    return pass_gate(case, None, wanted, what="x", build="s", render=lambda _: b"file")[0]


def test_the_linked_tables_are_published_where_no_limit_is_reached() -> None:
    assert [one.shown for one in decided(asked(LINKED), PRIVATE)] == [60, 20, 40, 30, 20, 10]


@pytest.mark.parametrize(
    ("module", "limit", "most"),
    [(parting, "MOST_PARTS", 2), (parts, "MOST_UNKNOWNS", 2), (auditing, "MOST_TIED", 3)],
)
def test_a_limit_that_is_reached_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, module: object, limit: str, most: float
) -> None:
    monkeypatch.setattr(module, limit, most)
    with pytest.raises(NotChecked, match="Count by fewer columns"):
        decided(asked(LINKED), PRIVATE)


def test_an_audit_that_takes_too_long_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditing, "MOST_SECONDS", -1)
    tight = {(): 46, cell(place="a"): 38, cell(place="b"): 8, cell(place="c"): 0}
    with pytest.raises(NotChecked, match="takes more than"):
        decided(asked(tight), PRIVATE)


def test_a_tree_of_groups_has_all_that_is_counted_together() -> None:
    """A ring of three has no tree; a chain has, each link hanging on what it shares."""
    ring = [frozenset("ab"), frozenset("bc"), frozenset("ca")]
    assert [one.columns for one in tree_of(ring)] == [frozenset("abc")]
    chain = tree_of([frozenset("ab"), frozenset("bc"), frozenset("cd"), frozenset("b"), frozenset()])
    assert {one.columns for one in chain} == {frozenset("ab"), frozenset("bc"), frozenset("cd")}
    assert all(
        one.on is None or (place > one.on and one.shared <= chain[one.on].columns and len(one.shared) == 1)
        for place, one in enumerate(chain)
    )
    apart = tree_of([frozenset("a"), frozenset("b")])
    assert [one.shared for one in apart] == [frozenset(), frozenset()]


def test_groups_say_all_that_the_parts_of_all_columns_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit with groups finds the very breaches, with the same bounds, as that over all columns at once."""
    chance = random.Random(5)
    n_breaches = 0
    for _ in range(draws(6, 200)):
        states = _chained(chance)
        found = []
        for of in (joining.unknowns_of, _whole):
            monkeypatch.setattr(auditing, "unknowns_of", of)
            found.append({(one.what, one.lo, one.hi) for one in Audit(states, open_by=4).breaches()})
        assert found[0] == found[1]
        n_breaches += len(found[0])
    assert n_breaches


def _whole(states: Sequence[State], *, growing: bool) -> equations.Unknowns:
    return parts.Parts(states).made(growing=growing)


def _chained(chance: random.Random) -> list[State]:
    """Counts by neighbours of a chain of columns, of people and of more people."""
    columns = {"sex": "FM", "place": "abc", "age": "xyz"}
    weights = {name: [chance.choice((1, 3, 9)) for _ in values] for name, values in columns.items()}
    people = [
        {name: chance.choices(values, weights[name])[0] for name, values in columns.items()}
        for _ in range(chance.randint(30, 90))
    ]
    states = []
    for there in (people[: len(people) // 2], people):
        facts = []
        for by in ((), ("sex",), ("age",), ("sex", "place"), ("place", "age")):
            if chance.random() < 0.3:
                continue
            for values in itertools.product(*(columns[name] for name in by)):
                region = cell(**dict(zip(by, values, strict=True)))
                count = sum(all(one.admits(each[one.column]) for one in region) for each in there)
                lo, hi = (0, 7) if count <= 7 else PRIVATE.known_of(PRIVATE.rounded(count))
                facts.append(Fact(region=region, lo=lo, hi=hi))
        dimensions = tuple(
            Dimension(
                column=name, values=tuple(sorted({each[name] for each in there})), parts=True, listed=True
            )
            for name in columns
        )
        states.append(State(dimensions=dimensions, facts=tuple(facts)))
    return states


def test_a_register_that_contradicts_itself_is_a_refusal() -> None:
    before = State(
        dimensions=(SEX, PLACE),
        facts=(Fact(region=(), lo=43, hi=47), Fact(region=cell(place="a"), lo=58, hi=62)),
    )
    with pytest.raises(NotChecked, match="cannot all be true"):
        decided(asked({cell(sex="F"): 20}, before), PRIVATE)


def test_a_build_whose_columns_have_other_values_than_before_is_a_refusal() -> None:
    other = Dimension(column="sex", values=("F", "M", "X"), parts=True, listed=True)
    before = State(dimensions=(other,), facts=())
    with pytest.raises(NotChecked, match="had other values"):
        decided(asked({cell(sex="F"): 20}, before), PRIVATE)


def test_a_world_is_checked_in_whole_numbers() -> None:
    """Twice three unknowns are 1 at most: no world of whole numbers has more than one of each pair."""
    pairs = [Equation(pair, (), None, 1) for pair in ((0, 1), (1, 2), (0, 2))]
    found = Worlds(3, pairs, 9).extreme(dict.fromkeys(range(3), 1))
    assert found is not None
    assert sum(found) == 1


def test_where_no_world_fits_nothing_is_a_witness() -> None:
    with pytest.raises(Impossible):
        Worlds(2, [Equation((0, 1), (), 5, None), Equation((0, 1), (), None, 4)], 9).extreme({})
    with pytest.raises(Impossible):
        Worlds(1, [Equation((0,), (), 5, 4)], 9).extreme({})


def test_relaxing_keeps_only_worlds_that_fit() -> None:
    of = Worlds(1, [Equation((0,), (), 0, 9)], 20)
    of.extreme({0: 1})
    of.relax(0, 0, 4)
    assert of.checked == []


def test_counts_of_two_tables_are_not_let_out_together(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    with pytest.raises(NotChecked, match="could not be checked together"):
        publish(case, "stints", "stays")
    assert publications(case) == []


def test_nothing_is_registered_where_the_file_cannot_be_made(tmp_path: Path) -> None:
    case = create(tmp_path / "case")

    def fails(_: Passed) -> bytes:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        pass_gate(case, None, [population("stints")], what="x", build="s", render=fails)
    assert publications(case) == []


def test_a_publication_that_this_version_cannot_read_stops_all_others(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    publish(case, "stints")
    with locked(case):
        commit(case, case.root / "published" / "00002.json", b'{"profile": "private", "new": 1}', PUBLISH, {})
    with pytest.raises(CasefileError, match="this version cannot read"):
        publish(case, "stints")


def test_a_file_in_place_of_the_register_is_found(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    (case.root / "published").write_text("")
    with pytest.raises(CasefileError, match="is no folder"):
        check_published(case)
    heard = said(case.root, "verify", "--quick")
    assert (heard.code, "is no folder" in heard.out) == (2, True)
    assert any("is no folder" in warning for warning in said(case.root, "status", "--json").json["warnings"])


def test_what_is_registered_is_what_counts_whoever_asks_again(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    first, again = publish(case, "stints"), publish(case, "stints")
    assert first == again
    assert len(publications(case)) == 1


def test_a_solver_that_finds_nothing_where_a_world_is_known_is_no_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the solver says is never evidence that a count is open, nor an error that reaches the user."""
    of = Worlds(2, [Equation((0, 1), (), 2, 5)], 9)
    assert of.extreme({0: 1}) is not None

    def mistaken(*_: object) -> None:
        raise Impossible

    monkeypatch.setattr(worlds, "_solved", mistaken)
    assert of.extreme({0: -1}) is None
    assert len(of.checked) == 1
