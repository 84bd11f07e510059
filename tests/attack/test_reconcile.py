"""No true published figure contradicts the records, whatever they hide or lack; `agrees` is said only within
the bounds and where the records cover the day.

Histories are drawn with people held since before the release and booked in after it was made. A release holds
all of them, those held since some day, or those begun in a period; cells are withheld, cut and repeated.
Figures are published from the whole history, and others that are false. What is counted here and what a
release covers is worked out row by row from the history and the released rows, with no code of the steps.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pyarrow as pa
import pytest
from reference.histories import History
from running import Batch, batch, rows_of, run

from paradero.custody import given

from . import truths
from .counted import DEFINITIONS
from .scale import draws
from .truths import FIRST, IN, MADE, OUT, PLACES, STAY_IN, Placement, Row

A_RUN = 25
COLUMNS = {
    "n_detained": "ddp-any-time",
    "n_detained_at_midnight": "ddp-midnight",
    "n": "uwchr",
    "daily_pop": "vera-24-hour",
    "midnight_pop": "vera-midnight",
}
INSTANTS = {
    "uwchr": (time(), time()),
    "ddp-midnight": (time.max, time.max),
    "vera-midnight": (time.max, time.max),
}  # else any part of the day
DAY = timedelta(days=1)
DAYS = [(FIRST - 4 * DAY + number * DAY).date() for number in range(22)]
TWICE, LACKING, OUTSIDE = (
    "cannot be judged: published twice, with different numbers",
    "cannot be judged: the release may lack people held since before it",
    "explained: outside the release",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A whole history, what was released of it, and what is stated of the release."""

    placements: list[Placement]
    detentions: list[Row]
    made: datetime | None
    covers_from: datetime | None


def others(chance: random.Random) -> list[Placement]:
    """Draw people who are held since before the first day, and people booked in after the release was
    made.
    """
    found = []
    for number in range(chance.choice([0, 1, 2, 4])):
        begin = FIRST - timedelta(days=chance.randrange(1, 60), hours=chance.randrange(24))
        end = chance.choice([None, FIRST + timedelta(hours=chance.randrange(-48, 300))])
        end = None if end is not None and end > MADE else end
        if end is None or end > begin:
            found.append(
                Placement(
                    person=f"o{number}",
                    place=chance.choice(PLACES),
                    begin=begin,
                    end=end,
                    stay_begin=begin,
                    stay_end=end,
                )
            )
    for number in range(chance.choice([0, 1, 3])):
        begin = MADE + timedelta(minutes=chance.randrange(1, 3000))
        found.append(
            Placement(
                person=f"f{number}",
                place=chance.choice(PLACES),
                begin=begin,
                end=None,
                stay_begin=begin,
                stay_end=None,
            )
        )
    return found


def drawn(seed: int) -> World:
    """Draw a history and one of the ways in which it is released."""
    chance = random.Random(seed)
    placements = [*truths.truth(chance), *others(chance)]
    known = [one for one in placements if one.begin <= MADE]
    since = FIRST + timedelta(days=chance.randrange(0, 6), hours=chance.choice([0, 0, 9]))
    until = chance.choice([MADE, since + timedelta(days=chance.randrange(1, 6))])
    kind = chance.choice(["whole", "held", "begun"])
    if kind == "held":
        known = [one for one in known if one.stay_end is None or one.stay_end >= since]
    elif kind == "begun":
        known = [one for one in known if since <= one.stay_begin <= until]
    covers_from = (
        {"whole": FIRST - 70 * DAY, "held": since, "begun": None}[kind] if chance.random() < 0.6 else None
    )
    rows = truths.hidden(chance, truths.rows_of(chance, known), in_two_orders=False) if known else []
    detentions = [row | {"release": "r", "row_id": number} for number, row in enumerate(rows, 1)]
    return World(
        placements=placements,
        detentions=detentions,
        made=chance.choice([None, MADE]),
        covers_from=covers_from,
    )


def counted(placements: list[Placement], definition: str, place: str, day: date) -> int:
    """Count persons, or placements, one by one."""
    is_counted, persons = DEFINITIONS[definition]
    units = [
        one.person if persons else str(number)
        for number, one in enumerate(placements)
        if one.place == place and is_counted(one, day)
    ]
    return len(set(units))


def published(chance: random.Random, world: World, *, is_true: bool) -> list[Row]:
    """Publish every day and place of the history, some rows twice; or other numbers, some of them twice and
    differently.
    """
    rows = []
    for day in DAYS:
        for place in [*PLACES, "NOWHERE"]:
            true = {
                column: counted(world.placements, definition, place, day)
                for column, definition in COLUMNS.items()
            }
            row: Row = {"detention_facility_code": place, "date": datetime.combine(day, time())}
            copies = chance.choice([1, 1, 1, 1, 2])
            for _ in range(copies):
                false = {column: max(0, n + chance.choice([-2, -1, 1, 3])) for column, n in true.items()}
                rows.append(row | {column: float(n) for column, n in (true if is_true else false).items()})
    return rows


def with_published(of: Batch, worlds: dict[str, World]) -> tuple[Batch, dict[int, Row]]:
    """Add the published tables to a case, and what is stated of its releases; give each published row by its
    number.
    """
    sources, days, by_id = of.tables["sources"].to_pylist(), [], {}
    for seed, (name, world) in enumerate(worlds.items()):
        for is_true in (True, False):
            rank, source = len(sources), f"{name}/{is_true}"
            sources.append(
                {
                    "source": source,
                    "source_rank": rank,
                    "release": f"{name}/r",
                    "sha256": f"{rank:064x}",
                    "file_name": source,
                }
            )
            for ordinal, row in enumerate(published(random.Random(seed), world, is_true=is_true), 1):
                place = {
                    "source": source,
                    "sheet_number": 0,
                    "ordinal": ordinal,
                    "source_sheet": "",
                    "source_row": ordinal,
                }
                days.append(place | row)
                by_id[rank * 2**38 + ordinal] = row | {"name": name, "is_true": is_true}
    settings = [
        {"release": f"{name}/r", "released_at": us(world.made), "covers_from": us(world.covers_from)}
        for name, world in worlds.items()
        if world.made or world.covers_from
    ]
    tables = of.tables | {
        "sources": pa.Table.from_pylist(sources, schema=of.tables["sources"].schema),
        "ingested_facility_days": pa.Table.from_pylist(
            days, schema=of.tables["ingested_facility_days"].schema
        ),
        "release_settings": given.table(given.RELEASE_SETTINGS, settings),
    }
    return replace(of, tables=tables), by_id


def us(at: datetime | None) -> int | None:
    return None if at is None else round((at - datetime(1970, 1, 1)).total_seconds()) * 1_000_000


def cover(world: World) -> tuple[datetime, datetime] | None:
    """Work out from when until when everybody held is in a release, as its page of the documentation says;
    None where that is nowhere.
    """
    begun = [row.get(IN) or row.get(STAY_IN) for row in world.detentions]
    latest = max((at for at in begun if at is not None), default=None)
    outs = sorted(row[OUT] for row in world.detentions if row.get(OUT) is not None)
    if latest is None:
        latest = outs[-1] if outs else None
    if latest is None:
        return None
    reasoned = [
        row[OUT] for row in world.detentions
        if row.get(OUT) is not None and (row["detention_release_reason"] is not None or row["stay_release_reason"] is not None)
    ]  # fmt: skip
    later = sorted(out.date() for out in reasoned if out.date() > latest.date())
    is_of_begun = (
        len(later) >= 2
        and 50 * len(later) >= len(outs)
        and (world.made is None or later[0] <= world.made.date())
    )
    end = datetime.combine(latest.date(), time()) - timedelta(microseconds=1)
    if world.made is not None and (world.covers_from is not None or not is_of_begun):
        end = world.made
    if world.covers_from is not None:
        return world.covers_from, end
    # where no book-in is stated the stays' stand for them, and where those are not either, the book-outs
    first_in = min(
        [row[IN] for row in world.detentions if row.get(IN) is not None]
        or [at for at in begun if at is not None]
        or outs
    )
    within = [out.date() for out in outs if out.date() <= latest.date()]
    if is_of_begun or not within:
        return None
    return datetime.combine(max(first_in.date(), within[0]) + DAY, time()), end


def is_covered(world: World, definition: str, day: date) -> bool:
    whole, (first, last) = cover(world), INSTANTS.get(definition, (time(), time.max))
    return (
        whole is not None
        and whole[0] <= datetime.combine(day, first)
        and datetime.combine(day, last) <= whole[1]
    )


def wrong(world: World, row: Row, of: Row) -> list[str]:
    """Say what is wrong with one comparison."""
    status, figure = row["status"], row["published"]
    true = counted(world.placements, row["definition"], of["detention_facility_code"], row["date"])
    covered = is_covered(world, row["definition"], row["date"])
    within = row["n_lo"] is not None and row["n_lo"] <= figure <= row["n_hi"]
    above = row["n_hi"] is not None and figure > row["n_hi"]
    faults = {
        "a true figure contradicts": (
            of["is_true"] and (status == "conflict" or status.startswith(("impossible", TWICE)))
        ),
        "judged though the records do not cover the day": (
            status in ("agrees", "explained: missing ends", "conflict", LACKING) and not covered
        ),
        "outside though covered": status == OUTSIDE and covered,
        "agrees outside the bounds": status == "agrees" and not (figure == row["n"] and within),
        "explained outside the bounds": status == "explained: missing ends" and not within,
        "a conflict that is none": (
            status == "conflict" and (within or figure == true or (above and world.covers_from is None))
        ),
        "said to lack people that it cannot lack": (
            status == LACKING and (world.covers_from is not None or not above)
        ),
    }
    return [words for words, is_fault in faults.items() if is_fault]


def differing(by_id: dict[int, Row]) -> set[tuple[int, str]]:
    """Find the figures that a source publishes again with another number."""
    groups: dict[tuple[Any, ...], dict[int, float]] = {}
    for number, row in by_id.items():
        for column in COLUMNS:
            key = (row["name"], row["is_true"], column, row["detention_facility_code"], row["date"])
            groups.setdefault(key, {})[number] = row[column]
    return {
        (number, key[2])
        for key, numbers in groups.items()
        if len(set(numbers.values())) > 1
        for number in numbers
    }


@pytest.mark.parametrize("first", range(0, draws(25, 2500), A_RUN))
def test_no_true_figure_contradicts_the_records(first: int) -> None:
    worlds = {f"s{seed}": drawn(seed) for seed in range(first, first + A_RUN)}
    worlds = {name: world for name, world in worlds.items() if world.detentions}
    made = batch(
        {name: History(detentions=world.detentions, released_at={}) for name, world in worlds.items()}
    )
    of, by_id = with_published(made, worlds)
    engine = run(of)
    compared = rows_of(
        engine,
        "SELECT published_row, definition, date, published, n, n_lo, n_hi, status, release FROM"
        " facility_day_comparisons WHERE published_row IS NOT NULL AND split_part(release, '/', 1) ="
        " split_part(source, '/', 1)",
    )
    twice = {(row["published_row"], row["series"]) for row in rows_of(engine, "repeated_figures")}
    summed = rows_of(
        engine,
        "SELECT source, what, status, n FROM reconciliation WHERE what IN ('identity', 'repeated figure') AND"
        " source LIKE '%/True'",
    )
    engine.close()
    assert len(compared) == len(by_id) * len(COLUMNS)
    said = [
        f"{row['release']}, {by_id[row['published_row']]}, {row}: {fault}"
        for row in compared
        if (fault := wrong(worlds[row["release"].split("/")[0]], row, by_id[row["published_row"]]))
    ]
    assert said[:3] == []
    assert twice == differing(by_id)
    assert [row for row in summed if row["status"].startswith("impossible")] == []
    statuses = {row["status"] for row in compared}
    assert {
        "agrees",
        "conflict",
        "explained: missing ends",
        OUTSIDE,
        LACKING,
        TWICE,
    } <= statuses  # nothing is proved where nothing is judged
