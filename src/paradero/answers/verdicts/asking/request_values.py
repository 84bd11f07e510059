"""Requests as values: what is asked for, how, and what it would settle; and what is looked up instead."""

from __future__ import annotations

from dataclasses import dataclass

from paradero.answers.verdicts.asking.draft_forms import FormName
from paradero.answers.verdicts.verdict_values import Ask
from paradero.model.answer import Answer


class Proposed(Answer, frozen=True, kw_only=True):
    """A request of another kind for the same fact, why it is proposed, and its draft."""

    form: FormName
    why: str
    cited: str
    answered: str
    draft: str


class Request(Answer, frozen=True, kw_only=True):
    """A request for facts that stand in one field of one record, ready to be sent.

    `form` is the form of the draft and `also` the others in which it could be asked for, `cited` the rule of
    the form, `answered` the time to answer. `settles` counts the verdicts that it would settle by itself,
    `helps` those that it would settle with others, `n_events` the events they are on; `about` are rows or
    events by their ids, `asked_by` the rules and orders that leave it open. `milder` counts verdicts besides
    that are open only between `complied` and `not_bound`: no answer makes them `violated`. `besides` are
    requests of other kinds that a rule proposes for the same fact.
    """

    rank: int
    facts: tuple[str, ...]
    what: str
    record: str
    field: str
    ask: Ask
    form: FormName
    also: tuple[FormName, ...]
    cited: str
    answered: str
    period_from: str
    period_until: str
    about: tuple[str, ...]
    asked_by: tuple[str, ...]
    settles: int
    helps: int
    milder: int
    n_events: int
    exemption: str | None
    draft: str
    besides: tuple[Proposed, ...] = ()


class LookUp(Answer, frozen=True, kw_only=True):
    """A fact that anybody can look up, so that nobody is asked for it: in which docket or text, under which
    heading, for how many verdicts, left open by which rules and orders.
    """

    what: str
    record: str
    field: str
    helps: int
    asked_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanting:
    """What open verdicts wait for: what can be asked for, and what is to be looked up; `unfit` counts what
    cannot be asked for in the form that was named.
    """

    requests: list[Request]
    lookups: list[LookUp]
    unfit: int = 0
