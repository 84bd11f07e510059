"""`orders/*.toml`: whom an order binds and protects, what happened to it, its terms and worked cases."""

from __future__ import annotations

from typing import Literal

import msgspec

from paradero.authored.court_time.closings import Closing
from paradero.authored.evidence import Sourced
from paradero.authored.relations import Relation
from paradero.authored.statements import Said
from paradero.law.forms.event_file import Value
from paradero.law.forms.kinds import Kind
from paradero.law.forms.readings import Binding, Completion, Counting, Reach
from paradero.law.forms.terms import Term
from paradero.law.identities import Identity
from paradero.law.rules import Text

INDIVIDUAL = "individual"  # the attribute of being a certain person

Does = Literal[
    "binds", "notice", "expires", "extends", "stays", "resumes", "vacates", "supersedes", "deadline"
]


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One condition of the class that an order protects: the subject's `attribute` is one of these values, or
    none of these; or it is a date, and lies before that day or not before it.

    `or_is`: values that satisfy it, too, such as `none` where there is no such date. The rest says how to ask
    where it is not known.
    """

    attribute: str
    is_one_of: list[str] = []
    is_none_of: list[str] = []
    before: str = ""
    not_before: str = ""
    or_is: list[str] = []
    what: str
    what_es: str = ""
    record: str
    field: str
    ask: Literal["foia", "discovery", "subject_access"] = "discovery"
    exemption: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether it asks when something was."""
        return bool(self.before or self.not_before)


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who is bound, and whom the order protects: individuals by their pseudonyms, or a class by conditions,
    all of which have to hold; everybody without either.

    An individual is the id of a subject, or `RELEASE/unique_identifier` of a person in the records.
    """

    binds: str
    protects: str
    protects_es: str = ""
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
            field="of each protected person, by code: whether listed",
        )
        return [who, *self.condition]


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something that happened to the order, and when, as people say.

    `binds`: it was given (orally, in writing); `notice`: the bound learned of it; `expires`; `extends` (with
    `until`, the act that ends the extension; or a later `deadline`, and `of` which one it moves); `stays`,
    `vacates`, and `resumes` (with `of`, the stay or vacatur that it ends); `supersedes`; `deadline`: by when
    something is to be done. A stay of part of the order names its `terms`, or the part of the class that it
    reaches, by `condition`.
    """

    id: str
    does: Does
    what: str
    what_es: str = ""
    said: list[Said] = []
    until: str = ""
    of: str = ""
    terms: list[str] = []
    condition: list[Condition] = []


class Docket(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody read the court's docket at `read`; `complete`: every entry that it had then, so that what
    stands nowhere in it had not been filed.
    """

    read: str
    complete: bool = False


class CaseEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something else that happened in a worked case, to the same subject unless it names another."""

    kind: Kind
    moments: dict[str, str] = {}
    happened: bool | None = True
    attributes: dict[str, list[str]] = {}
    items: dict[str, bool] = {}
    subject: str = ""


class OrderCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A worked case: attributes of a subject, times of an event's phases, what `also` happened, and the
    verdict under each construction (`term/construction`); of another event than the first, with its number:
    `term/construction@1` of what happened also first, `term@untold` of what nobody tells.

    A case says what matters to it: verdicts that it does not list are counted, not compared. With `lists_all`
    these are all of them, and any other is a mistake.
    """

    title: str
    kind: Kind
    verdicts: dict[str, str]
    lists_all: bool = False
    moments: dict[str, str] = {}
    attributes: dict[str, list[str]] = {}
    happened: bool | None = True
    items: dict[str, bool] = {}
    values: list[Value] = []
    also: list[CaseEvent] = []


class OrderFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`orders/*.toml`. An order that only `declares` has no term, and nothing of it can be judged.
    `binds_from`: the act from which it begins to bind, where that is not in dispute; where it is, each
    `binding` is a reading, and an order that gives notice and has neither may bind from either act.
    """

    id: str
    title: str
    title_es: str = ""
    court: str
    docket: str
    instrument: str
    text: list[Text]
    scope: Scope
    act: list[Act]
    term: list[Term] = []
    declares: str = ""
    declares_es: str = ""
    zones: list[str] = []
    calendar: str = ""
    closed: list[Closing] = []
    severity: Literal["note", "minor", "serious", "severe"] = "severe"
    binds_from: str = ""
    binding: list[Binding] = []
    completion: list[Completion] = []
    counting: list[Counting] = []
    reach: list[Reach] = []
    docket_read: list[Docket] = []
    relation: list[Relation] = []
    identity: list[Identity] = []
    case: list[OrderCase] = []
    note: str = ""
