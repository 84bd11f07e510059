"""The histories that the oracle and the SQL are compared on, and what must hold of every one."""

from attack.scale import draws
from hypothesis import given, settings

from .case import rebuild
from .columns import ARREST_COLUMNS, DETENTION_COLUMNS, REMOVAL_COLUMNS
from .headcounts import DEFINITIONS
from .histories import ARREST_USED, DETENTION_USED, REMOVAL_USED, History, histories, random_histories


def check_invariants(made: History) -> None:
    """Check what must hold of every history."""
    of = rebuild(made.detentions, made.arrests, made.removals, released_at=made.released_at)
    assert [row["row_id"] for row in of.stints] == sorted(row["row_id"] for row in made.detentions)
    kept = sum(row["unique_identifier"] is not None and not row["duplicate_drop_row"] for row in of.stints)
    assert sum(one["n_stints"] for one in of.stays) == kept
    assert len({one["stay_key"] for one in of.stays}) == len(of.stays) == len(of.stay_ends)
    assert sum(one["status"] != "unsigned" for one in of.transfers) == kept - len(of.stays)
    assert all(one["covered_until"] >= one["since"] for one in of.transfers if one["status"] == "late")
    assert len(of.chain_ends) == len({one["stay_key"][:2] for one in of.stays})
    for rule in ("ddp-window", "strictly-preceding", "episode"):
        of_rule = [row for row in of.arrest_stays if row["rule"] == rule]
        assert sorted(row["arrest_row"] for row in of_rule if row["arrest_row"]) == [
            row["row_id"] for row in of.episodes
        ]
        assert sorted(map(repr, (row["stay_key"] for row in of_rule if row["stay_key"]))) == sorted(
            repr(one["stay_key"]) for one in of.stays
        )
    assert all(one["size_us"] >= 0 for one in of.conflicts)


@given(histories())
@settings(max_examples=draws(25, 200), deadline=None, database=None, derandomize=True)
def test_hypothesis_histories_keep_the_invariants(made: History) -> None:
    check_invariants(made)


def test_seeded_histories_keep_the_invariants_and_reach_every_rule() -> None:
    ends, reasons, kinds, statuses = set(), set(), set(), set()
    for made in random_histories(300):
        check_invariants(made)
        of = rebuild(made.detentions, made.arrests, made.removals, released_at=made.released_at)
        statuses |= {one["status"] for one in of.transfers}
        ends |= {end["end"] for end in of.stay_ends}
        reasons |= {one["reason"] for one in of.unaccounted}
        kinds |= {one["kind"] for one in of.conflicts}
    assert ends == {
        "death",
        "removal",
        "release",
        "transfer_of_custody",
        "other_end",
        "open",
        "continued",
        "unaccounted",
        "cannot be judged",
    }
    assert len(reasons) == 7
    assert len(kinds) == 13
    assert statuses == {
        "signed",
        "late",
        "early",
        "no book-out",
        "no book-in",
        "unsigned",
        "cannot be judged",
    }


def test_shuffling_the_list_changes_nothing() -> None:
    for made in random_histories(40):
        assert rebuild(made.detentions[::-1], made.arrests[::-1], made.removals[::-1]) == rebuild(
            made.detentions, made.arrests, made.removals
        )


def test_bounds_hold_and_midnights_never_exceed_the_day() -> None:
    for made in random_histories(25):
        of = rebuild(made.detentions, made.arrests, made.removals, released_at=made.released_at)
        for release in of.released_at:
            counts = {name: of.headcount(release, name, fill=False) for name in DEFINITIONS}
            assert all(
                lo <= n <= hi and hi - lo == sum(widths)
                for cells in counts.values()
                for n, lo, hi, *widths in cells.values()
            )
            for cell, (n, *_) in counts["ddp-midnight"].items():
                assert n <= counts["ddp-any-time"].get(cell, (0, 0, 0))[0]


def test_the_columns_of_a_history_are_columns_of_the_layouts() -> None:
    address = {"release", "row_id"}
    why = {f"{name}_why_missing" for name in DETENTION_COLUMNS}
    for made in random_histories(20):
        assert all(
            {*DETENTION_USED, *address} <= set(row) <= {*DETENTION_COLUMNS, *address, *why}
            for row in made.detentions
        )
        assert all(set(row) == {*ARREST_USED, *address} for row in made.arrests)
        assert all(set(row) == {*REMOVAL_USED, *address} for row in made.removals)
    assert {*ARREST_USED} <= {*ARREST_COLUMNS}
    assert {*REMOVAL_USED} <= {*REMOVAL_COLUMNS}
