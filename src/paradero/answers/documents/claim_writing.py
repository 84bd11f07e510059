"""Add one claim to a file of claims, leaving every other line of it as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from paradero.authored.declared import AuthoredError, seen_from
from paradero.authored.lines import lines_of
from paradero.authored.writing import toml_value
from paradero.claims.statements import Claims, read_claims

_BLANK = re.compile(r"^\s*(?:#.*)?$")

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubject:
    """A subject that the file does not have yet, in English and Spanish."""

    what: str
    what_es: str
    unit: str


def with_claim(text: str, *, file: str, subject: str, claim: Fields, new_subject: NewSubject | None) -> str:
    """The file with one more claim under `subject`, which is made where it is new.

    What comes out is read again: raises AuthoredError where the file is not one of claims, or is written in a
    form in which nothing can be put in.
    """
    before = read_claims(text, file=file)
    for each in before.claims:
        if each.id == claim["id"]:
            raise AuthoredError(
                f"{file}: the id `{each.id}` is taken by {seen_from(file, each.place)}. Choose another with"
                " `--id`."
            )
    ids = [each.id for each in before.file.subject]
    lines = text.removesuffix("\n").split("\n")
    if subject in ids:
        at = _end_of(text, lines, ids.index(subject))
        lines[at:at] = ["", *_claim_lines(claim)]
    elif new_subject is not None:
        lines += ["", *_subject_lines(subject, new_subject), "", *_claim_lines(claim)]
    else:
        raise AuthoredError(
            f"{file}: `{subject}` is not a subject of the file ({', '.join(ids)}). For a new one give"
            " `--what` and `--what-es`."
        )
    written = "\n".join(lines) + "\n"
    _check(before, written, file=file, subject=subject, claim=claim)
    return written


def new_file(
    *, id_: str, title: str, title_es: str, subject: str, new_subject: NewSubject, claim: Fields
) -> str:
    """A file of one claim. Raises AuthoredError where it would not be read again as it is meant."""
    head = [
        f"{name} = {toml_value(value)}"
        for name, value in (("id", id_), ("title", title), ("title_es", title_es))
    ]
    written = "\n".join([*head, "", *_subject_lines(subject, new_subject), "", *_claim_lines(claim)]) + "\n"
    _check(None, written, file=f"{id_}.toml", subject=subject, claim=claim)
    return written


def _check(before: Claims | None, written: str, *, file: str, subject: str, claim: Fields) -> None:
    """What was there reads as before, and the claim is there once, under its subject."""
    after = read_claims(written, file=file)
    others = [(each.subject.id, each.file) for each in after.claims if each.id != claim["id"]]
    own = [each for each in after.claims if each.id == claim["id"]]
    known = [(each.subject.id, each.file) for each in before.claims] if before else []
    if others != known or len(own) != 1 or own[0].subject.id != subject:
        raise AuthoredError(
            f"{file}: a claim cannot be added to a file written in this form. Add it by"
            f" hand:\n{_shown(claim)}"
        )


def _shown(claim: Fields) -> str:
    return "\n".join(_claim_lines(claim))


def _end_of(text: str, lines: list[str], which: int) -> int:
    """The line after the last one of a subject that says something."""
    after = lines_of(text).get(("subject", which + 1))
    end = len(lines) if after is None else after - 1
    while end > 0 and _BLANK.match(lines[end - 1]):
        end -= 1
    return end


def _subject_lines(subject: str, new: NewSubject) -> list[str]:
    fields = (("id", subject), ("what", new.what), ("what_es", new.what_es), ("unit", new.unit))
    return ["[[subject]]", *(f"{name} = {toml_value(value)}" for name, value in fields)]


def _claim_lines(claim: Fields) -> list[str]:
    return ["[[subject.claim]]", *(f"{name} = {toml_value(value)}" for name, value in claim.items())]
