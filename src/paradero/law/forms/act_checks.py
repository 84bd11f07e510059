"""What an order's acts and readings have to be: each mistake with its line and what to do."""

from __future__ import annotations

from paradero.authored.court_time.days_off import calendar_of
from paradero.authored.declared import AuthoredError, Declared, Mistakes
from paradero.law.forms.dates import day_bounds
from paradero.law.forms.kinds import PHASES
from paradero.law.forms.order_file import Act, Condition, OrderFile
from paradero.model.time.moments import MomentError


def check_acts(declared: Declared[OrderFile], mistakes: Mistakes) -> None:
    """Refuse acts and conditions that lead nowhere."""
    form = declared.form
    acts = {act.id: act for act in form.act}
    if not any(act.does == "binds" for act in form.act):
        mistakes.add(f"{declared.place()}: no act `binds`, so nothing says when the order began. Add one.")
    for number, act in enumerate(form.act):
        place = declared.place("act", number, "id")
        if act.does == "extends":
            _check_extension(act, acts, place, mistakes)
        if act.does == "resumes" and (act.of not in acts or acts[act.of].does not in ("stays", "vacates")):
            mistakes.add(
                f"{place}: `of` names `{act.of}`, which is not an act that `stays` or `vacates`. Name one,"
                " or add it."
            )
        if act.does != "stays" and (act.terms or act.condition):
            mistakes.add(
                f"{place}: only an act that `stays` reaches a part, by `terms` or `condition`. Write"
                " what vacates, supersedes or ends a part as an act that `stays` with these, and let nothing lift"
                " it."
            )
        terms = [term.id for term in form.term]
        for each in act.terms:
            if each not in terms:
                mistakes.add(
                    f"{place}: `terms` names `{each}`, which is not a term. Name one of {', '.join(terms)}."
                )
        for which, condition in enumerate(act.condition):
            at = declared.place("act", number, "condition", which, "attribute")
            _check_condition(condition, at, mistakes)
    for number, condition in enumerate(form.scope.condition):
        _check_condition(condition, declared.place("scope", "condition", number, "attribute"), mistakes)


def _check_extension(act: Act, acts: dict[str, Act], place: str, mistakes: Mistakes) -> None:
    """The life of an order is extended to an act that `expires`, a deadline to another deadline."""
    until = acts.get(act.until)
    if until is None or until.does not in ("expires", "deadline"):
        mistakes.add(
            f"{place}: `until` names `{act.until}`, which is not an act that `expires`, nor a later"
            " `deadline`. Name one, or add it."
        )
    elif until.does == "deadline" and (
        act.of == act.until or act.of not in acts or acts[act.of].does != "deadline"
    ):
        mistakes.add(
            f"{place}: `of` names `{act.of}`, which is not the `deadline` that is moved to `{act.until}`."
            " Name it."
        )


def check_calendar(declared: Declared[OrderFile], mistakes: Mistakes) -> str:
    """Refuse a calendar that is none; returns that by which lengths can be read on."""
    try:
        calendar_of(declared.form.calendar)
    except MomentError as error:
        mistakes.add(f"{declared.place('calendar')}: {error}")
        return ""
    return declared.form.calendar


def _check_condition(condition: Condition, place: str, mistakes: Mistakes) -> None:
    ways = {
        "is_one_of": condition.is_one_of,
        "is_none_of": condition.is_none_of,
        "before": condition.before,
        "not_before": condition.not_before,
    }
    if sum(map(bool, ways.values())) != 1:
        both = " and ".join(f"`{name}`" for name, value in ways.items() if value) or "none of them"
        mistakes.add(
            f"{place}: the condition on `{condition.attribute}` needs exactly one of `is_one_of`,"
            f" `is_none_of`, `before` and `not_before`; it has {both}. Leave one."
        )
    if condition.or_is and not condition.is_dated:
        mistakes.add(f"{place}: `or_is` goes with `before` or `not_before`. Leave it out.")
    with mistakes.gathered():
        if condition.is_dated and day_bounds(condition.before or condition.not_before) is None:
            raise AuthoredError(
                f"{place}: `{condition.before or condition.not_before}` is not a day, a month or a year."
                " Write one, such as `2025-02-24`."
            )


def check_readings(declared: Declared[OrderFile], mistakes: Mistakes) -> None:
    """Refuse readings that name nothing of the order."""
    form = declared.form
    acts = {act.id: act for act in form.act}
    for number, binding in enumerate(form.binding):
        _check_begin(binding.from_act, "from", declared.place("binding", number, "from"), acts, mistakes)
    if form.binds_from:
        _check_begin(form.binds_from, "binds_from", declared.place("binds_from"), acts, mistakes)
        if form.binding:
            mistakes.add(
                f"{declared.place('binds_from')}: `binds_from` says that no reading disputes it, and a"
                " [[binding]] is one. Keep either."
            )
    if not form.binding and not form.binds_from and sum(act.does == "binds" for act in form.act) > 1:
        mistakes.add(
            f"{declared.place()}: several acts bind, and no [[binding]] says when the order begins to bind"
            " in each reading. Add one for each, or `binds_from` where that is not in dispute."
        )
    for number, reach in enumerate(form.reach):
        place = declared.place("reach", number, "of")
        if reach.of not in acts or acts[reach.of].does != "stays":
            mistakes.add(f"{place}: `of` names `{reach.of}`, which is not an act that `stays`. Name one.")
        elif acts[reach.of].terms:
            mistakes.add(
                f"{place}: `{reach.of}` has `terms` of its own. Leave them to the [[reach]] readings."
            )
        for each in set(reach.terms) - {term.id for term in form.term}:
            mistakes.add(f"{place}: `terms` names `{each}`, which is not a term. Name one of the order's.")
    for number, completion in enumerate(form.completion):
        kinds = [term.kind for term in form.term if term.kind]
        phases = [
            *dict.fromkeys(phase for kind in kinds for phase in PHASES[kind]),
            *(["limit"] if "holding" in kinds else []),
        ]
        if kinds and completion.phase not in phases:
            at = declared.place("completion", number, "phase")
            mistakes.add(
                f"{at}: `{completion.phase}` is not a phase of a {kinds[0]}. Name one of {', '.join(phases)}."
            )


def _check_begin(name: str, field: str, place: str, acts: dict[str, Act], mistakes: Mistakes) -> None:
    if name not in acts or acts[name].does not in ("binds", "notice"):
        mistakes.add(
            f"{place}: `{field}` names `{name}`, which is not an act that `binds` or gives"
            " `notice`. Name one."
        )
