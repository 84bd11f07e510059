"""The gate: what leaves under a profile is decided against everything published before, registered, and only
then written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from paradero import __version__
from paradero.casefile.folder import Casefile, locked
from paradero.casefile.log import append
from paradero.disclosure.cells import Cell, Dimension, Region, State, Why
from paradero.disclosure.profiles import STRICTEST, Profile, profile_of
from paradero.disclosure.register import Counts, Publication, publications, register
from paradero.disclosure.suppressing import Counted, Wanted, decided, merged
from paradero.disclosure.unknowns import NotChecked
from paradero.model.errors import ParaderoError

HAND_OUT = "hand out"  # the act of the log for what leaves and is no publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Counts that are to be published: of what (`people`, `rows`), in which table, by which dimensions."""

    of: str
    table: str
    dimensions: tuple[Dimension, ...]
    cells: tuple[Counted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What the gate decided: by population every cell's decision, and how it is said."""

    profile: Profile
    is_default: bool
    counts: tuple[Counts, ...]

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
    name = named or (stated.profile if stated else None)
    return profile_of(name or STRICTEST), name is None


def check_rows_may_leave(case: Casefile, named: str | None, what: str) -> Profile:
    """The profile under which something about single people or rows leaves; the log has it. Raises
    ParaderoError where the profile keeps it in.
    """
    profile, is_default = profile_for(case, named)
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


def pass_rows(case: Casefile, profile: Profile, *, what: str, state: str, content: bytes) -> None:
    """Enter into the log, and where the profile publishes into the register, that rows leave as they are.
    Call it before `content` is where others may read it.
    """
    with locked(case):
        _enter(case, profile, what=what, state=state, content=content, counts=())


def pass_gate(
    case: Casefile,
    named: str | None,
    wanted: Sequence[Population],
    *,
    what: str,
    state: str,
    render: Callable[[Passed], bytes],
) -> tuple[Passed, bytes]:
    """Decide on counts, make the file of what is shown, and register both: the decisions and the file's
    bytes.

    `state` is the digest of the build they are counted from; `render` makes the file. Raises NotChecked or
    CasefileError where a check cannot be made or a count could be worked out: then nothing is registered, and
    nothing may be written.
    """
    profile, is_default = profile_for(case, named)
    with locked(case):
        if profile.gated:
            _check_apart(wanted)
            before = publications(case)
            counts = tuple(_decided(one, profile, state, before) for one in wanted)
        else:
            counts = tuple(_whole(one) for one in wanted)
        passed = Passed(profile=profile, is_default=is_default, counts=counts)
        content = render(passed)
        _enter(case, profile, what=what, state=state, content=content, counts=counts if profile.gated else ())
    return passed, content


def _enter(
    case: Casefile, profile: Profile, *, what: str, state: str, content: bytes, counts: tuple[Counts, ...]
) -> None:
    file_sha256 = hashlib.sha256(content).hexdigest()
    if not profile.registered:
        append(case, HAND_OUT, {"profile": profile.name, "what": what, "file_sha256": file_sha256})
        return
    register(
        case,
        Publication(
            profile=profile.name,
            threshold=profile.threshold,
            base=profile.base,
            state=state,
            version=__version__,
            what=what,
            file_sha256=file_sha256,
            counts=counts,
        ),
    )


def _check_apart(wanted: Sequence[Population]) -> None:
    """Counts of one kind of thing come from one table: nothing ties those of two."""
    tables: dict[str, str] = {}
    for one in wanted:
        if tables.setdefault(one.of, one.table) != one.table:
            raise NotChecked(
                f"Counts of {one.of} from `{tables[one.of]}` and from `{one.table}` could not be"
                " checked together."
                " Publish those of one of them."
            )


def _whole(population: Population) -> Counts:
    cells = tuple(Cell(region=one.region, shown=one.count, why=Why.WHOLE) for one in population.cells)
    return Counts(of=population.of, table=population.table, dimensions=population.dimensions, cells=cells)


def _decided(population: Population, profile: Profile, state: str, before: Sequence[Publication]) -> Counts:
    earlier, names, bound = _history(population, before)
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
            if counts.of != population.of:
                continue
            if counts.table != population.table:
                raise NotChecked(
                    f"Counts of {counts.of} were published from the table `{counts.table}`, and"
                    " nothing ties them to"
                    f" those in `{population.table}`: the two could not be checked together. Count from"
                    f" `{counts.table}`."
                )
            state = states.get(publication.state, State(dimensions=(), facts=()))
            known = bound.setdefault(publication.state, {})
            told = set(state.facts)
            facts = [profile.fact_of(cell) for cell in counts.cells]
            new = [fact for fact in facts if fact not in told]
            states[publication.state] = State(
                dimensions=merged(state.dimensions, counts.dimensions), facts=(*state.facts, *new)
            )
            for cell in counts.cells:
                known.setdefault(cell.region, cell)
    return list(states.values()), list(states), bound
