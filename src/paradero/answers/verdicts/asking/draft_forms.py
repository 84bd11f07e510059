"""The forms in which a fact can be asked for, as data: a file a form in `drafts/`."""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import Literal, TypeAlias, get_args

import msgspec

from paradero.model.naming import unknown

FormName: TypeAlias = Literal[
    "production",
    "interrogatory",
    "admission",
    "deposition",
    "witness",
    "subpoena",
    "foia",
    "own-data",
    "clarification",
    "argument",
]

FORM_NAMES: tuple[FormName, ...] = get_args(FormName)
# asked of a party or a witness in a case, where the exemptions from FOIA are no privileges
DISCOVERY: frozenset[FormName] = frozenset(
    {"production", "interrogatory", "admission", "deposition", "witness", "subpoena"}
)


class DraftForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A form: the rule it rests on, the time to answer, its paragraphs.

    A paragraph names what is filled in: `record`, `field`, `what`, `period`, `clock`, whom it is for
    (`custodian`, `component` of an agency, `keeper` who is no party, `witness`). One that is a bare
    `{about}`, `{statements}`, `{contested}` or `{review}` stands for as many lines as there are, or none.
    """

    id: FormName
    cited: str
    answered: str
    answered_es: str
    paragraphs: list[str]
    paragraphs_es: list[str]


@functools.cache
def draft_form(name: FormName) -> DraftForm:
    """The form of that name."""
    path = files("paradero.answers.verdicts.asking") / "drafts" / f"{name}.toml"
    return msgspec.toml.decode(path.read_bytes(), type=DraftForm)


def form_named(name: str) -> FormName:
    """The name of a form; raises UnknownName with those that there are."""
    for each in FORM_NAMES:
        if each == name:
            return each
    raise unknown("a form of request", name, FORM_NAMES)
