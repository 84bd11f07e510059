"""Links between companies and what they stand behind, as pages print them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET

from paradero.answers.companies.exposure_values import CompanyCitation, Link, Party
from paradero.answers.words import Words
from paradero.figures.figure import Basis
from paradero.reports.content.blocks import Piece, Stated, Text
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.parts.evidence import basis_in_words

_FEW = 3  # citations of one step; `paradero exposure` prints all


def in_words(link: Link, language: str) -> Text:
    """A link from owner to what is run: `Company → operates → N123AB → carries → Flight`."""
    words = Words(language)
    said: list[Piece] = [Stated(text=_called(link.nodes[0], words))]
    for step, party in zip(link.edges, link.nodes[1:], strict=True):
        said += [f" → {words(f'relation_{step.relation}')} → ", Stated(text=_called(party, words))]
    return tuple(said)


def holding(link: Link, language: str) -> str:
    """Whether the relations of a link hold at one instant as stated, and whether one of them is inferred."""
    words = Words(language)
    said = words("exposure_at_once" if link.holds == "at once" else "exposure_possible")
    return f"{said}; {words('exposure_inferred')}" if link.evidence == "derived" else said


def cited(citations: Sequence[CompanyCitation], say: Wording) -> Text:
    """The first of what says so, rows as links to them and statements with who makes them, and how many more
    there are.
    """
    known = [one for one in citations if one.address is not UNSET or one.by is not UNSET]
    said = joined([basis_in_words(_basis(one), say.language) for one in known[:_FEW]], "; ")
    more = len(known) - _FEW
    return (*said, " ", *say("more_cited", n=Stated(text=f"{more:,}"))) if more > 0 else said


def _basis(one: CompanyCitation) -> Basis:
    if one.address is not UNSET:
        return Basis(address=one.address)
    return Basis(
        by=None if one.by is UNSET else one.by,
        evidence=None if one.evidence is UNSET else one.evidence,
        dated=None if one.dated is UNSET else one.dated,
        seen=() if one.seen is UNSET else tuple(one.seen),
    )


def _called(party: Party, words: Words) -> str:
    spanish = party.about.what_es
    return words.of(party.name, "" if spanish is UNSET else spanish)
