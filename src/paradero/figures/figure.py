"""A figure: a number that leaves the casefile, with everything that a reader needs to check it."""

from __future__ import annotations

from paradero.model.answer import Answer


class Cause(Answer, frozen=True, kw_only=True):
    """Why the upper bound of a figure lies above the lower one, and by how much; `width` is None where causes
    overlap and are not told apart.
    """

    name: str
    name_es: str
    width: int | float | None


class Basis(Answer, frozen=True, kw_only=True):
    """One thing that a figure rests on: a row of an original by its `address`, or what somebody stated (`by`,
    the kind of `evidence`, of when, and where it was `seen`).
    """

    address: str | None = None
    by: str | None = None
    evidence: str | None = None
    dated: str | None = None
    seen: tuple[str, ...] = ()

    @property
    def is_row(self) -> bool:
        """Whether it is a row of an original."""
        return self.address is not None


class Figure(Answer, frozen=True, kw_only=True):
    """A published number: what it counts and of whom, its bounds (None: none is known), and what it rests on.

    `answer` is the command that prints what it is counted from, `table` the built table under that answer
    (None: none). Of the `n_basis` things it rests on, `basis` has those that `figures_of` was asked for;
    where they are no `basis_is_whole`, they are examples, and `answer` lists all.
    `judged` is False where the answer lacks what the figure needs: then both bounds are None, and `remarks`
    say why.
    """

    id: str
    title: str
    title_es: str
    definition: str
    definition_es: str
    population: str
    population_es: str
    unit: str
    lo: int | float | None
    hi: int | float | None
    judged: bool
    causes: tuple[Cause, ...]
    remarks: tuple[str, ...]
    rounding: str
    answer: str
    table: str | None
    n_basis: int
    basis: tuple[Basis, ...]
    basis_is_whole: bool
    version: str
    digest: str

    @property
    def is_exact(self) -> bool:
        """Whether both bounds are one number."""
        return self.lo is not None and self.lo == self.hi


class Figures(Answer, frozen=True, kw_only=True):
    """All figures of a casefile, by their ids, and the answers that it has none of (`absent`), each with
    why.
    """

    scope: str
    digest: str
    n_rows: int
    absent: dict[str, str]
    rows: list[Figure]

    def by_id(self) -> dict[str, Figure]:
        """The figures by their ids."""
        return {each.id: each for each in self.rows}
