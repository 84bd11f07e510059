"""Who says something, by what evidence and where it was read: declared once, for everything that people
state; and what of it is believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

# How a statement was made, the strictest first: what a court found, what was sworn, what an agency's record
# or an official says, what a tracker shows, what the press reports, what was derived by whoever wrote the
# file.
Evidence = Literal["court", "sworn", "record", "official", "tracker", "press", "derived"]

EVIDENCE: tuple[Evidence, ...] = ("court", "sworn", "record", "official", "tracker", "press", "derived")


class Sourced(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`by` says it, `evidence` is how, `seen` where it was read; `fact` is its number in the material that
    the file was written from.
    """

    by: str
    evidence: Evidence
    seen: list[str]
    fact: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What is believed: of events, statements of these kinds of evidence; of events and orders, none of the
    sources left out.

    When an order was given is not a matter of how the event is proved, so the kinds of evidence do not touch
    the times of its acts.
    """

    evidence: tuple[str, ...] = EVIDENCE
    without: tuple[str, ...] = ()

    def keeps(self, by: str, evidence: str) -> bool:
        """Whether a statement of that source and kind counts."""
        return evidence in self.evidence and by not in self.without
