"""What a company stands behind, that figures are counted from."""

from __future__ import annotations

from paradero.figures.asking import Absent, Answered, Asked, answers

_WHY = "Figures of a company are in its report: `paradero report --about company NAME`."
_CUT = "cannot be judged: links beyond those that were looked for"


def _awards(asked: Asked) -> Answered | Absent:
    found = asked.standing
    if found is None:
        return Absent(why=_WHY)
    return Answered(
        rows=found.awards, command="paradero awards", table="awards" if found.has_awards else None
    )


def _reach(asked: Asked) -> Answered | Absent:
    found = asked.standing
    if found is None:
        return Absent(why=_WHY)
    return Answered(
        rows=[*found.facilities, *found.flights],
        command="paradero exposure",
        remarks=(_CUT,) if found.is_cut else (),
    )


answers("awards of a company", of_a_subject=True)(_awards)
answers("reach of a company", of_a_subject=True)(_reach)
