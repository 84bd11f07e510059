"""Claims in words: each that could be checked in a row, conditions, what does not go together, and how that
compares with a list made by hand.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from paradero.answers.books.answers import ClaimsAnswer
from paradero.answers.books.claims import CheckedClaim, ClaimFinding, ClaimOfFinding, KnownPairs
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
]  # of comma-separated text
SHOWN = ["verdict", "claim", "says", "by", "of"]  # of the table


def claim_cells(rows: Sequence[CheckedClaim]) -> list[Row]:
    """Claims as comma-separated text has them."""
    return [
        {**row.as_json(), "by": row.citations[0].by, "holds_only_if": "; ".join(row.holds_only_if)}
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
        "\n".join(_findings(answer.findings, words)),
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


def _place(claim: ClaimOfFinding) -> str:
    """Where a claim stands in a document, by the address of its mention."""
    return "" if claim.position is msgspec.UNSET else f"; {claim.position.mention}"
