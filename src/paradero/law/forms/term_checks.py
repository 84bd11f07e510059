"""What the terms of an order have to be: each mistake with its line and what to do."""

from __future__ import annotations

from paradero.authored.court_time.terms import term_of
from paradero.authored.declared import Declared, Mistakes
from paradero.law.forms.order_file import OrderFile
from paradero.law.forms.terms import Limit, Term
from paradero.model.time.moments import MomentError
from paradero.model.time.reading import duration_us, parse_moment

_MOST_TIMES = 400  # a daily report for more than a year: beyond it, the file says `times` by mistake


def check_terms(declared: Declared[OrderFile], mistakes: Mistakes) -> None:
    """Refuse terms that say nothing that could be judged, or several things at once."""
    form = declared.form
    if not form.term and not form.declares:
        mistakes.add(
            f"{declared.place()}: the order has no [[term]]. Add at least one, or say what it `declares`."
        )
    if form.term and form.declares:
        mistakes.add(f"{declared.place()}: an order that `declares` has no [[term]]. Leave one of them out.")
    for number, term in enumerate(form.term):
        place = declared.place("term", number, "id")
        if sum(map(bool, (term.forbids, term.requires, term.rule, term.standard))) != 1:
            mistakes.add(
                f"{place}: the term `{term.id}` needs exactly one of `forbids`, `requires` and `rule`, or a"
                " `standard`. Leave one."
            )
            continue
        _check_due(declared, term, place, mistakes)
        _check_parts(term, place, mistakes)
        _check_lengths(declared, number, term, mistakes)


def _check_due(declared: Declared[OrderFile], term: Term, place: str, mistakes: Mistakes) -> None:
    """What is required is due in one way."""
    form = declared.form
    acts = {act.id: act for act in form.act}
    is_else = any(each.within and each.within.or_else == term.id for each in form.term)
    ways = sum(map(bool, (term.by, term.within, term.every, is_else)))
    if term.requires and ways == 0:
        mistakes.add(
            f"{place}: nothing says by when the term `{term.id}` is due. Add `by` (an act that is a"
            " `deadline`), `within` or `every`."
        )
    if term.requires and ways > 1:
        mistakes.add(
            f"{place}: the term `{term.id}` is due in several ways. Leave one of `by`, `within` and `every`."
        )
    if term.by and (term.by not in acts or acts[term.by].does != "deadline"):
        mistakes.add(
            f"{place}: `by` names `{term.by}`, which is not an act that is a `deadline`. Name one, or add it."
        )
    if term.every and term.every.until and term.every.until not in acts:
        mistakes.add(
            f"{place}: `until` names `{term.every.until}`, which is not an act. Name one, or add it."
        )
    if term.every and not (term.every.until or 0 < (term.every.times or 0) <= _MOST_TIMES):
        mistakes.add(
            f"{place}: `every` needs `until` (an act) or `times` (at most {_MOST_TIMES}). Add one of them."
        )
    if term.every and not term.every.is_read:
        mistakes.add(
            f"{place}: `{term.every.length}` is no length after which something is due again. Write one such"
            " as `P1D`, `P1W`, `P1M` or `PT12H`."
        )
    if term.every and term.every.each < 1:
        mistakes.add(f"{place}: `each` ({term.every.each}) must be 1 or more. Correct it.")
    if term.within and term.within.or_else:
        other = next((each for each in form.term if each.id == term.within.or_else), None)
        if other is None or not other.requires:
            mistakes.add(
                f"{place}: `or_else` names `{term.within.or_else}`, which is not a term that `requires`"
                " something. Name one, or add it."
            )


def _check_parts(term: Term, place: str, mistakes: Mistakes) -> None:
    """Each part goes with what it speaks of."""
    wrong = {
        "unless": term.unless and not term.forbids,
        "keeps": term.keeps and not term.forbids,
        "limit": term.limit and term.forbids not in ("measurement", "holding"),
        "every": term.every and not term.requires,
        "count": term.count and not (term.requires and term.by),
        "items": term.items and not term.requires,
        "finding": term.finding and not term.standard,
        "within": term.within and not (term.requires or term.forbids),
        "by": term.by and not term.requires,
        "step": term.step and not (term.requires or term.forbids),
    }
    goes_with = {
        "unless": "`forbids`",
        "keeps": "`forbids`",
        "limit": '`forbids = "measurement"` or `"holding"`',
        "every": "`requires`",
        "count": "`requires` and `by`",
        "items": "`requires`",
        "finding": "`standard`",
        "within": "`requires` or `forbids`",
        "by": "`requires`",
        "step": "`requires` or `forbids`",
    }
    count = term.count
    least, most = (count.at_least, count.people_hi) if count else (None, None)
    if least is not None and most is not None and least > most:
        mistakes.add(
            f"{place}: `at_least` is {least} of at most {most} people (`people_hi`), which"
            " nobody can do. Correct one of them."
        )
    for name in (name for name, is_wrong in wrong.items() if is_wrong):
        mistakes.add(f"{place}: `{name}` goes only with {goes_with[name]}. Leave it out.")
    if sum(map(bool, (term.unless, term.limit, term.within and term.forbids))) > 1 or (
        term.keeps and term.limit
    ):
        mistakes.add(
            f"{place}: a term has one of `unless`, `limit` and `within`; `keeps` goes with the first and the"
            " last. Write several terms."
        )
    if term.limit:
        _check_limit(term.limit, place, mistakes)


def _check_limit(limit: Limit, place: str, mistakes: Mistakes) -> None:
    if len(limit.bounds()) != 1:
        mistakes.add(
            f"{place}: a limit needs exactly one of `at_most`, `under`, `at_least` and `over`. Leave one."
        )
    for text in limit.bounds().values():
        try:
            _ = duration_us(text) if limit.unit == "duration" else float(text)
        except (MomentError, ValueError):
            mistakes.add(f"{place}: `{text}` is not a number of {limit.unit}. Write one.")


def _check_lengths(declared: Declared[OrderFile], number: int, term: Term, mistakes: Mistakes) -> None:
    rules = [each.rule for each in declared.form.counting if each.rule is not None]
    own = term.unless.rule if term.unless else term.within.rule if term.within else None
    pairs = [(text, rule) for text in term.lengths for rule in (*rules, *([own] if own is not None else []))]
    for text, rule in [*pairs, *([(term.step.length, term.step.rule)] if term.step else [])]:
        try:
            term_of(
                text, rule=rule, zones=declared.form.zones, is_deadline=False, calendar=declared.form.calendar
            )
        except MomentError as error:
            mistakes.add(f"{declared.place('term', number, 'id')}: {error}")
    if term.every:
        try:
            parse_moment(term.every.first, zones=declared.form.zones)
        except MomentError as error:
            mistakes.add(f"{declared.place('term', number, 'every', 'first')}: {error}")
