"""The gate: what leaves under a profile is decided against everything published before, registered, and only
then written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from paradero import __version__
from paradero.building.receipts import current
from paradero.casefile.folder import Casefile, locked
from paradero.casefile.log import append
from paradero.disclosure.cells import Cell, Dimension, Region, State, Why
from paradero.disclosure.held.lines import Lines
from paradero.disclosure.held.telling import check_columns_apart, check_values_apart
from paradero.disclosure.profiles import STRICTEST, Profile, profile_of
from paradero.disclosure.register import Counts, Publication, publications, register
from paradero.disclosure.suppressing import Counted, Wanted, decided, merged
from paradero.disclosure.unknowns.equations import NotChecked
from paradero.model.errors import ParaderoError

KINDS = ("people", "rows")  # of a table; figures count what their units name
HAND_OUT = "hand out"  # the act of the log for what leaves and is no publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Counts that are to be published: of what (`people`, `rows`), in which table, by which dimensions, and
    the `lines` that were counted.
    """

    of: str
    table: str
    dimensions: tuple[Dimension, ...]
    cells: tuple[Counted, ...]
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What the gate decided: by population every cell's decision, and how it is said. `number` is that of the
    publication; None where it has none.
    """

    profile: Profile
    is_default: bool
    counts: tuple[Counts, ...]
    number: int | None = None

    def cells(self) -> dict[tuple[str, str, Region], Cell]:
        """The decisions by what is counted, table and cell."""
        return {(one.of, one.table, cell.region): cell for one in self.counts for cell in one.cells}


def ungated(population: Population) -> Passed:
    """Counts as they are, for one's own eyes: nothing is published."""
    return Passed(profile=profile_of("court"), is_default=False, counts=(_whole(population),))


def profile_for(case: Casefile, named: str | None) -> tuple[Profile, bool]:
    """The profile that is named, else that of paradero.toml, else the strictest; and whether nobody named
    one. Raises UnknownName with near names.
    """
    stated = case.settings().publishing
    name = named if named is not None else stated.profile if stated else None
    return profile_of(STRICTEST if name is None else name), name is None


def check_rows_may_leave(case: Casefile, named: str | None, what: str) -> Profile:
    """The profile under which something about single people or rows leaves; the log has it. Raises
    ParaderoError where the profile keeps it in.
    """
    profile, is_default = profile_for(case, named)
    _check_not_private(case, profile)
    if not profile.rows:
        how = ", which is taken where none is named," if is_default else ""
        raise ParaderoError(
            f"The profile `{profile.name}`{how} publishes counts only, and {what} is about single"
            " people or rows."
            " Publish counts (`paradero export TABLE --by COLUMN --publish`), or name `--profile"
            " court` or, where"
            " these rows are public already, `--profile public`."
        )
    return profile


def _check_not_private(case: Casefile, profile: Profile) -> None:
    """Raises ParaderoError where something whole is to be published of what was private: by paradero.toml, or
    by what was published before while paradero.toml names no other profile, or names it in no build yet.
    """
    if profile.gated or not profile.registered:
        return
    stated = case.settings().publishing
    name = stated.profile if stated else None
    if name is not None and profile_of(name).gated:
        why = f"paradero.toml says `{name}`"
    elif not any(one.profile_then().gated for one in publications(case)):
        return
    elif name != profile.name:
        why = "counts of this casefile were published as private"
    elif (built := current(case)) and built[1].settings.publishing != stated:
        why = "counts were published as private, and paradero.toml was changed without a build"
    else:
        return
    raise ParaderoError(
        f"Nothing leaves under the profile `{profile.name}`: {why}, and what was withheld would be out."
        f' If these rows are public by now, write `profile = "{profile.name}"` below `[publishing]`'
        " in paradero.toml and build again: the log then has that it was decided."
    )


def pass_rows(case: Casefile, profile: Profile, *, what: str, build: str, content: bytes) -> None:
    """Enter into the log, and where the profile publishes into the register, that rows leave as they are.
    Call it before `content` is where others may read it.
    """
    with locked(case):
        _enter(case, profile, what=what, build=build, content=content)


def pass_gate(
    case: Casefile,
    named: str | None,
    wanted: Sequence[Population],
    *,
    what: str,
    build: str,
    render: Callable[[Passed], bytes],
) -> tuple[Passed, bytes]:
    """Decide on counts, make the file of what is shown, and register both: the decisions and the file's
    bytes.

    `build` is the digest of the build they are counted from; `render` makes the file. Raises NotChecked or
    CasefileError where a check cannot be made or a count could be worked out: then nothing is registered, and
    nothing may be written.
    """
    profile, is_default = profile_for(case, named)
    with locked(case):
        _check_not_private(case, profile)
        if not profile.gated:
            counts = tuple(_whole(one) for one in wanted)
            passed = Passed(profile=profile, is_default=is_default, counts=counts)
            content = render(passed)
            _enter(case, profile, what=what, build=build, content=content)
            return passed, content
        _check_apart(wanted)
        before = publications(case)
        counts = tuple(_decided(one, profile, before) for one in wanted)
        made = _publication(profile, what=what, build=build, counts=counts)
        # the same again has the number that it had, so that it is the same file
        for number in (
            *(at for at, one in enumerate(before, start=1) if _is_alike(one, made)),
            len(before) + 1,
        ):
            passed = Passed(profile=profile, is_default=is_default, counts=counts, number=number)
            content = render(passed)
            published = msgspec.structs.replace(made, file_sha256=hashlib.sha256(content).hexdigest())
            if number > len(before) or before[number - 1] == published:
                break
        register(case, published)
    return passed, content


def _is_alike(one: Publication, other: Publication) -> bool:
    return msgspec.structs.replace(one, file_sha256="") == other


def _publication(profile: Profile, *, what: str, build: str, counts: tuple[Counts, ...]) -> Publication:
    return Publication(
        profile=profile.name,
        threshold=profile.threshold,
        base=profile.base,
        state=build,
        version=__version__,
        what=what,
        file_sha256="",
        counts=counts,
    )


def _enter(case: Casefile, profile: Profile, *, what: str, build: str, content: bytes) -> None:
    file_sha256 = hashlib.sha256(content).hexdigest()
    if not profile.registered:
        append(case, HAND_OUT, {"profile": profile.name, "what": what, "file_sha256": file_sha256})
        return
    made = _publication(profile, what=what, build=build, counts=())
    register(case, msgspec.structs.replace(made, file_sha256=file_sha256))


def _check_apart(wanted: Sequence[Population]) -> None:
    """What is counted in one publication is held to what `_check_tied` asks of two."""
    for at, one in enumerate(wanted):
        for other in wanted[:at]:
            if (one.of, one.table) != (other.of, other.table):
                _check_tied(one, other.of, other.table)


def _check_tied(population: Population, of: str, table: str) -> None:
    """Counts of one kind of thing come from one table, and those of one table are of one kind: nothing ties
    two tables, nor people to the rows that they have. People and rows are one kind.
    """
    is_one_kind = population.of == of or {population.of, of} <= set(KINDS)
    if population.table != table and is_one_kind:
        raise NotChecked(
            f"Counts of {of} from `{table}` and of {population.of} from `{population.table}` could not be"
            f" checked together: nothing ties them. Count {of} from `{table}`."
        )
    if population.table == table and population.of != of:
        raise NotChecked(
            f"Counts of {of} and of {population.of} from `{table}` could not be checked together: each is a"
            f" bound of the other. Publish one of them; if one is out, count {of}."
        )


def _whole(population: Population) -> Counts:
    cells = tuple(Cell(region=one.region, shown=one.count, why=Why.WHOLE) for one in population.cells)
    return Counts(
        of=population.of, table=population.table, state="", dimensions=population.dimensions, cells=cells
    )


def _decided(population: Population, profile: Profile, before: Sequence[Publication]) -> Counts:
    check_values_apart(population.dimensions)
    earlier, names, bound = _history(population, before)
    check_columns_apart(
        population.lines,
        population.table,
        [*population.dimensions, *(one for each in earlier for one in each.dimensions)],
        [
            *(one.region for one in population.cells),
            *(fact.region for each in earlier for fact in each.facts),
        ],
    )
    state = population.lines.digest()
    at = names.index(state) if state in names else len(names)
    wanted = Wanted(
        earlier=tuple(earlier),
        at=at,
        dimensions=population.dimensions,
        cells=population.cells,
        bound=bound.get(state, {}),
    )
    return Counts(
        of=population.of,
        table=population.table,
        state=state,
        dimensions=population.dimensions,
        cells=decided(wanted, profile),
    )


def _history(
    population: Population, before: Sequence[Publication]
) -> tuple[list[State], list[str], Mapping[str, Mapping[Region, Cell]]]:
    """What was published of the same things before: by state in the order of publication what is known, the
    states' names, and the decisions on each cell.
    """
    states: dict[str, State] = {}
    bound: dict[str, dict[Region, Cell]] = {}
    for publication in before:
        profile = publication.profile_then()
        if not profile.gated:
            raise NotChecked(
                f"`{publication.what}` was published under the profile `{profile.name}`: what would"
                " be withheld now"
                " is out already. Publish under that profile (`--profile`), or not at all."
            )
        for counts in publication.counts:
            if (counts.of, counts.table) != (population.of, population.table):
                _check_tied(population, counts.of, counts.table)
                continue
            state = states.get(counts.state, State(dimensions=(), facts=()))
            known = bound.setdefault(counts.state, {})
            told = set(state.facts)
            facts = [profile.fact_of(cell) for cell in counts.cells]
            new = [fact for fact in facts if fact not in told]
            states[counts.state] = State(
                dimensions=merged(state.dimensions, counts.dimensions), facts=(*state.facts, *new)
            )
            for cell in counts.cells:
                known.setdefault(cell.region, cell)
    return list(states.values()), list(states), bound
