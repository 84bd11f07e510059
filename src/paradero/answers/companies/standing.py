"""What one company stands behind: the awards it holds, the facilities and flights that links lead to, the
companies under it and over it. Nothing is joined by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import UNSET

from paradero.answers.companies.award_values import Award
from paradero.answers.companies.awards import awards_of
from paradero.answers.companies.company_graph import graph_of
from paradero.answers.companies.exposure import exposure_of
from paradero.answers.companies.exposure_values import Candidate, CompanyCitation, Exposure, Link, Party
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.model.answer import Answer
from paradero.model.errors import UnknownName

KINDS = ("company", "agency", "nonprofit", "other")
_UNIT = "USD"
_OVER = ("owns", "parent_of", "controls")


class CompanyAward(Answer, frozen=True, kw_only=True):
    """An award that the company holds (`via` is `itself`) or that a company under it holds (`under`).

    `payment` says whether a payment is `reported` or `not reported`, `actions` whether the records have the
    award `whole` or `part` of its actions: then the obligated amount is what those on record come to. Amounts
    are nominal US dollars; None is not recorded.
    """

    company: str
    company_name: str
    via: str
    holder: str
    award_key: str
    piid: str
    kind: str
    agency: str | None
    obligated_lo: Decimal | None
    obligated_hi: Decimal | None
    payment: str
    outlayed: Decimal | None
    outlayed_as_of: str | None
    ceiling: Decimal | None
    ceiling_as_of: str | None
    as_of: str | None
    actions: str
    unit: str
    rows: list[str]


class CompanyReach(Answer, frozen=True, kw_only=True):
    """A facility (`facility`) or flight (`leg`) that links lead to. `sure` is `yes` where all relations of
    one of the links hold at one instant as they are stated and none of them is inferred, else `no`.
    """

    company: str
    company_name: str
    kind: str
    key: str
    name: str
    name_es: str
    sure: str
    links: list[Link]
    citations: list[CompanyCitation]


class Standing(Answer, frozen=True, kw_only=True):
    """A company, what it stands behind, who stands behind it, and what is merely alike: joined to nothing.

    `over` are links that end at the company. `n_apart` and `is_cut` are those of `Exposure`; `has_awards`
    is False where the casefile has no records that could name an award.
    """

    company: Party
    awards: list[CompanyAward]
    facilities: list[CompanyReach]
    flights: list[CompanyReach]
    over: list[Link]
    subawards: list[Link]
    candidates: list[Candidate]
    n_apart: int
    is_cut: bool
    has_awards: bool


def standing_of(case: Casefile, name: str) -> Standing:
    """What a company stands behind, by its key or by a name that is nobody else's. Raises UnknownName with
    near names where there is none, with the keys where several have the name, and for what is no company.
    """
    found = exposure_of(graph_of(case), name)
    company = _one(found)
    awards = awards_of(case).rows if sources_of(case) else []
    down = [link for link in found.paths if link.direction == "down"]
    up = [link for link in found.paths if link.direction == "up"]
    return Standing(
        company=company,
        awards=_awards(company, down, {one.award_key: one for one in awards}),
        facilities=_reached(company, down, "facility"),
        flights=_reached(company, down, "leg"),
        over=_over(up),
        subawards=_subawards(up),
        candidates=found.candidates,
        n_apart=found.n_apart,
        is_cut=found.is_cut,
        has_awards=bool(awards),
    )


def _one(found: Exposure) -> Party:
    """The party that the name stands for: parties of one name that nothing joins are never made one."""
    if len(found.matched) > 1:
        keys = " or ".join(f"`{one.key}`" for one in sorted(found.matched, key=lambda one: one.key))
        raise UnknownName(
            f"`{found.name}` is the name of {len(found.matched)} parties that no record joins. Ask for one"
            f" by its key: {keys}."
        )
    (company,) = found.matched
    if company.kind not in KINDS:
        raise UnknownName(
            f"`{found.name}` is no company ({company.kind}). `paradero exposure` follows its links."
        )
    return company


def _awards(company: Party, links: Iterable[Link], known: dict[str, Award]) -> list[CompanyAward]:
    """Each award once, the largest first; one that is reached both ways is the company's own."""
    holders: dict[str, tuple[str, str]] = {}
    for link in links:
        for place, step in enumerate(link.edges):
            if step.relation == "holds":
                award = next(
                    key.partition(":")[2]
                    for key in link.nodes[place + 1].identifiers
                    if key.startswith("award:")
                )
                via = "itself" if step.source == company.key else "under"
                if via == "itself" or award not in holders:
                    holders[award] = (via, link.nodes[place].name)
    # a key is compared without its capitals, as keys of nodes are
    by_key = {key.upper(): one for key, one in known.items()}
    found = [
        _award(company, by_key[key.upper()], *held) for key, held in holders.items() if key.upper() in by_key
    ]
    return sorted(found, key=lambda one: (one.via, -(one.obligated_hi or Decimal(0)), one.award_key))


def _award(company: Party, one: Award, via: str, holder: str) -> CompanyAward:
    return CompanyAward(
        company=company.key,
        company_name=company.name,
        via=via,
        holder=holder,
        award_key=one.award_key,
        piid=one.piid or one.award_key,
        kind=one.kind,
        agency=one.agency,
        obligated_lo=one.obligated_lo,
        obligated_hi=one.obligated_hi,
        payment="not reported" if one.outlayed is None else "reported",
        outlayed=one.outlayed,
        outlayed_as_of=one.outlayed_as_of,
        ceiling=one.ceiling,
        ceiling_as_of=one.ceiling_as_of,
        as_of=one.as_of,
        unit=_UNIT,
        actions="part" if "actions_missing" in one.flags else "whole",
        rows=[each.address for each in one.citations if each.counted],
    )


def _reached(company: Party, links: Iterable[Link], kind: str) -> list[CompanyReach]:
    """Each place or flight at the end of links, with all of these, those that hold as stated first."""
    ends: dict[str, list[Link]] = {}
    for link in links:
        if link.nodes[-1].kind == kind:
            ends.setdefault(link.nodes[-1].key, []).append(link)
    found = []
    for key, to in ends.items():
        party = to[0].nodes[-1]
        spanish = party.about.what_es
        found.append(
            CompanyReach(
                company=company.key,
                company_name=company.name,
                kind=kind,
                key=key,
                name=party.name,
                name_es="" if spanish is UNSET else spanish,
                sure="yes" if any(_is_backed(link, to) for link in to) else "no",
                links=sorted(to, key=lambda link: (not _is_sure(link), len(link.edges))),
                citations=[cited for link in to for step in link.edges for cited in step.citations],
            )
        )
    return sorted(found, key=lambda one: (one.name, one.key))


def _is_sure(link: Link) -> bool:
    """Whether a link holds as stated, none of it inferred."""
    return link.holds == "at once" and link.evidence != "derived"


def _is_backed(link: Link, links: Sequence[Link]) -> bool:
    """Whether a link is sure; to a flight, none of its steps may rest on one statement alone either. However
    many outlets a statement names, they may pass on one word.
    """
    if not _is_sure(link) or link.nodes[-1].kind != "leg":
        return _is_sure(link)
    way = [(one.relation, party.key) for one, party in zip(link.edges, link.nodes[1:], strict=True)]
    same = [
        one
        for one in links
        if _is_sure(one)
        and [(e.relation, p.key) for e, p in zip(one.edges, one.nodes[1:], strict=True)] == way
    ]
    for at in range(len(link.edges)):
        cited = [one for each in same for one in each.edges[at].citations]
        by = {one.by for one in cited if one.by is not UNSET}
        if len(by) < 2 and all(one.address is UNSET for one in cited):
            return False
    return True


def _subawards(links: Iterable[Link]) -> list[Link]:
    """Links that end in a subaward to the company, one an award, those with the largest amounts first."""
    found = {link.nodes[-2].key: link for link in links if link.edges[-1].relation == "subcontracts"}
    return sorted(found.values(), key=lambda link: (-_amount(link), link.nodes[-2].key))


def _amount(link: Link) -> Decimal:
    money = link.edges[-1].money
    return Decimal(0) if money is None or money.amount is None else money.amount


def _over(links: Iterable[Link]) -> list[Link]:
    """Links from those who own, control or are named as parent of the company; each pair of ends once."""
    found = {link.nodes[0].key: link for link in links if all(step.relation in _OVER for step in link.edges)}
    return [found[key] for key in sorted(found)]
