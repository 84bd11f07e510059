"""Figures that are published: each bound is a count of cells that passes the gate, or the figure is refused.

A definition says by `publish` how its figures leave: `cells` are counts of the lines of an answer and pass
the gate, as totals alone: figures for each value list only values that there are. `open` are of what was
public before; `open without records` are so where the casefile has no records of people. Any other is
refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from paradero.disclosure.asked import Publishing
from paradero.disclosure.cells import Cell, Condition, Dimension, Region, region_of
from paradero.disclosure.gate import Passed, Population, pass_gate, profile_for
from paradero.disclosure.held.lines import AnswerLines, person_of, text_of
from paradero.disclosure.shown import note_of_profile, words
from paradero.disclosure.suppressing import Counted, merged
from paradero.figures.answered import Answered, Asked
from paradero.figures.computing import figures_of, slug
from paradero.figures.definitions import Definition, definitions
from paradero.figures.figure import Figure, Figures
from paradero.model.answer import Answer

OPEN, CLAIMS, CELLS = "open", "open without records", "cells"

Key = tuple[str, str, Region]


class PublishedFigures(Answer, frozen=True, kw_only=True):
    """Figures as they leave: bounds rounded or withheld, without what they rest on; the ids of those that are
    `refused` under the profile, and what is said of disclosure control. Where counts are withheld there is no
    digest, by which a guess at the records could be tried, but the number of the `publication`; nor the
    casefile's `scope`, which may say whom a list is about.
    """

    scope: str
    digest: str
    publication: int | None
    n_rows: int
    disclosure_control: str
    refused: tuple[str, ...]
    rows: list[Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bounds:
    """The cells that the bounds of a figure are counts of; None: the bound is not known."""

    lo: Key | None
    hi: Key | None


def publish_figures(
    asked: Asked,
    names: Sequence[str],
    publishing: Publishing,
    language: str,
    *,
    what: str = "",
    render: Callable[[PublishedFigures], bytes] = msgspec.json.encode,
) -> tuple[PublishedFigures, bytes]:
    """The figures of a casefile, or those `names`, as the profile lets them leave, and the file that `render`
    makes of them; registered as `what` was asked for. Raises what the gate does: then nothing may be shown.
    """
    found, content = publish_in_languages(
        asked, names, publishing, (language,), what=what, render=lambda found: render(found[language])
    )
    return found[language], content


def publish_in_languages(
    asked: Asked,
    names: Sequence[str],
    publishing: Publishing,
    languages: Sequence[str],
    *,
    what: str = "",
    render: Callable[[Mapping[str, PublishedFigures]], bytes] = msgspec.json.encode,
) -> tuple[dict[str, PublishedFigures], bytes]:
    """As `publish_figures`, said in several languages and registered as one publication, of the file that
    `render` makes of all of them.
    """
    found = figures_of(asked, only=tuple(names), most_basis=0)
    is_gated = profile_for(asked.case, publishing.named)[0].gated
    populations: dict[tuple[str, str], Population] = {}
    bounds: dict[str, _Bounds] = {}
    for figure in found.rows:
        name = figure.id.partition("/")[0]
        definition = definitions()[name]
        answered = asked.answer(definition.answer)
        if (
            definition.publish == CELLS
            and isinstance(answered, Answered)
            and not (is_gated and _may_not_be_counted(definition, answered))
        ):
            cells = _cells(figure, definition, answered)
            if cells is not None:
                bounds[figure.id] = _bounds(figure, cells)
                _add(populations, definition, answered, cells.values())
    made: dict[str, PublishedFigures] = {}

    def rendered(passed: Passed) -> bytes:
        for language in languages:
            made[language] = _shown(found, passed, bounds, language, has_records=asked.has_records)
        return render(made)

    _, content = pass_gate(
        asked.case,
        publishing.named,
        list(populations.values()),
        what=what or " ".join(["figures", *names]),
        build=found.digest,
        render=rendered,
    )
    return made, content


def _cells(
    figure: Figure, definition: Definition, answered: Answered
) -> dict[str, tuple[Key, Counted]] | None:
    """The cells of both bounds with their counts; None where a bound is no count of an answer's lines."""
    if definition.lo != "rows" or definition.hi not in ("", "rows") or definition.latest:
        return None
    rows = [row.as_json() for row in answered.rows]
    own = _values_of(figure, definition, rows)
    if own is None:
        return None
    found: dict[str, tuple[Key, Counted]] = {}
    for end, bound, where in (
        ("lo", figure.lo, definition.where),
        ("hi", figure.hi, definition.hi_where or definition.where),
    ):
        if bound is None:
            continue
        region = region_of(
            [
                *(Condition(field, (value,)) for field, value in own.items()),
                *(Condition(field, tuple(values)) for field, values in where.items() if field not in own),
                *(Condition(field, (None,)) for field in definition.empty),
            ]
        )
        counted = [row for row in rows if all(one.admits(text_of(row[one.column])) for one in region)]
        if len(counted) != bound:  # a bound that was moved, or is one of something else
            return None
        new = Counted(region=region, count=len(counted), people=_n_people(counted))
        found[end] = ((figure.unit, definition.answer, region), new)
    return found


def _may_not_be_counted(definition: Definition, answered: Answered) -> bool:
    """Whether figures of an answer are not for the gate: those for each value, and those of lines that name
    nobody or people of several releases, who may be the same.
    """
    rows = [row.as_json() for row in answered.rows]
    name_somebody = all(len(person_of(list(row))) == 2 for row in rows)  # a person of a release
    return bool(definition.each) or not name_somebody or len({row["release"] for row in rows}) > 1


def _n_people(rows: Sequence[Mapping[str, Any]]) -> int | None:
    """Of how many people lines are, at least; None where they name nobody."""
    if not rows:
        return 0
    person = person_of(list(rows[0]))
    if not person:
        return None
    ids = [tuple(row[each] for each in person) for row in rows]
    return len({one for one in ids if one[-1] is not None})


def _values_of(
    figure: Figure, definition: Definition, rows: Iterable[Mapping[str, Any]]
) -> dict[str, str | None] | None:
    """The values of the fields that a figure is made for each of, found again by its id."""
    if not definition.each:
        return {}
    name = figure.id.partition("/")[0]
    for row in rows:
        key = [row[field] for field in definition.each]
        parts = [slug(value) for value in key if value is not None or len(key) == 1]
        if "/".join([name, *parts]) == figure.id:
            return {field: text_of(value) for field, value in zip(definition.each, key, strict=True)}
    return None


def _bounds(figure: Figure, cells: Mapping[str, tuple[Key, Counted]]) -> _Bounds:
    return _Bounds(
        lo=cells["lo"][0] if figure.lo is not None else None,
        hi=cells["hi"][0] if figure.hi is not None else None,
    )


def _add(
    populations: dict[tuple[str, str], Population],
    definition: Definition,
    answered: Answered,
    cells: Iterable[tuple[Key, Counted]],
) -> None:
    """Add a figure's cells to those of the same answer, each once."""
    for (of, table, region), new in cells:
        lines = AnswerLines(rows=[row.as_json() for row in answered.rows])
        none = Population(of=of, table=table, dimensions=(), cells=(), lines=lines)
        before = populations.get((of, table), none)
        dimensions = [
            Dimension(
                column=one.column,
                values=_domain(answered, one.column),
                parts=True,
                listed=one.column in definition.each,
            )
            for one in region
        ]
        populations[of, table] = Population(
            of=of,
            table=table,
            dimensions=merged(before.dimensions, dimensions),
            cells=before.cells if new in before.cells else (*before.cells, new),
            lines=lines,
        )


def _domain(answered: Answered, field: str) -> tuple[str | None, ...]:
    values = {text_of(getattr(row, field)) for row in answered.rows}
    return tuple(sorted(values, key=lambda value: (value is None, value or "")))


def _shown(
    found: Figures, passed: Passed, bounds: Mapping[str, _Bounds], language: str, *, has_records: bool
) -> PublishedFigures:
    profile = passed.profile
    decisions = passed.cells()
    rows, refused = [], []
    for figure in found.rows:
        definition = definitions()[figure.id.partition("/")[0]]
        is_open = definition.publish == OPEN or (definition.publish == CLAIMS and not has_records)
        if not profile.gated or is_open:
            rows.append(figure)
        elif figure.id in bounds:
            rows.append(_controlled(figure, bounds[figure.id], decisions, language))
        else:
            refused.append(figure.id)
    if profile.gated:
        rows = [msgspec.structs.replace(figure, digest="") for figure in rows]
    cells = list(decisions.values())
    parts = [note_of_profile(profile, passed.is_default, cells, language, number=passed.number)]
    if refused:
        parts.append(words()["refused"](language, n=f"{len(refused):,}"))
    return PublishedFigures(
        scope="" if profile.gated else found.scope,
        digest="" if profile.gated else found.digest,
        publication=passed.number,
        n_rows=len(rows),
        disclosure_control=" ".join(parts),
        refused=tuple(refused),
        rows=rows,
    )


def _controlled(figure: Figure, of: _Bounds, decisions: Mapping[Key, Cell], language: str) -> Figure:
    """A figure with the bounds that are shown. What would say more of them is left out: the widths of causes,
    remarks with counts, and what it rests on.
    """
    lo = decisions[of.lo].shown if of.lo else None
    hi = decisions[of.hi].shown if of.hi else None
    causes = tuple(msgspec.structs.replace(one, width=None) for one in figure.causes)
    return msgspec.structs.replace(
        figure,
        lo=lo,
        hi=hi,
        causes=causes,
        remarks=(),
        rounding=", ".join(
            _how(end, key, shown, language) for end, key, shown in (("lo", of.lo, lo), ("hi", of.hi, hi))
        ),
        n_basis=0,
        basis=(),
        basis_is_whole=False,
    )


def _how(end: str, key: Key | None, shown: int | None, language: str) -> str:
    """What became of a bound: rounded, withheld, or not known to begin with."""
    word = "not_known" if key is None else "withheld" if shown is None else "rounded"
    return f"{end}: {words()[word](language)}"


def printed_bounds(figure: Figure) -> dict[str, str]:
    """The bounds of a published figure as a table prints them: a number, or why there is none."""
    how = dict(part.split(": ", 1) for part in figure.rounding.split(", ") if ": " in part)
    return {
        end: how.get(end, "not known") if value is None else f"{value:,}"
        for end, value in (("lo", figure.lo), ("hi", figure.hi))
    }
