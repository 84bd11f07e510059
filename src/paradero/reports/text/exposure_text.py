"""Exposure as people read it: each link with its evidence, the strongest first; and as lines of a table."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import UNSET

from paradero.answers.companies.exposure_values import CompanyCitation, Exposure, Link, Party, Step
from paradero.answers.words import Words
from paradero.model.answer import Row
from paradero.reports.text.awards_text import money_text

STEP_COLUMNS = [
    "path",
    "direction",
    "holds",
    "step",
    "relation",
    "from",
    "from_name",
    "to",
    "to_name",
    "lo",
    "hi",
    "sure_lo",
    "sure_hi",
    "share_lo",
    "share_hi",
    "direct",
    "amount",
    "unit",
    "as_of",
    "money",
    "citations",
]
_FEW = 3  # citations shown of a step
_SPANISH = {
    "a like name; nothing joins the two": "un nombre parecido; nada une a ambos",
    "performed in the facility's city; no record says that it is for the facility": (
        "ejecutado en la ciudad del centro; ningún registro dice que sea para él"
    ),
}


def step_lines(found: Exposure) -> Iterator[Row]:
    """The links as comma-separated text: one line a step."""
    for number, link in enumerate(found.paths, 1):
        for step, edge in enumerate(link.edges, 1):
            money = edge.money
            yield {
                **edge.as_json(),
                "path": number,
                "direction": link.direction,
                "holds": link.holds,
                "step": step,
                "from_name": link.nodes[step - 1].name,
                "to_name": link.nodes[step].name,
                "amount": money.amount if money else None,
                "unit": money.unit if money else None,
                "as_of": money.as_of if money else None,
                "money": money.what if money else None,
                "citations": " | ".join(map(cited_text, edge.citations)),
            }


def exposure_text(found: Exposure, words: Words, most: int) -> str:
    """What was asked for, its links in both directions, at most so many of each, and the candidates."""
    nodes = "; ".join(f"{party.name} ({', '.join(party.identifiers)})" for party in found.matched)
    lines = [words("exposure_matched", asked=found.name, nodes=nodes)]
    for direction in ("down", "up"):
        links = [link for link in found.paths if link.direction == direction]
        if links:
            lines += ["", words(f"exposure_{direction}", n=len(links))]
            lines += [
                line
                for number, link in enumerate(links[:most], 1)
                for line in _link_text(number, link, words)
            ]
            if len(links) > most:
                lines.append(words("exposure_more", n=len(links) - most))
    if not found.paths:
        lines += ["", words("exposure_none")]
    if found.n_apart:
        lines += ["", words("exposure_apart", n=found.n_apart)]
    if found.is_cut:
        lines += ["", words("exposure_cut")]
    if found.candidates:
        lines += ["", words("exposure_candidates")]
        lines += [
            f"   {one.name} ({one.key}): {words.of(one.why, _SPANISH[one.why])}" for one in found.candidates
        ]
    return "\n".join(lines)


def _link_text(number: int, link: Link, words: Words) -> list[str]:
    chain = _called(link.nodes[0], words)
    for step, party in zip(link.edges, link.nodes[1:], strict=True):
        chain += f" —{words(f'relation_{step.relation}')}{_share_text(step)}→ {_called(party, words)}"
    holds = words("exposure_at_once" if link.holds == "at once" else "exposure_possible")
    inferred = f"; {words('exposure_inferred')}" if link.evidence == "derived" else ""
    lines = [f"{number}. {chain} [{holds}{inferred}]"]
    if link.money:
        amount = money_text(link.money.amount) or words("exposure_unreadable")
        what = words(f"exposure_{link.money.what}")
        said = words("exposure_money", amount=amount, what=what, as_of=link.money.as_of or "…")
        lines.append(f"   {said}")
    return lines + [_step_text(step, words) for step in link.edges]


def _step_text(step: Step, words: Words) -> str:
    cited = "; ".join(map(cited_text, step.citations[:_FEW]))
    more = f" (+{len(step.citations) - _FEW})" if len(step.citations) > _FEW else ""
    note = f". {step.note}" if step.note else ""
    return f"   {words(f'relation_{step.relation}')}: {_when(step, words)}; {cited}{more}{note}"


def _called(party: Party, words: Words) -> str:
    spanish = party.about.what_es
    return words.of(party.name, "" if spanish is UNSET else spanish)


def _share_text(step: Step) -> str:
    lo, hi = step.share_lo, step.share_hi
    if lo is None and hi is None:
        return ""
    return (
        f" {lo:g}%"
        if lo == hi
        else f" {'…' if lo is None else f'{lo:g}'}–{'…' if hi is None else f'{hi:g}'}%"
    )


def _when(step: Step, words: Words) -> str:
    is_sure = step.sure_lo is not None and step.sure_hi is not None
    if step.lo is None and step.hi is None and not is_sure:
        return words("exposure_undated")
    bounds = f"{(step.lo or '…')[:10]} {words('to')} {(step.hi or '…')[:10]}"
    sure = f", {words('exposure_sure')} {(step.sure_lo or '')[:10]} {words('to')} {(step.sure_hi or '')[:10]}"
    return bounds + (sure if is_sure else "")


def cited_text(one: CompanyCitation) -> str:
    """A citation in one line: the address of a row and what it says, or who says it, of when, and where it
    was seen.
    """
    if one.address is not UNSET:
        return f"{one.address} {one.says}"
    if one.by is not UNSET:
        seen = "" if one.seen is UNSET else ", ".join(one.seen)
        return f"{one.by} ({one.evidence}, {one.dated}; {one.place}): {seen}"
    return "" if one.says is UNSET else one.says
