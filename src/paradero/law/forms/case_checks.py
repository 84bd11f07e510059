"""What the worked cases of an order have to be: each mistake with its line and what to do."""

from __future__ import annotations

from paradero.authored.declared import AuthoredError, Declared, Mistakes
from paradero.authored.lines import Step
from paradero.law.forms.event_checks import no_phase
from paradero.law.forms.kinds import PHASES, RECEIVED, SENT
from paradero.law.forms.order_file import CaseEvent, OrderCase, OrderFile
from paradero.model.naming import nearest
from paradero.model.time.moments import MomentError
from paradero.model.time.reading import parse_moment
from paradero.model.verdicts import Verdict


def check_cases(declared: Declared[OrderFile], mistakes: Mistakes) -> None:
    """Refuse worked cases that cannot be run: times of no phase, verdicts that are none, on terms that the
    order does not have.
    """
    for number, case in enumerate(declared.form.case):
        _check_moments(declared, case, ("case", number), mistakes)
        for which, also in enumerate(case.also):
            _check_moments(declared, also, ("case", number, "also", which), mistakes)
        _check_verdicts(declared, case, number, mistakes)


def _check_moments(
    declared: Declared[OrderFile], case: OrderCase | CaseEvent, at: tuple[Step, ...], mistakes: Mistakes
) -> None:
    phases = (*PHASES[case.kind], RECEIVED) if case.kind in SENT else PHASES[case.kind]
    for phase, time in case.moments.items():
        place = declared.place(*at, "moments", phase)
        if phase not in phases:
            mistakes.add(f"{place}: {no_phase(phase, case.kind, phases)}")
            continue
        with mistakes.gathered():
            try:
                parse_moment(time, zones=declared.form.zones)
            except MomentError as error:
                raise AuthoredError(f"{place}: {error}") from error


def _check_verdicts(declared: Declared[OrderFile], case: OrderCase, number: int, mistakes: Mistakes) -> None:
    terms = [term.id for term in declared.form.term]
    if not case.verdicts and not case.lists_all:
        mistakes.add(
            f"{declared.place('case', number, 'verdicts')}: the case `{case.title}` lists no verdict, so it"
            " says nothing. List one at least; that there is none at all, `lists_all = true` says."
        )
    for name, verdict in case.verdicts.items():
        place = declared.place("case", number, "verdicts", name)
        term, _, event = name.partition("@")
        term = term.partition("/")[0]
        if terms and term not in terms:
            mistakes.add(
                f"{place}: `{name}` is a verdict on `{term}`, which is not a term.{_meant(term, terms)} Name"
                f" one of {', '.join(terms)}."
            )
        if verdict not in set(Verdict):
            mistakes.add(
                f"{place}: `{verdict}` is not a verdict.{_meant(verdict, list(Verdict))} Use one of"
                f" {', '.join(Verdict)}."
            )
        if event.isdecimal() and not 1 <= int(event) <= len(case.also):
            mistakes.add(
                f"{place}: `@{event}` is not among what happened besides: `also` has {len(case.also)}."
                " Number them from 1."
            )


def _meant(found: str, names: list[str]) -> str:
    near = nearest(found, names)
    return f" Did you mean `{near[0]}`?" if near else ""
