"""The names of verdicts: readable, and the same as long as the records, the rule and the readings are."""

from __future__ import annotations

from dataclasses import dataclass

from paradero.model.errors import UnknownName

FORM = (
    "RULE/VERSION[/CONSTRUCTION]@ADDRESS[+ADDRESS], ORDER/TERM[/CONSTRUCTION]@EVENT, or"
    " RULE/VERSION@SUBJECT/DAY[+ADDRESS]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictId:
    """`by` is the rule or the order, `part` its version or term, `at` the event: an address, two joined by
    `+`, an event's id, or a subject and a day.
    """

    by: str
    part: str
    construction: str | None
    at: str

    def __str__(self) -> str:
        reading = f"/{self.construction}" if self.construction else ""
        return f"{self.by}/{self.part}{reading}@{self.at}"


def parse_id(text: str) -> VerdictId:
    """Read the name of a verdict; raises UnknownName with the form expected."""
    left, at, right = text.strip().partition("@")
    parts = left.split("/", 2)
    if not at or not right or len(parts) < 2 or not all(parts):
        raise UnknownName(f"`{text}` is not the id of a verdict ({FORM}). Copy one from `paradero audit`.")
    return VerdictId(by=parts[0], part=parts[1], construction=parts[2] if len(parts) > 2 else None, at=right)
