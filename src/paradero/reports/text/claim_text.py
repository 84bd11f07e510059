"""Claims in words: each that could be checked in a row, conditions, what does not go together, and how that
compares with a list made by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec

from paradero.answers.books.answers import ClaimsAnswer
from paradero.answers.books.claims import CheckedClaim, ClaimFinding, ClaimOfFinding, HeldClaim, KnownPairs
from paradero.answers.words import Words
from paradero.claims.pairs import KINDS
from paradero.model.answer import Row

COLUMNS = [
    "id",
    "subject",
    "what",
    "what_es",
    "says",
    "definition",
    "verdict",
    "held_against",
    "lo",
    "hi",
    "unit",
    "holds_only_if",
    "by",
    "thing",
    "would_need",
]  # of comma-separated text
SHOWN = ["verdict", "claim", "says", "by", "of"]  # of the table


def claim_cells(rows: Sequence[CheckedClaim]) -> list[Row]:
    """Claims as comma-separated text has them."""
    return [
        {
            **row.as_json(),
            "by": row.citations[0].by,
            "holds_only_if": "; ".join(row.holds_only_if),
            "would_need": "; ".join(row.would_need),
        }
        for row in rows
    ]


def claim_table(rows: Sequence[CheckedClaim], words: Words) -> list[Row]:
    """What the table shows of each claim that could be checked."""
    return [
        {
            "verdict": words(f"claim_{row.verdict}"),
            "claim": row.id,
            "says": row.says,
            "of": words.of(row.what, row.what_es),
            "by": row.citations[0].by,
        }
        for row in rows
        if row.verdict != "not_checkable"
    ]


def claims_text(answer: ClaimsAnswer, words: Words) -> str:
    """What is said below the table: how many claims have which verdict, conditions, and every finding."""
    parts = [
        "\n" + words("claims_counted", **answer.summary.as_json()),
        "\n" + words("claims_conditions"),
        *(_conditions(answer.rows, words) or [words("claims_none")]),
        "\n".join(_needs(answer.rows, words)),
        "\n".join(_findings(answer.findings, words)),
        *_beside(answer.standards, words),
    ]
    return "\n".join(parts)


def pairs_text(pairs: KnownPairs, words: Words) -> str:
    """The comparison with the list made by hand."""
    lines = [
        words(
            "claims_measured",
            found=pairs.found,
            of=pairs.of,
            missed=pairs.missed,
            spurious=pairs.spurious,
            beyond=pairs.beyond,
        )
    ]
    lines += [
        f"   {words('claims_missed')} {each.id}: {each.topic} ({each.kind})" for each in pairs.missed_pairs
    ]
    lines += [f"   {words('claims_spurious')} {each}" for each in pairs.spurious_findings]
    lines += [f"   {words('claims_beyond')} {each}" for each in pairs.beyond_findings]
    return "\n".join(lines)


def _conditions(rows: Sequence[CheckedClaim], words: Words) -> list[str]:
    """Under which conditions claims hold that do not hold without."""
    return [
        f"   {row.id}: {'; '.join(map(words.of, row.holds_only_if, row.holds_only_if_es))}"
        for row in rows
        if row.verdict == "holds_only_if"
    ]


def _needs(rows: Sequence[CheckedClaim], words: Words) -> list[str]:
    """What first would make claims checkable that are not, the claims of a subject that need the same in one
    line.
    """
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.would_need:
            need = words.of(row.would_need[0], row.would_need_es[0])
            grouped.setdefault((row.subject, need), []).append(row.id)
    if not grouped:
        return []
    lines = [f"   {', '.join(ids)}: {need}" for (_, need), ids in grouped.items()]
    return ["\n" + words("claims_needs"), *lines]


def _findings(findings: Sequence[ClaimFinding], words: Words) -> list[str]:
    """Every finding, by kind, with the claims in it."""
    lines: list[str] = []
    for kind in KINDS:
        of_kind = [each for each in findings if each.kind == kind]
        if of_kind:
            means = words.of(of_kind[0].means, of_kind[0].means_es)
            lines.append(f"\n{words(f'finding_{kind}'.replace(' ', '_'))} ({len(of_kind)}): {means}")
        for each in of_kind:
            said = " | ".join(f"{one.says} ({one.by}{_place(one)})" for one in each.claims)
            lines.append(f"   {each.claims[0].subject}: {said} [{words.of(each.detail, each.detail_es)}]")
    return lines


def _beside(held: Sequence[HeldClaim], words: Words) -> list[str]:
    """What claims are beside named standards; nothing where the casefile names none."""
    if not held:
        return []
    lines = ["\n" + words("standards_head")]
    for _, group in groupby(held, key=lambda one: one.provision):
        ones = list(group)
        first = ones[0]
        if not any(line.startswith(f"   {words.of(first.standard, first.standard_es)}: ") for line in lines):
            lines.append(
                f"   {words.of(first.standard, first.standard_es)}: {words.of(first.force, first.force_es)}"
            )
        unread = "" if first.read_in_source else f", {words('standards_not_read')}"
        limit = f"{words.of(first.of, first.of_es)}, {words.of(first.limit, first.limit_es)} {_unit(first)}"
        states = limit.rstrip() if first.of else words.of(first.says, first.says_es)
        if first.called:
            states = words("standards_called", what=states, called=words.of(first.called, first.called_es))
        lines.append(f"      {first.pin}{unread}: {states}")
        if first.note:
            lines.append(f"      {words('standards_note', note=words.of(first.note, first.note_es))}")
        if first.beside == "no_number" and first.claim:
            said = "; ".join(f"{one.claim}, {one.claim_says}" for one in ones)
            lines.append(f"         {words.of(first.means, first.means_es)}: {said}")
        else:
            lines += [f"         {_one_beside(one, words)}" for one in ones]
    return lines


def _one_beside(one: HeldClaim, words: Words) -> str:
    means = words.of(one.means, one.means_es)
    if not one.claim:
        return means
    given = f"; {words('standards_given')}: {', '.join(one.given)}" if one.given else ""
    gives = f"{span_text(one.lo, one.hi)} {_unit(one)}".rstrip()
    return f"{means}: {one.claim}, {one.claim_says} ({one.by}; {one.dated}): {gives}{given}"


def _unit(one: HeldClaim) -> str:
    return "" if one.unit == "1" else one.unit


def span_text(lo: int | float | None, hi: int | float | None) -> str:
    """Bounds as `0.5` or `1 – 1.25`; an open end is `…`, never zero."""
    low, high = ("…" if each is None else f"{each:,.6g}" for each in (lo, hi))
    return low if low == high != "…" else f"{low} – {high}"


def _place(claim: ClaimOfFinding) -> str:
    """Where a claim stands in a document, by the address of its mention."""
    return "" if claim.position is msgspec.UNSET else f"; {claim.position.mention}"
