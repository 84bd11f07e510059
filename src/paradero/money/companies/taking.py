"""What is taken from other tools' files, and written as a file of companies: parties and relations with who
says so, natural persons left out and counted.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from paradero.authored.attribution import UNDATED
from paradero.model.errors import SourceError
from paradero.model.time.moments import MomentError
from paradero.model.time.reading import parse_moment

_TOML_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NO_ID = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """Who says it where the file tells, where it was seen, of when (`unknown` where it does not tell), and
    what is added in words.
    """

    by: str = ""
    seen: tuple[str, ...] = ()
    dated: str = UNDATED
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenParty:
    """A party under the id it has in its file."""

    id: str
    kind: str
    names: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]
    says: Says


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenRelation:
    """A relation between ids of its file; begin and end as texts of moments, blank where the file
    gives none.
    """

    kind: str
    source: str
    target: str
    says: Says
    begins: str = ""
    ends: str = ""
    share: tuple[float | None, float | None] = (None, None)
    is_direct: bool | None = None


@dataclass(slots=True, kw_only=True)
class Taken:
    """All of a file: what is kept, how many natural persons were left out, and what else, by sort."""

    form: str
    parties: dict[str, TakenParty] = field(default_factory=dict)
    relations: list[TakenRelation] = field(default_factory=list)
    persons: set[str] = field(default_factory=set)
    person_names: set[str] = field(
        default_factory=set
    )  # of persons in the file, to find them in what others say; never written anywhere
    left_out: Counter[str] = field(default_factory=Counter)

    def date_of(self, texts: Iterable[str]) -> str:
        """The first of some dates that can be read; one that cannot is counted, and leaves the time open."""
        given = [text for text in texts if text.strip()]
        found = next(filter(None, map(as_moment, given)), "")
        self.left_out["dates that could not be read"] += int(bool(given) and not found)
        return found

    def settle(self) -> None:
        """Leave out persons, relations that end at one or at nothing, and those that end before they begin,
        each counted by why; and persons' names in attributions.
        """
        self.parties = {
            name: replace(one, says=self._unnamed(one.says))
            for name, one in self.parties.items()
            if name not in self.persons
        }
        kept = []
        for one in (replace(each, says=self._unnamed(each.says)) for each in self.relations):
            ends = {one.source, one.target}
            if _ends_first(one):
                self.left_out["relations that end before they begin"] += 1
            elif ends & self.persons:
                self.left_out["relations of natural persons"] += 1
            elif not ends <= set(self.parties):
                self.left_out["relations with a party that was not kept"] += 1
            else:
                kept.append(one)
        self.relations = kept
        self.left_out = +self.left_out

    def _unnamed(self, says: Says) -> Says:
        """The attribution without the name of a person of the file."""
        named = any(name.strip() and name.casefold() in says.by.casefold() for name in self.person_names)
        self.left_out["attributions that name a person"] += int(named)
        return replace(says, by="") if named else says


def _ends_first(one: TakenRelation) -> bool:
    begins, ends = (parse_moment(text, zones=["UTC"]) if text else None for text in (one.begins, one.ends))
    return (
        begins is not None
        and ends is not None
        and begins.lo is not None
        and ends.hi is not None
        and ends.hi < begins.lo
    )


def as_moment(text: str) -> str:
    """A date of a file as a text that moments are read from; blank where it is none."""
    plain = text.strip().replace("T00:00:00Z", "")
    try:
        parse_moment(plain, zones=["UTC"])
    except MomentError:
        return ""
    return plain


def records_of(text: str, name: str) -> list[dict[str, object]]:
    """The records of a JSON array or of JSON lines; raises SourceError naming the line where there is no
    JSON, or no record.
    """
    stripped = text.lstrip("\ufeff \t\r\n")
    try:
        loaded = (
            json.loads(stripped)
            if stripped.startswith("[")
            else [json.loads(line) for line in stripped.split("\n") if line.strip()]
        )
        json.dumps(loaded, ensure_ascii=False).encode()
    except (RecursionError, UnicodeEncodeError) as error:
        raise SourceError(
            f"{name}: its values are nested too deep, or hold halves of letters. Download it again."
        ) from error
    except json.JSONDecodeError as error:
        whole = stripped.startswith("[")
        line = error.lineno if whole else _broken_line(text)
        raise SourceError(
            f"{name} line {line}: not valid JSON, as an array or one record a line ({error.msg}). Download"
            " it again."
        ) from error
    except ValueError as error:  # a number of thousands of digits
        raise SourceError(f"{name}: a number is too long to be read. Download it again.") from error
    records = [one for one in loaded if isinstance(one, dict)]
    if not records or len(records) < len(loaded):
        raise SourceError(
            f"{name}: {'some values are not records' if loaded else 'no records'}. Check that this is the"
            " file."
        )
    return records


def _broken_line(text: str) -> int:
    """The first line that is no JSON, of a text that has one."""
    lines = enumerate(text.removeprefix("\ufeff").split("\n"), 1)
    return next(number for number, line in lines if line.strip() and not _is_json(line))


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except json.JSONDecodeError:
        return False
    return True


def toml_text(
    taken: Taken, *, own_id: str, title: str, imported: Mapping[str, object], by: str, dated: str, where: str
) -> str:
    """The file of companies as TOML; `by` and `dated` stand where the file does not tell, `where` is what was
    seen where it names no address.
    """
    ids = {name: _party_id(own_id, name) for name in taken.parties}
    lines = [
        _line("id", own_id),
        _line("title", title),
        "",
        "[imported]",
        *(_line(name, value) for name, value in imported.items() if name != "left_out"),
    ]
    left = imported["left_out"]
    if isinstance(left, Mapping) and left:
        lines += [
            "",
            "[imported.left_out]",
            *(f"{_quoted(str(name))} = {n}" for name, n in sorted(left.items())),
        ]
    for name, party in taken.parties.items():
        lines += [
            "",
            "[[party]]",
            _line("id", ids[name]),
            _line("kind", party.kind),
            _line("name", party.names[0]),
        ]
        if party.names[1:]:
            lines.append(_line("also", party.names[1:]))
        if party.identifiers:
            pairs = ", ".join(
                f"{{ scheme = {_quoted(scheme)}, value = {_quoted(value)} }}"
                for scheme, value in party.identifiers
            )
            lines.append(f"identifier = [{pairs}]")
        lines += _attribution(party.says, name, by, dated, where)
    for one in taken.relations:
        lines += [
            "",
            "[[relation]]",
            _line("kind", one.kind),
            _line("from", ids[one.source]),
            _line("to", ids[one.target]),
            *_dates(one),
        ]
        lines += _attribution(one.says, "", by, dated, where)
    return "\n".join(lines) + "\n"


def _dates(one: TakenRelation) -> Iterable[str]:
    for name, text in (("begins", one.begins), ("ends", one.ends)):
        if text:
            yield _line(name, text)
    lo, hi = one.share
    if lo is not None and lo == hi:
        yield f"share = {float(lo)}"
    else:
        yield from (
            f"{name} = {float(value)}"
            for name, value in (("share_lo", lo), ("share_hi", hi))
            if value is not None
        )
    if one.is_direct is not None:
        yield f"direct = {'true' if one.is_direct else 'false'}"


def _attribution(says: Says, record: str, by: str, dated: str, where: str) -> list[str]:
    seen = says.seen or (f"{where}{'#' + record if record else ''}",)
    lines = [
        _line("by", says.by or by),
        _line("evidence", "record"),
        _line("seen", seen),
        _line("dated", says.dated if says.dated != UNDATED else dated),
    ]
    return [*lines, _line("note", says.note)] if says.note else lines


def _party_id(own_id: str, name: str) -> str:
    """An id of letters that no other party can have: what can be read of the file's own id, and six digits of
    its hash.
    """
    plain = _NO_ID.sub("-", name).strip("-")[:40]
    return f"{own_id}.{plain}.{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def _line(name: str, value: object) -> str:
    if isinstance(value, tuple | list):
        return f"{name} = [{', '.join(_quoted(str(one)) for one in value)}]"
    return f"{name} = {value}" if isinstance(value, int) else f"{name} = {_quoted(str(value))}"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's; control characters that TOML refuses become blanks."""
    return json.dumps(_TOML_CONTROLS.sub(" ", text), ensure_ascii=False)
