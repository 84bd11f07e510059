"""A person's decision on a mention: confirmed it becomes a claim, rejected it is kept with who and why.
Nothing becomes a claim by itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from paradero.answers.books.claiming import check_claims, claims_of
from paradero.answers.documents.claim_writing import NewSubject, new_file, with_claim
from paradero.answers.documents.document_values import Confirmed, Rejected
from paradero.authored.declared import AuthoredError, read, text_of
from paradero.building.documents import DocumentSource, check_document, document_named, document_path
from paradero.casefile.acts import commit
from paradero.casefile.folder import Casefile, locked
from paradero.claims.statements import Claim, Position, read_claims
from paradero.documents.claimable import figures_of, unit_of, units_fit
from paradero.documents.finding import find_mentions
from paradero.documents.mentions import Found
from paradero.documents.reading import read_page
from paradero.model.errors import CasefileError
from paradero.model.naming import unknown

REJECTED = "rejected-mentions.toml"
CONFIRM, REJECT = "confirm mention", "reject mention"

_MENTION = re.compile(r"([0-9a-f]{12}):(\d{1,9}):(\d{1,12})-(\d{1,12})")
_NAME = re.compile(r"[\w-][\w.-]*")


class Rejection(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One mention that somebody judged to be no claim: its address, the words there, who, when (UTC)
    and why.
    """

    mention: str
    document: str
    text: str
    by: str
    at: str
    why: str


class RejectionFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`hand/rejected-mentions.toml`."""

    rejected: list[Rejection] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the person who confirms says of the claim: who says it, by what evidence, where it was seen, of
    when it is; and who confirms.
    """

    by: str
    evidence: str
    seen: tuple[str, ...]
    dated: str
    confirmed_by: str
    definition: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where the claim goes: the file in claims/, its subject, its id; and for what is new there, the words
    for it.
    """

    file: str
    subject: str
    claim: str | None = None
    unit: str | None = None
    what: str = ""
    what_es: str = ""
    title: str = ""
    title_es: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A mention as it stands in its original now; `read_by` is the program that read its page from a picture,
    empty where none did.
    """

    document: DocumentSource
    page: int
    found: Found
    read_by: str = ""

    @property
    def id(self) -> str:
        return f"{self.document.document}:{self.page}:{self.found.start}-{self.found.end}"


def standing(case: Casefile, mention: str) -> Standing:
    """Find a mention in its original again, whose hash is checked first. Raises UnknownName where nothing is
    mentioned there, CasefileError where it changed.
    """
    place = _MENTION.fullmatch(mention)
    if place is None:
        raise unknown(
            "the address of a mention, such as 1a2b3c4d5e6f:1:120-133",
            mention,
            [],
            where_listed="`paradero documents mentions` lists them.",
        )
    document = document_named(case, place[1])
    check_document(case, document)
    page, start, end = (int(part) for part in place.groups()[1:])
    read_now = read_page(document_path(case, document), page, name=document.file_name)
    for found in find_mentions(read_now.text).found:
        if (found.start, found.end) == (start, end):
            return Standing(document=document, page=page, found=found, read_by=read_now.read_by)
    raise unknown("a mention", mention, [], where_listed="`paradero documents mentions` lists them.")


def confirm(
    case: Casefile,
    mention: str,
    target: Target,
    said: Said,
    *,
    reading: str | None = None,
    rounded: bool = False,
    compared: bool = False,
) -> Confirmed:
    """Write a mention into a file of claims, once the original and the words at the place have been checked.

    `reading` chooses where a mention can be read in several ways, or completes one without year or day;
    `rounded` takes a figure for rounded to its last written digit; `compared` says that the person held what
    a program read from a picture against the picture, without which it is not confirmed. Raises
    CasefileError where the mention was decided on before, AuthoredError where the claim would not be as
    claims have to be.
    """
    with locked(case):
        one = standing(case, mention)
        _check_undecided(case, one)
        if one.read_by and not compared:
            raise CasefileError(
                f"{one.document.file_name}, page {one.page} is a picture: “{one.found.text}” was read from"
                f" it by {one.read_by}. Compare it with the page, and confirm it with `--compared`."
            )
        path = _claims_path(case, target.file)
        figures = figures_of(one.found, reading=reading, rounded=rounded)
        own_id = _claim_id(one, target)
        claim = _claim_of(one, own_id, said, figures)
        old = text_of(path) if path.exists() else None
        unit = target.unit or unit_of(one.found)
        new = (
            NewSubject(what=target.what, what_es=target.what_es, unit=unit)
            if target.what and target.what_es
            else None
        )
        text = _written(old, path, target, claim, new)
        read = _checked(case, path, text, own_id, one, target)
        entry = {
            "mention": one.id,
            "document": one.document.sha256,
            "claim": own_id,
            "file": path.name,
            "print": claim_print(read),
            **({"read_by": one.read_by} if one.read_by else {}),
        }
        commit(case, path, text.encode(), CONFIRM, entry, by=said.confirmed_by)
        return Confirmed(mention=mention, claim=own_id, file=f"claims/{path.name}")


def reject(case: Casefile, mention: str, *, by: str, why: str) -> Rejected:
    """Keep in hand/rejected-mentions.toml that a mention is no claim. Raises CasefileError where it was
    decided on before.
    """
    if not by.strip() or not why.strip():
        raise CasefileError("`--by` or `--why` is blank. Say who rejects the mention, and why.")
    with locked(case):
        one = standing(case, mention)
        _check_undecided(case, one)
        path = case.root / "hand" / REJECTED
        old = (
            text_of(path)
            if path.exists()
            else (
                "# Mentions of documents that somebody judged to be no claim; written by `paradero documents"
                " reject`.\n"
            )
        )
        kept = {
            "mention": one.id,
            "document": one.document.sha256,
            "text": one.found.text,
            "by": by,
            "at": _now(),
            "why": why,
        }
        text = (
            old.rstrip("\n")
            + "\n\n[[rejected]]\n"
            + "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in kept.items())
        )
        read(text, RejectionFile, file=str(path))
        entry = {
            "mention": one.id,
            "document": one.document.sha256,
            "why": why,
            "print": rejection_print(Rejection(**kept)),
        }
        commit(case, path, text.encode(), REJECT, entry, by=by)
        return Rejected(mention=mention, file=f"hand/{path.name}")


def rejections_of(case: Casefile) -> dict[str, Rejection]:
    """The rejected mentions by address; raises AuthoredError for a mistake in the file."""
    path = case.root / "hand" / REJECTED
    if not path.exists():
        return {}
    return {each.mention: each for each in read(text_of(path), RejectionFile, file=str(path)).form.rejected}


def confirmed_in(claims: list[Claim]) -> dict[str, tuple[Claim, Position]]:
    """The claims that cite a position, by the address of the mention."""
    return {
        position.mention: (claim, position)
        for claim in claims
        if (position := claim.file.position) is not None
    }


def claim_print(claim: Claim) -> str:
    """SHA-256 over what was confirmed: what the subject is and its unit, and every field of the claim, its
    note too.
    """
    subject = claim.subject
    fields = {
        **msgspec.to_builtins(claim.file),
        "subject": [subject.id, subject.what, subject.what_es, subject.unit],
    }
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def rejection_print(rejection: Rejection) -> str:
    """SHA-256 over every field of a rejection."""
    return hashlib.sha256(
        json.dumps(msgspec.to_builtins(rejection), ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()


def _check_undecided(case: Casefile, one: Standing) -> None:
    confirmed = confirmed_in(claims_of(case)).get(one.id)
    if confirmed is not None:
        raise CasefileError(
            f"{one.id} is confirmed already, as the claim `{confirmed[0].id}`. Remove that from its file"
            " first if it is wrong."
        )
    rejected = rejections_of(case).get(one.id)
    if rejected is not None:
        raise CasefileError(
            f"{one.id} was rejected by {rejected.by} at {rejected.at}: {rejected.why}. Remove it from"
            f" hand/{REJECTED} first if that is wrong."
        )


def _claims_path(case: Casefile, file: str) -> Path:
    name = Path(file).name.removesuffix(".toml")
    if not _NAME.fullmatch(name) or file not in (
        name,
        f"{name}.toml",
        f"claims/{name}.toml",
        f"claims/{name}",
    ):
        raise CasefileError(f"`{file}` is not the name of a file in claims/. Name one as `money.toml`.")
    return case.root / "claims" / f"{name}.toml"


def _claim_id(one: Standing, target: Target) -> str:
    own_id = target.claim or f"{target.subject}-{one.document.document[:6]}-{one.page}-{one.found.start}"
    if not _NAME.fullmatch(own_id) or not _NAME.fullmatch(target.subject):
        raise CasefileError(
            f"`{own_id}` or `{target.subject}` has letters that an id cannot have. Use a to z, digits, `-`,"
            " `_` and `.`."
        )
    return own_id


def _claim_of(one: Standing, own_id: str, said: Said, figures: Mapping[str, object]) -> dict[str, object]:
    if not said.confirmed_by.strip():
        raise CasefileError("`--confirmed-by` is blank. Say who confirms the mention.")
    position = {
        "document": one.document.sha256,
        "page": one.page,
        "start": one.found.start,
        "end": one.found.end,
        "text": one.found.text,
        "confirmed_by": said.confirmed_by,
        "confirmed_at": _now(),
    }
    claim = {
        "id": own_id,
        **figures,
        "definition": said.definition,
        "by": said.by,
        "evidence": said.evidence,
        "seen": list(said.seen),
        "dated": said.dated,
        "note": said.note,
        "position": position,
    }
    return {name: value for name, value in claim.items() if value != "" or name not in ("definition", "note")}


def _written(
    old: str | None, path: Path, target: Target, claim: Mapping[str, object], new: NewSubject | None
) -> str:
    if old is not None:
        return with_claim(old, file=str(path), subject=target.subject, claim=claim, new_subject=new)
    if new is None:
        raise CasefileError(
            f"{path.name} is a new file and `{target.subject}` a new subject: say what it is about with"
            " --what and --what-es."
        )
    return new_file(
        id_=path.stem,
        title=target.title or path.stem,
        title_es=target.title_es or target.title or path.stem,
        subject=target.subject,
        new_subject=new,
        claim=claim,
    )


def _checked(case: Casefile, path: Path, text: str, claim: str, one: Standing, target: Target) -> Claim:
    """The new claim as it will be read: the casefile's claims with it are as they have to be, and its subject
    is in the unit of the mention.
    """
    others = [each for each in claims_of(case) if each.place.rpartition(" line ")[0] != str(path)]
    taken = next((each.place for each in others if each.id == claim), None)
    if taken is not None:
        raise AuthoredError(f"{path}: the id `{claim}` is taken by {taken}. Choose another with `--id`.")
    read = read_claims(text, file=str(path)).claims
    check_claims(case, [*others, *read])
    new = next(each for each in read if each.id == claim)
    wanted = target.unit or unit_of(one.found)
    if not units_fit(new.subject.unit, wanted, unit_of(one.found)):
        raise AuthoredError(
            f"{new.place}: `{one.found.text}` is in {wanted}, and the subject `{new.subject.id}` in"
            f" {new.subject.unit}. Name another subject, or the unit with `--unit`."
        )
    return new


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
