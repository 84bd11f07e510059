"""Flights of a case: legs of files matched with its records, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from paradero.answers.flights.flight_values import (
    FlightLink,
    FlightMatches,
    FlownLeg,
    ManifestCount,
    Unmatched,
)
from paradero.api.rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Flights:
    """Legs matched with the records of a case: each link, counts against counts, and what has no link."""

    matched: FlightMatches

    @property
    def legs(self) -> Rows[FlownLeg]:
        """Every leg, with the legs of other sources that may be the same flight."""
        return self._rows(self.matched.legs)

    @property
    def links(self) -> Rows[FlightLink]:
        """The missions, manifests, transfers and removals that each leg may have been, with class and
        rivals.
        """
        return self._rows(self.matched.links)

    @property
    def counts(self) -> Rows[ManifestCount]:
        """The people of each manifest against those whom the records show leaving, arriving or removed."""
        return self._rows(self.matched.counts)

    @property
    def unmatched(self) -> Unmatched:
        """Legs, missions, manifests, transfers and removals without a link."""
        return self.matched.unmatched

    def _rows(self, values: tuple[Any, ...]) -> Rows[Any]:
        return Rows(values=values, scope=self.matched.scope, digest=self.matched.digest)
