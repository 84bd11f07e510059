"""A whole case rebuilt: every derived table from the three lists of rows."""

from dataclasses import dataclass
from datetime import datetime

from . import arrests, conflicts, ends, headcounts, releases, removals, stays, stints, transfers, unaccounted
from .columns import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The derived tables of one case, each a list of rows; `released_at` maps a release to its instant."""

    released_at: dict[str, datetime | None]
    earliest: dict[str, datetime | None]
    stints: list[Row]
    stays: list[Row]
    episodes: list[Row]
    arrest_stays: list[Row]
    removals: list[Row]
    stay_removals: list[Row]
    stay_ends: list[Row]
    chain_ends: list[Row]
    transfers: list[Row]
    unaccounted: list[Row]
    conflicts: list[Row]

    def headcount(
        self, release: str, definition: str, group: str = "detention_facility_code", *, fill: bool = True
    ) -> headcounts.Counts:
        """Count one release by a named definition: {(group, date): (n, n_lo, n_hi, width by each cause)}."""
        seen = headcounts.Seen(released_at=self.released_at[release], earliest=self.earliest[release])
        return headcounts.headcount(
            self.stints, self.unaccounted, release, definition, group, seen, fill=fill
        )


def rebuild(
    detentions: list[Row],
    arrest_rows: list[Row],
    removal_rows: list[Row],
    *,
    released_at: dict[str, datetime] | None = None,
    longest_open_until: datetime = stays.LONGEST_OPEN_UNTIL,
    gap_hours: float = transfers.GAP_HOURS,
) -> Case:
    """Rebuild every table; `released_at` holds the casefile's settings for single releases."""
    released = releases.released_at(detentions, arrest_rows, removal_rows, released_at)
    stint_rows = stints.stints(detentions)
    stay_rows = stays.stays(stint_rows, longest_open_until)
    episode_rows = arrests.episodes(arrest_rows)
    one_each = removals.removals(removal_rows)
    end_rows = ends.stay_ends(stay_rows, one_each, released)
    transfer_rows = transfers.transfers(stint_rows, end_rows, gap_hours)
    return Case(
        released_at=released,
        earliest=releases.earliest(detentions, arrest_rows, removal_rows, released),
        stints=stint_rows,
        stays=stay_rows,
        episodes=episode_rows,
        arrest_stays=arrests.arrest_stays(stay_rows, episode_rows),
        removals=one_each,
        stay_removals=removals.stay_removals(stay_rows, one_each),
        stay_ends=end_rows,
        chain_ends=ends.chain_ends(stay_rows, end_rows),
        transfers=transfer_rows,
        unaccounted=unaccounted.unaccounted(
            stint_rows, stay_rows, end_rows, transfer_rows, released, gap_hours
        ),
        conflicts=conflicts.conflicts(stint_rows, stay_rows, one_each, released),
    )
