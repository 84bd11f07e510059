"""Who is who: attributed statements that two names are one person, or are not. What nobody states is not
known, never taken for different.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import msgspec

from paradero.authored.declared import Mistakes, place_in, read_on
from paradero.authored.evidence import Sourced


class Identity(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who says that these are all one person (`same`), or that each of these is another person (`different`).

    A name is a pseudonym of an order or event, the id of a cohort (then the others are, or are not, among its
    members; two cohorts that are `different` have nobody in common), or `RELEASE/unique_identifier` of a
    person in the records. A statement that no longer holds
    stays, with the reason in `withdrawn`.
    """

    same: list[str] = msgspec.field(default_factory=list)
    different: list[str] = msgspec.field(default_factory=list)
    withdrawn: str = ""

    def names(self) -> list[str]:
        """The names that the statement speaks of."""
        return self.same or self.different


class IdentitiesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`hand/identities.toml`."""

    identity: list[Identity]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """Statements of identity read from one file, with the text they were read from."""

    place: str
    text: str
    said: tuple[Identity, ...]


def read_identities(text: str, *, file: str) -> Identities:
    """Read `hand/identities.toml`; raises AuthoredError naming file, line and what is wrong."""
    declared, mistakes = read_on(text, IdentitiesFile, file=file)
    said = tuple(declared.form.identity)
    with mistakes.gathered():
        check_identities(said, text, file)
    mistakes.settle()
    return Identities(place=file, text=text, said=said)


def check_identities(said: Sequence[Identity], text: str, file: str) -> None:
    """Refuse a statement that does not link two different names one way."""
    mistakes = Mistakes()
    for number, one in enumerate(said):
        names = one.names()
        if bool(one.same) == bool(one.different) or len(set(names)) < 2 or len(set(names)) != len(names):
            place = place_in(text, file, ["identity", number, "by"])
            mistakes.add(
                f"{place}: an identity needs two or more different names, in `same` or in `different`, not"
                " in both. Correct them."
            )
    mistakes.settle()


def contradicted_names(
    said: Sequence[Identity], crowds: frozenset[str]
) -> Iterator[tuple[int, tuple[str, str], list[int]]]:
    """Where two names are said to differ that are said to be one person: the number of that statement, the
    two names, and the statements by which they are one; those of the same source alone, where these are
    enough. `crowds` are groups of people, and link nobody to anybody.
    """
    for number, one in enumerate(said):
        pairs = (
            [] if one.withdrawn else combinations([each for each in one.different if each not in crowds], 2)
        )
        for a, b in pairs:
            alike = _linking(said, a, b, crowds, by=one.by) or _linking(said, a, b, crowds, by=None)
            if alike:
                yield number, (a, b), alike


def _linking(
    said: Sequence[Identity], a: str, b: str, crowds: frozenset[str], *, by: str | None
) -> list[int]:
    """The statements of a source, or of all, by which two names are one person; none where they are not."""
    links = [
        (number, [name for name in one.same if name not in crowds])
        for number, one in enumerate(said)
        if not one.withdrawn and by in (None, one.by)
    ]
    ways: dict[str, list[int]] = {a: []}
    for _ in links:  # each name by as few statements as lead to it
        for name, way in list(ways.items()):
            for number, names in links:
                for other in names if name in names else ():
                    ways.setdefault(other, [*way, number])
    return ways.get(b, [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What the statements say together: same is transitive, different follows same; where they contradict
    each other, nothing is known.

    `groups` numbers the names that are one person; `doubted` are groups in which somebody says that two names
    differ. `apart` are the names said to differ. `members` says of a cohort and a name whether it is among
    it; `apart_cohorts` are pairs of cohorts said to have nobody in common; `closed`: every name that nobody
    links is another person (worked cases say whom they mean).
    """

    groups: Mapping[str, int]
    doubted: frozenset[int]
    apart: frozenset[frozenset[str]]
    apart_groups: frozenset[frozenset[int | str]]
    members: Mapping[tuple[str, str], frozenset[bool]]
    apart_cohorts: frozenset[frozenset[str]] = frozenset()
    closed: bool = False

    def same(self, one: str, other: str) -> bool | None:
        """Whether two names are one person; None where nobody says, or people do not agree."""
        if one == other:
            return True
        mine, its = self._group(one), self._group(other)
        if mine == its:
            return None if mine in self.doubted else True
        if frozenset((one, other)) in self.apart:
            return False
        if mine in self.doubted or its in self.doubted:
            return None
        if (
            frozenset((mine, its)) in self.apart_groups
            or self.closed
            or _other_record(self.known_as(one), self.known_as(other))
        ):
            return False
        return None

    def among(self, cohort: Sequence[str], name: str) -> bool | None:
        """Whether a person is among the members of a cohort, which goes by these names: that of its event,
        and its own, which other cohorts may have too.
        """
        said = {
            answer
            for its in cohort
            for each in self.known_as(name)
            for answer in self.members.get((its, each), ())
        }
        return said.pop() if len(said) == 1 else None

    def are_disjoint(self, one: Sequence[str], other: Sequence[str]) -> bool:
        """Whether two cohorts, which go by these names, are said to have nobody in common, and nobody is said
        to be in both.
        """
        if not any(frozenset((a, b)) in self.apart_cohorts for a in one for b in other):
            return False
        named = {name for (cohort, name) in self.members if cohort in one}
        return not any(self.among(one, name) and self.among(other, name) for name in named)

    def known_as(self, name: str) -> list[str]:
        """The names of the same person, this one first; this one alone where the statements on it contradict
        each other.
        """
        group = self._group(name)
        others = (
            []
            if group in self.doubted
            else [each for each, its in self.groups.items() if its == group and each != name]
        )
        return [name, *others]

    def _group(self, name: str) -> int | str:
        return _group(self.groups, name)


def _group(groups: Mapping[str, int], name: str) -> int | str:
    """The number of the names that are one person with this one; a name that nobody links is by itself."""
    number = groups.get(name)
    return name if number is None else number


def _other_record(mine: Iterable[str], its: Iterable[str]) -> bool:
    """Whether a release knows the two under different ids, and under none alike: an id holds for one person
    within its release.
    """
    releases = [
        {record[0] for name in names if (record := record_of(name))} for names in (list(mine), list(its))
    ]
    return bool(releases[0] & releases[1])


def record_of(name: str) -> tuple[str, str] | None:
    """Release and id of a name that is a person in the records, `RELEASE/unique_identifier`."""
    release, slash, person = name.rpartition("/")
    return (release, person) if slash and release and person else None


def links_of(
    said: Iterable[Identity],
    *,
    cohorts: frozenset[str],
    members: Iterable[tuple[str, str, bool]] = (),
    closed: bool = False,
) -> Links:
    """Put statements together. `cohorts` are the ids of groups of people: a link with one says who is among
    it; `members` says more of that.
    """
    believed = [one for one in said if not one.withdrawn]
    groups: dict[str, int] = {}
    found: dict[tuple[str, str], set[bool]] = {}
    apart: set[frozenset[str]] = set()
    crowds: dict[frozenset[str], set[bool]] = {}  # two cohorts → whether they are one, as far as it is said
    for cohort, name, answer in members:
        found.setdefault((cohort, name), set()).add(answer)
    for one in believed:
        for a, b in combinations(one.names(), 2):
            crowd = [each for each in (a, b) if each in cohorts]
            if len(crowd) == 1:
                found.setdefault((crowd[0], b if crowd[0] == a else a), set()).add(bool(one.same))
            elif crowd:
                crowds.setdefault(frozenset((a, b)), set()).add(bool(one.same))
            elif one.different:
                apart.add(frozenset((a, b)))
            else:
                _join(groups, a, b)
    apart |= _in_and_out(found)
    pairs = [tuple(sorted(pair)) for pair in apart]
    doubted = frozenset(groups[a] for a, b in pairs if a in groups and groups[a] == groups.get(b))
    return Links(
        groups=groups,
        doubted=doubted,
        apart=frozenset(apart),
        apart_groups=frozenset(frozenset((_group(groups, a), _group(groups, b))) for a, b in pairs),
        members={key: frozenset(answers) for key, answers in found.items()},
        apart_cohorts=frozenset(pair for pair, answers in crowds.items() if answers == {False}),
        closed=closed,
    )


def _in_and_out(found: Mapping[tuple[str, str], set[bool]]) -> set[frozenset[str]]:
    """Who is said to be in a group, and who is said not to be in it: they are two people."""
    sides: dict[str, dict[bool, list[str]]] = {}
    for (cohort, name), answers in found.items():
        if len(answers) == 1:
            sides.setdefault(cohort, {True: [], False: []})[next(iter(answers))].append(name)
    return {frozenset((one, other)) for each in sides.values() for one in each[True] for other in each[False]}


def _join(groups: dict[str, int], one: str, other: str) -> None:
    number = max(groups.values(), default=0) + 1
    merged = {groups.get(one), groups.get(other)} - {None}
    for name in [each for each, its in groups.items() if its in merged] + [one, other]:
        groups[name] = number
