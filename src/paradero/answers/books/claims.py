"""Claims as rows and as text: verdicts, what does not go together, and how that compares with a list made by
hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from paradero.answers.books.claiming import CaseClaims, Measured
from paradero.answers.instants import instant_text
from paradero.answers.words import Words
from paradero.claims.checking import VERDICTS, Checked
from paradero.claims.pairs import KINDS, Finding

Row = dict[str, Any]


def claim_row(one: Checked) -> Row:
    """A claim with its verdict, what it was held against, and under which conditions it holds."""
    claim, is_time = one.claim, one.basis.startswith("moment ")
    return {
        "id": claim.id,
        "subject": claim.subject.id,
        "what": claim.subject.what,
        "what_es": claim.subject.what_es,
        "says": claim.says,
        "definition": claim.file.definition,
        "verdict": one.verdict,
        "held_against": one.basis,
        "lo": _end(one.lo, is_time),
        "hi": _end(one.hi, is_time),
        "unit": "time" if is_time else claim.subject.unit,
        "holds_only_if": [english for english, _ in one.conditions],
        "holds_only_if_es": [spanish for _, spanish in one.conditions],
        "left_out": list(one.left_out),
        "citations": [claim.file.cited()],
    }


def finding_row(one: Finding) -> Row:
    """Claims that do not go together, with who says each."""
    meaning, meaning_es = KINDS[one.kind]
    return {
        "id": one.id,
        "kind": one.kind,
        "means": meaning,
        "means_es": meaning_es,
        "detail": one.detail[0],
        "detail_es": one.detail[1],
        "claims": [
            {
                "id": each.id,
                "subject": each.subject.id,
                "says": each.says,
                "definition": each.file.definition,
                **each.file.cited(),
            }
            for each in one.claims
        ],
    }


def measured_row(one: Measured) -> Row:
    """How many known pairs are found and missed, and what is found beside them."""
    return {
        "found": len(one.found),
        "missed": len(one.missed),
        "spurious": len(one.spurious),
        "beyond": len(one.beyond),
        "of": len(one.found) + len(one.missed),
        "pairs": [
            {"id": pair.id, "topic": pair.topic, "kind": finding.kind, "finding": finding.id}
            for pair, finding in one.found
        ],
        "missed_pairs": [{"id": pair.id, "topic": pair.topic, "kind": pair.kind} for pair in one.missed],
        "spurious_findings": [each.id for each in one.spurious],
        "beyond_findings": [each.id for each in one.beyond],
    }


def verdict_counts(claims: CaseClaims) -> Row:
    """How many claims have each verdict."""
    counted = Counter(each.verdict for each in claims.checked)
    return {verdict: counted[verdict] for verdict in VERDICTS}


def claim_table(rows: Sequence[Row], words: Words) -> list[Row]:
    """What the table of text shows of each claim that could be checked."""
    return [
        {
            "verdict": words(f"claim_{row['verdict']}"),
            "claim": row["id"],
            "says": row["says"],
            "of": words.of(row["what"], row["what_es"]),
            "by": row["citations"][0]["by"],
        }
        for row in rows
    ]


def condition_text(rows: Sequence[Row], words: Words) -> str:
    """Under which conditions claims hold that do not hold without."""
    conditions = [
        (row["id"], "; ".join(map(words.of, row["holds_only_if"], row["holds_only_if_es"])))
        for row in rows
        if row["verdict"] == "holds_only_if"
    ]
    return "\n".join(f"   {name}: {text}" for name, text in conditions) or words("claims_none")


def finding_text(rows: Sequence[Row], words: Words) -> str:
    """Every finding, by kind, with the claims in it."""
    parts: list[str] = []
    for kind in KINDS:
        of_kind = [row for row in rows if row["kind"] == kind]
        if of_kind:
            parts.append(
                f"\n{words(f'finding_{kind}'.replace(' ', '_'))} ({len(of_kind)}):"
                f" {words.of(of_kind[0]['means'], of_kind[0]['means_es'])}"
            )
        for row in of_kind:
            said = " | ".join(f"{each['says']} ({each['by']}{_place(each)})" for each in row["claims"])
            parts.append(
                f"   {row['claims'][0]['subject']}: {said} [{words.of(row['detail'], row['detail_es'])}]"
            )
    return "\n".join(parts)


def _place(claim: Row) -> str:
    """Where a claim stands in a document, by the address of its mention."""
    position = claim.get("position")
    return (
        f"; {position['document'][:12]}:{position['page']}:{position['start']}-{position['end']}"
        if position
        else ""
    )


def measured_text(row: Row, words: Words) -> str:
    """The comparison with the list made by hand."""
    parts = [
        words(
            "claims_measured",
            found=row["found"],
            of=row["of"],
            missed=row["missed"],
            spurious=row["spurious"],
            beyond=row["beyond"],
        )
    ]
    parts += [
        f"   {words('claims_missed')} {each['id']}: {each['topic']} ({each['kind']})"
        for each in row["missed_pairs"]
    ]
    parts += [f"   {words('claims_spurious')} {each}" for each in row["spurious_findings"]]
    parts += [f"   {words('claims_beyond')} {each}" for each in row["beyond_findings"]]
    return "\n".join(parts)


def _end(value: Fraction | None, is_time: bool) -> int | float | str | None:
    if value is None:
        return None
    if is_time:
        return instant_text(int(value))
    return value.numerator if value.denominator == 1 else float(value)
