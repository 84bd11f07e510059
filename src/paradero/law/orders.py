"""Orders as data: a court's or agency's instrument, whom it binds and protects, from when to when, which
terms, under which readings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from paradero.authored.court_time.terms import Term as CourtTerm
from paradero.authored.declared import Declared, Mistakes, check_ids, read
from paradero.authored.statements import (
    Related,
    Relation,
    Said,
    Statement,
    court_terms,
    read_relation,
    read_said,
)
from paradero.law.events import ORDER_OF_THINGS, PHASES, Kind
from paradero.law.identities import Identity, check_identities
from paradero.law.rules import Parameters, Text

_SHORT = re.compile(
    r"|-?PT(0H|(\d+M)?(\d+(\.\d+)?S)?)"
)  # nothing, or less than an hour: a stretch of time and no term

INDIVIDUAL = "individual"  # the attribute of being a certain person

Does = Literal[
    "binds", "notice", "expires", "extends", "stays", "resumes", "vacates", "supersedes", "deadline"
]


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One condition of the class that an order protects: the subject's `attribute` is one of these values, or
    none of these.

    The rest says how to ask where it is not known.
    """

    attribute: str
    is_one_of: list[str] = []
    is_none_of: list[str] = []
    what: str
    what_es: str
    record: str
    field: str
    ask: Literal["foia", "discovery", "subject_access"] = "discovery"
    exemption: str = ""


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who is bound, and whom the order protects: individuals by their pseudonyms, or a class by conditions,
    all of which have to hold; everybody without either.

    An individual is the id of a subject, or `RELEASE/unique_identifier` of a person in the records.
    """

    binds: str
    protects: str
    protects_es: str
    individuals: list[str] = []
    condition: list[Condition] = []

    def conditions(self) -> list[Condition]:
        """The conditions, that of being one of the individuals first."""
        if not self.individuals:
            return self.condition
        who = Condition(
            attribute=INDIVIDUAL,
            is_one_of=self.individuals,
            what="whether a protected individual is among them",
            what_es="si una de las personas protegidas está entre ellas",
            record="manifest or list of the people concerned",
            field="alien number",
        )
        return [who, *self.condition]


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something that happened to the order, and when, as people say.

    `binds`: it was given (orally, in writing); `notice`: the bound learned of it; `expires`; `extends` (with
    `until`, the act that ends the extension); `stays`, `vacates`, and `resumes` (with `of`, the stay or
    vacatur that it ends); `supersedes`; `deadline`: by when something is to be done.
    """

    id: str
    does: Does
    what: str
    what_es: str
    said: list[Said] = []
    until: str = ""
    of: str = ""


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is ordered: `forbids` or `requires` a kind of event (by the act `by`), or binds to a `rule` with
    parameters of its own.
    """

    id: str
    says: str
    says_es: str
    pin: str = ""
    forbids: Kind | None = None
    requires: Kind | None = None
    by: str = ""
    rule: str = ""
    parameters: Parameters = Parameters()


class Binding(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"from_act": "from"}
):
    """A reading of when the order begins to bind: from the act `from`."""

    id: str
    from_act: str
    title: str
    title_es: str
    text: list[Text] = []


class Completion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A reading of when the forbidden or required thing is done: at `phase` of the event."""

    id: str
    phase: str
    title: str
    title_es: str
    text: list[Text] = []


class OrderFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`orders/*.toml`."""

    id: str
    title: str
    title_es: str
    court: str
    docket: str
    instrument: str
    text: list[Text]
    scope: Scope
    act: list[Act]
    term: list[Term]
    zones: list[str] = []
    calendar: str = ""
    severity: Literal["note", "minor", "serious", "severe"] = "severe"
    binding: list[Binding] = []
    completion: list[Completion] = []
    relation: list[Relation] = []
    identity: list[Identity] = []
    case: list[OrderCase] = []
    note: str = ""


class OrderCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A worked case: attributes of a subject, times of an event's phases, and the verdict under each
    construction (`term/construction`).
    """

    title: str
    kind: Kind
    verdicts: dict[str, str]
    moments: dict[str, str] = {}
    attributes: dict[str, list[str]] = {}
    happened: bool | None = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order read: its statements and relations under full names (`order.act`)."""

    file: OrderFile
    place: str
    text: str
    statements: tuple[Statement, ...]
    relations: tuple[Related, ...]

    @property
    def id(self) -> str:
        return self.file.id

    def moment_names(self) -> dict[str, str]:
        """The full name of each act's moment."""
        return {act.id: f"{self.file.id}.{act.id}" for act in self.file.act}

    def act(self, act_id: str) -> Act:
        """The act of that id."""
        return next(each for each in self.file.act if each.id == act_id)


def read_order(text: str, *, file: str) -> Order:
    """Read one order; raises AuthoredError naming file, line and what is wrong."""
    declared, mistakes = read(text, OrderFile, file=file), Mistakes()
    form = declared.form
    tables = {
        "act": [each.id for each in form.act],
        "term": [each.id for each in form.term],
        "binding": [each.id for each in form.binding],
        "completion": [each.id for each in form.completion],
    }
    with mistakes.gathered():
        check_ids(text, file, [(form.id, ["id"])], tables)
    _check_acts(declared, mistakes)
    _check_terms(declared, mistakes)
    with mistakes.gathered():
        check_identities(form.identity, text, file)
    names = {act.id: f"{form.id}.{act.id}" for act in form.act}
    statements, relations = [], []
    for number, act in enumerate(form.act):
        for which, said in enumerate(act.said):
            with mistakes.gathered():
                place = declared.place("act", number, "id")
                statements.append(
                    read_said(
                        said, id=f"{names[act.id]}#{which}", of=names[act.id], zones=form.zones, place=place
                    )
                )
    for number, each in enumerate(form.relation):
        with mistakes.gathered():
            place = declared.place("relation", number, "of")
            relations.append(
                read_relation(
                    each,
                    id=f"{form.id}#relation{number}",
                    names=names,
                    place=place,
                    court=_term_reader(form, each),
                )
            )
    mistakes.settle()
    return Order(
        file=form,
        place=file,
        text=text,
        statements=tuple(statements),
        relations=(*relations, *_in_order(form, names)),
    )


def _in_order(declared: OrderFile, names: Mapping[str, str]) -> list[Related]:
    """Nothing resumes before what it ends."""
    found = []
    for act in declared.act:
        if act.does == "resumes":
            relation = Relation(
                of=act.id, since=act.of, at_least="PT0S", by=ORDER_OF_THINGS, evidence="derived", seen=[]
            )
            found.append(
                Related(
                    id=f"{declared.id}#{act.of}-{act.id}",
                    relation=relation,
                    of=names[act.id],
                    since=names[act.of],
                    lo_us=0,
                    hi_us=None,
                )
            )
    return found


def _term_reader(declared: OrderFile, relation: Relation) -> Callable[[str], CourtTerm] | None:
    """What reads the length of a term, where the relation says when one ends; None where it is between two
    things that happened.
    """
    does = next(
        (act.does for act in declared.act if relation.of in (act.id, f"{declared.id}.{act.id}")), None
    )
    if does not in ("expires", "deadline") or all(
        _SHORT.fullmatch(text) for text in (relation.at_least, relation.at_most)
    ):
        return None
    return court_terms(
        relation, zones=declared.zones, is_deadline=does == "deadline", calendar=declared.calendar
    )


def _check_acts(declared: Declared[OrderFile], mistakes: Mistakes) -> None:
    form = declared.form
    acts = {act.id: act for act in form.act}
    if not any(act.does == "binds" for act in form.act):
        mistakes.add(f"{declared.place()}: no act `binds`, so nothing says when the order began. Add one.")
    for number, act in enumerate(form.act):
        place = declared.place("act", number, "id")
        if act.does == "extends" and (act.until not in acts or acts[act.until].does != "expires"):
            mistakes.add(
                f"{place}: `until` names `{act.until}`, which is not an act that `expires`. Name one, or add"
                " it."
            )
        if act.does == "resumes" and (act.of not in acts or acts[act.of].does not in ("stays", "vacates")):
            mistakes.add(
                f"{place}: `of` names `{act.of}`, which is not an act that `stays` or `vacates`. Name one,"
                " or add it."
            )
    for number, condition in enumerate(form.scope.condition):
        if bool(condition.is_one_of) == bool(condition.is_none_of):
            both = "both `is_one_of` and" if condition.is_one_of else "neither `is_one_of` nor"
            place = declared.place("scope", "condition", number, "attribute")
            mistakes.add(
                f"{place}: the condition on `{condition.attribute}` has values in {both} `is_none_of`. Use"
                " exactly one."
            )
    for number, binding in enumerate(form.binding):
        if binding.from_act not in acts or acts[binding.from_act].does not in ("binds", "notice"):
            place = declared.place("binding", number, "from")
            mistakes.add(
                f"{place}: `from` names `{binding.from_act}`, which is not an act that `binds` or gives"
                " `notice`. Name one."
            )
    if not form.binding and sum(act.does == "binds" for act in form.act) > 1:
        mistakes.add(
            f"{declared.place()}: several acts bind, and no [[binding]] says when the order begins to bind"
            " in each reading. Add one for each."
        )


def _check_terms(declared: Declared[OrderFile], mistakes: Mistakes) -> None:
    form = declared.form
    acts = {act.id: act for act in form.act}
    for number, term in enumerate(form.term):
        place = declared.place("term", number, "id")
        if sum(map(bool, (term.forbids, term.requires, term.rule))) != 1:
            mistakes.add(
                f"{place}: the term `{term.id}` needs exactly one of `forbids`, `requires` and `rule`. Leave"
                " one."
            )
        if term.requires and (term.by not in acts or acts[term.by].does != "deadline"):
            mistakes.add(
                f"{place}: `by` names `{term.by}`, which is not an act that is a `deadline`. Name one, or"
                " add it."
            )
        kind = term.forbids or term.requires
        for which, completion in enumerate(form.completion if kind else []):
            if completion.phase not in PHASES[kind or ""]:
                at = declared.place("completion", which, "phase")
                mistakes.add(
                    f"{at}: `{completion.phase}` is not a phase of a {kind}. Name one of"
                    f" {', '.join(PHASES[kind or ''])}."
                )
    if not form.term:
        mistakes.add(f"{declared.place()}: the order has no [[term]]. Add at least one.")
