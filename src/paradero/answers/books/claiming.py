"""Check the claims of a casefile against its balance, its costs and its moments, and against each other."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import msgspec

from paradero.answers.books.books import agreements_of, balances_of, costs_of, files_of
from paradero.answers.books.costing import counts_of
from paradero.answers.books.solved import Solved
from paradero.answers.law.law_files import Filed, Law, law_of
from paradero.authored.declared import AuthoredError, Mistakes, read, seen_from, text_of
from paradero.authored.evidence import Trust
from paradero.balance.balances import Asserted, Balance
from paradero.casefile.folder import Casefile
from paradero.claims.checking import Checked, Heard, Known, check, instants
from paradero.claims.pairs import Finding, pairs_of, sets_of
from paradero.claims.standards import Held, held_against, read_standard
from paradero.claims.statements import Claim, Claims, read_claims
from paradero.law.events import ORDER_OF_THINGS, Event
from paradero.law.matrix import timeline_of
from paradero.law.orders import Order
from paradero.model.errors import CasefileError
from paradero.model.ranges import bounded
from paradero.model.time.moments import Moment
from paradero.model.units import Unit, parse_unit
from paradero.money.costing import Costed, costed

YARDSTICK = "known-pairs.toml"


class KnownPair(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Two sides that somebody found to contradict each other, by the ids of their claims; a side can have
    several.
    """

    id: str
    topic: str
    kind: str
    a: list[str]
    b: list[str]
    note: str = ""


class YardstickFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`hand/known-pairs.toml`: pairs found by hand, to count what is found and what is missed. Nothing else
    reads it. `not_one`: pairs that are found but judged to be no contradiction, each with the reason.
    """

    by: str
    dated: str
    pair: list[KnownPair]
    not_one: list[KnownPair] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClaims:
    """The claims of a casefile, each checked, what does not go together, and what each is beside the
    standards that its subject names.
    """

    checked: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The findings against a list made by hand: known pairs found and missed, findings that are not on the
    list, and those judged to be none.
    """

    found: tuple[tuple[KnownPair, Finding], ...]
    missed: tuple[KnownPair, ...]
    beyond: tuple[Finding, ...]
    spurious: tuple[Finding, ...]


def checked_case(case: Casefile) -> CaseClaims:
    """Check every claim. Raises CasefileError where there are none, AuthoredError for a mistake in a file."""
    claims = claims_of(case)
    if not claims:
        raise CasefileError(f"{case.root}: no claims in claims/. Write some: docs/how-to/write-a-claim.md.")
    balances = balances_of(case)
    solved = Solved(case, balances)
    known = _known(case, solved)
    _check_names(claims, known, balances)
    findings = [*pairs_of(claims), *(sets_of(claims, solved.balance()) if balances else [])]
    held = held_against(claims, files_of(case, "standards", read_standard))
    checked = tuple(check(claim, known) for claim in claims)
    solved.save()
    return CaseClaims(checked=checked, findings=tuple(findings), held=tuple(held))


def claims_of(case: Casefile) -> list[Claim]:
    """Every claim of the casefile by file; raises AuthoredError for a mistake in one."""
    files: tuple[Claims, ...] = files_of(case, "claims", read_claims)
    return [claim for each in files for claim in each.claims]


def check_claims(case: Casefile, claims: Sequence[Claim]) -> None:
    """Raises AuthoredError where an id stands twice, or a subject names what the casefile has not or in
    another unit.
    """
    balances = balances_of(case)
    _check_names(claims, _known(case, Solved(case, balances)), balances)


def measured(case: Casefile, claims: CaseClaims) -> Measured:
    """Hold the findings against hand/known-pairs.toml. Raises CasefileError where there is none,
    AuthoredError for a claim that does not exist.
    """
    path = case.root / "hand" / YARDSTICK
    if not path.exists():
        raise CasefileError(
            f"{path}: no such file. Write the pairs that you found by hand into it, to measure by."
        )
    declared, mistakes = read(text_of(path), YardstickFile, file=str(path)), Mistakes()
    listed = declared.form
    ids = {each.claim.id for each in claims.checked}
    for kind, pairs in (("pair", listed.pair), ("not_one", listed.not_one)):
        for number, known in enumerate(pairs):
            for name in (*known.a, *known.b):
                if name not in ids:
                    mistakes.add(
                        f"{declared.place(kind, number, 'id')}: `{name}` in `{known.id}` is not the id of a"
                        " claim. Correct the id."
                    )
    mistakes.settle()
    found = [
        (pair, finding)
        for pair in listed.pair
        if (finding := next((each for each in claims.findings if _is_it(pair, each)), None)) is not None
    ]
    missed = [pair for pair in listed.pair if not any(pair is each for each, _ in found)]
    others = [each for each in claims.findings if not any(_is_it(pair, each) for pair in listed.pair)]
    spurious = [each for each in others if any(_is_it(pair, each) for pair in listed.not_one)]
    return Measured(
        found=tuple(found),
        missed=tuple(missed),
        beyond=tuple(each for each in others if each not in spurious),
        spurious=tuple(spurious),
    )


def _is_it(pair: KnownPair, finding: Finding) -> bool:
    ids = {each.id for each in finding.claims}
    return bool(ids & set(pair.a)) and bool(ids & set(pair.b))


def _known(case: Casefile, solved: Solved) -> Known:
    balances, law = solved.balances, law_of(case)
    costs = costs_of(case, agreements_of(case), counts_of(solved))
    results: dict[str, Costed] = {
        result.id: costed(cost, result) for cost in costs for result in cost.results
    }

    @functools.cache
    def spans(count: str, sources: frozenset[str], unsaid: str | None) -> tuple[int | None, int | None]:
        return solved.spans_without(sources, unsaid=unsaid, of=count)[count]

    @functools.cache
    def moments(sources: frozenset[str], unsaid: str | None) -> Mapping[str, Moment]:
        return _Moments(law, Trust(without=tuple(sorted(sources))), unsaid)

    files: list[Event | Order] = [*law.events, *law.orders]
    said: dict[str, list[Heard]] = {name: [] for each in files for name in each.moment_names().values()}
    for each in files:
        for one in each.statements:
            said[one.of].append(Heard(by=one.said.by, seen=one.said.seen, bounds=instants(one.moment)))
    open_bounds = bounded(None, None)
    relations = [
        Heard(by=one.relation.by, seen=one.relation.seen, bounds=open_bounds)
        for each in files
        for one in each.relations
        if one.relation.by != ORDER_OF_THINGS
    ]
    counts = {
        count.id: [_heard(one) for one in count.asserted] for balance in balances for count in balance.counts
    }
    return Known(said={**said, **counts, "": relations}, spans=spans, results=results, moments=moments)


class _Moments(Mapping[str, Moment]):
    """The moments of a casefile as far as some sources bound them, each worked out when it is asked for, with
    the files that relations tie to its own.
    """

    def __init__(self, law: Law, trust: Trust, unsaid: str | None) -> None:
        self._law, self._trust, self._unsaid = law, trust, unsaid
        self._found: dict[str, Moment] = {}

    def __getitem__(self, name: str) -> Moment:
        if name not in self._found:
            tied = _tied(self._law, name.rpartition(".")[0])
            events = [self._heard_of(each) for each in self._law.events if each.id in tied]
            orders = [self._heard_of(each) for each in self._law.orders if each.id in tied]
            self._found |= timeline_of(orders, events, self._trust).moments
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        filed: list[Event | Order] = [*self._law.events, *self._law.orders]
        return (name for each in filed for name in each.moment_names().values())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _heard_of(self, file: Filed) -> Filed:
        return replace(file, statements=tuple(one for one in file.statements if one.of != self._unsaid))


def _tied(law: Law, name: str) -> set[str]:
    """The files whose moments relations tie to those of one, directly or through others."""
    filed: list[Event | Order] = [*law.events, *law.orders]
    pairs = [
        {one.of.rpartition(".")[0], one.since.rpartition(".")[0]} for each in filed for one in each.relations
    ]
    found, grown = {name}, True
    while grown:
        more = {each for pair in pairs if pair & found for each in pair}
        grown, found = not more <= found, found | more
    return found


def _heard(one: Asserted) -> Heard:
    lo, hi = (None if value is None else Fraction(value) for value in (one.lo, one.hi))
    return Heard(by=one.said.by, seen=one.said.seen, bounds=bounded(lo, hi))


def _check_names(claims: Sequence[Claim], known: Known, balances: Sequence[Balance]) -> None:
    units = {f"count {count.id}": parse_unit(count.file.unit) for one in balances for count in one.counts}
    units |= {f"result {name}": each.result.unit for name, each in known.results.items()}
    ids: dict[str, str] = {}
    mistakes = Mistakes()
    for claim in claims:
        if claim.id in ids:
            mistakes.add(
                f"{claim.place}: the id `{claim.id}` is taken by"
                f" {seen_from(claim.place, ids[claim.id])}. Choose another."
            )
        ids.setdefault(claim.id, claim.place)
        with mistakes.gathered():
            _check_subject(claim, known, units)
    mistakes.settle()


def _check_subject(claim: Claim, known: Known, units: Mapping[str, Unit]) -> None:
    """What a subject names is there, and in its unit."""
    subject = claim.subject
    for kind, name in (("count", subject.count), ("result", subject.result)):
        if name and f"{kind} {name}" not in units:
            raise AuthoredError(
                f"{claim.place}: `{name}`, on which `{subject.id}` rests, is not a {kind} of the casefile."
                " Name one that is."
            )
        if name and (unit := units[f"{kind} {name}"]) != parse_unit(subject.unit):
            raise AuthoredError(
                f"{claim.place}: claims on `{name}` are in {unit}, not in {subject.unit}. Correct the unit of"
                f" the subject `{subject.id}`."
            )
    if subject.moment and (subject.moment not in known.said or f"count {subject.moment}" in units):
        raise AuthoredError(
            f"{claim.place}: `{subject.moment}`, on which `{subject.id}` rests, is not a moment of the"
            " casefile. Name one that is, as `event.phase` or `order.act`."
        )
    if subject.moment and subject.unit != "time":
        raise AuthoredError(
            f"{claim.place}: claims on the moment `{subject.moment}` have the unit `time`, not"
            f" `{subject.unit}`. Correct the unit."
        )
