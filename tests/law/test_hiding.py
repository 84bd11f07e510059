"""Hiding a cell or widening a time never makes a rule claim more: it may only turn a verdict into
`undetermined`, or make its event vanish.

Small histories are drawn from fixed seeds; each is judged beside copies in which one cell is hidden or one
clock time is cut to its day, all in one run, every history and copy a release of its own. A verdict that
appears on an event that had none is a claim too many, except where the same person had the same verdict
before (of several rows that state one thing the first stands for all: hide it there, and the next one stands
for them), and except where rows of the person contradicted each other: a verdict that was open because two
rows cannot both be right may come back when one of the two is hidden.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb
import pytest
from attack.scale import draws
from contradicting import contradictions

from paradero.building.trials import Trial, place_in_trial, run_trials
from paradero.law.judging import define_test
from paradero.law.rules import built_in_rules, law_steps, variants
from paradero.model.time.clock import HOUR_US

Row = dict[str, Any]
Key = tuple[Any, ...]

HISTORIES, COPIES, FIRST_SEED = draws(350, 700), 6, 7000
SAYS = ("violated", "complied")
# what stands in none of these records, so that the rule never says either
NEVER_SHOWN = {"child-beyond-72-hours", "death-in-custody", "detainer-48-hours", "removal-period"}
GROUNDS = (
    "deportation_ordered_yes_no", "order_to_show_cause_served_yes_no", "biometric_match_yes_no", "statements_made_yes_no",
)  # fmt: skip

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DAYS = [
    datetime(2025, 5, 5),
    datetime(2025, 3, 8),
    datetime(2025, 6, 22),
    datetime(2025, 6, 24),
    datetime(2024, 12, 20),
    datetime(2025, 8, 1),
    datetime(2023, 7, 1),
]
CLOCKS = [
    timedelta(hours=8, seconds=5),
    timedelta(hours=12, minutes=30),
    timedelta(0),
    timedelta(hours=22, minutes=15, seconds=7),
    timedelta(hours=2, minutes=1),
]
STINTS = [
    9 * HOUR,
    2 * HOUR,
    13 * HOUR,
    3 * DAY,
    12 * HOUR,
    26 * DAY,
    75 * HOUR,
    100 * DAY,
    200 * DAY,
    timedelta(0),
    -3 * HOUR,
]
GAPS = [timedelta(0), MINUTE, 4 * HOUR, 20 * HOUR, 26 * HOUR, 40 * HOUR, 12 * DAY, -HOUR, -7 * HOUR]
ARRESTED = [HOUR, 3 * HOUR, 26 * HOUR, 40 * HOUR, 3 * DAY, 12 * DAY, -HOUR, -20 * HOUR]
METHODS = ["Located", "Located", "Custodial Arrest", "CAP Local Incarceration", "Non-Custodial Arrest", None]
ENDS = [
    "Removed",
    "Removed",
    "Bonded Out - Field Office",
    "Order of Supervision",
    "Transferred",
    "Died",
    "Voluntary departure",
    "U.S. Marshals",
    None,
]
STATUSES = ["8-Excluded/Removed - Inadmissibility", "8-Excluded/Removed - Inadmissibility", "6-Deported/Removed - Deportability", "ACTIVE", "3-Voluntary Departure Confirmed",
            "7-Died", None]  # fmt: skip
CATEGORIES = [
    "[8B] Excludable / Inadmissible - Under Adjudication by IJ",
    "[16] Reinstated Final Order",
    "[8F] Expedited Removal",
    "[2A] Deportable - Under Adjudication by IJ",
    None,
]
BY_A_JUDGE = "[8C] Excludable / Inadmissible - Administrative Final Order Issued"
# what processing and category of a departure say of its order
ORDERED = [
    ("Expedited Removal (I-860)", "[8F] Expedited Removal"),
    ("Reinstatement of Deport Order I-871", "[16] Reinstated Final Order"),
    ("Administrative Deportation I-851/I-851A", "[11] Administrative Deportation / Removal"),
    ("Warrant of Arrest/Notice to Appear", "[8D] Excludable / Inadmissible - Under Adjudication by BIA"),
    ("Expedited Removal with Credible Fear", "[8G] Expedited Removal - Credible Fear Referral"),
    ("Other", "[5C] Relief Granted - Withholding of Deportation / Removal"),
]
COUNTRIES = ["MEXICO", "CUBA", "CHINA", "CHINA, PEOPLES REPUBLIC OF", "STATELESS", None]
PLACES = [("HOLD", "EXAMPLE HOLD ROOM", "TEXAS"), ("AAAA", "EXAMPLE COUNTY JAIL", "TEXAS"), ("BBBB", "EXAMPLE DETENTION CENTER", "LOUISIANA"),
          ("CCCC", "EXAMPLE STAGING FACILITY", "ARIZONA")]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """One release of the run: the history of a seed, as drawn, or with one cell changed."""

    seed: int
    change: str
    rows: dict[str, list[Row]]
    drawn: dict[str, list[Row]]
    released_at: datetime | None

    def person(self, kind: str, number: int) -> Any:
        """Whose row it was before anything was hidden; a row that never had a person stands for itself."""
        person = self.drawn[kind][number - 1].get("unique_identifier")
        return person if person is not None else f"{kind} {number}"


def draw(rng: random.Random) -> dict[str, list[Row]]:
    """Draw the stays of one to three people, with arrests, removals and lists of facilities; what is said of
    a person is the same on all rows, or blank.
    """
    pick = rng.choice
    made: dict[str, list[Row]] = {"detentions": [], "arrests": [], "removals": [], "facilities": []}
    for person in pick([["a"], ["a"], ["a", "b"], ["a", "b", None]]):
        traits = {
            "birth_year": pick([1980, 2007, 2015, 2007, 2018]),
            "citizenship_country": pick(COUNTRIES),
            "gender": pick(["Male", "Female"]),
        }
        born, begin = {"birth_country": pick(COUNTRIES)}, pick(DAYS) + pick(CLOCKS)
        for _ in range(pick([1, 1, 2])):
            stints, begin = stay(rng, begin, {"unique_identifier": person, **blanked(rng, traits), **born})
            made["detentions"] += stints
            for _ in range(pick([0, 1, 1, 2])):
                made["arrests"].append({
                    "unique_identifier": pick([person, person, person, None]), "apprehension_date_time": cut(rng, stints[0]["stay_book_in_date_time"] - pick(ARRESTED)),
                    "apprehension_method": pick(METHODS), "apprehension_state": pick(["TEXAS", "LOUISIANA", None]), **blanked(rng, traits),
                    **{name: stints[-1][name] for name in ("departed_date", "final_order_date")},
                })  # fmt: skip
            if pick([False, True]):
                made["removals"].append({
                    "unique_identifier": person, "departed_date": stints[-1]["departed_date"] or (begin - pick(GAPS)).replace(hour=0, minute=0, second=0, microsecond=0),
                    "processing_disposition": pick(["Warrant of Arrest/Notice to Appear", "Reinstatement of Deport Order I-871", None]),
                    **{name: stints[-1][name] for name in ("case_status", "case_category", "final_order_yes_no", "final_order_date", "departure_country")}, **blanked(rng, traits), **born,
                })  # fmt: skip
    for code, name, state in PLACES:
        if pick([True, True, False]):
            made["facilities"].append({"detention_facility_code": code, "detention_facility": name, "state": state, "capacity": pick([1.0, 1.0, 2.0, None]),
                                       "area_of_responsibility": pick(["Dallas", "New Orleans"])})  # fmt: skip
    if pick([True, False, False]):
        made["detentions"].append(dict(pick(made["detentions"])))
    return {
        kind: [{name: value for name, value in row.items() if value is not None} for row in rows]
        for kind, rows in made.items()
    }


def besides(rng: random.Random, rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The same history with what else is told of it: detainers, placements in segregation, what lists say of
    facilities and arrests of proceedings.
    """
    pick = rng.choice
    detainers = []
    for stint in rows["detentions"]:
        if "book_in_date_time" in stint and pick([True, False, False]):
            lodged = stint["book_in_date_time"] - pick([HOUR, 20 * HOUR, 60 * HOUR, 9 * DAY, -HOUR])
            detainers.append({
                "unique_identifier": pick([stint.get("unique_identifier"), None]),
                "detainer_prepare_date": pick([lodged, cut(rng, lodged), None]),
                "detention_facility_code": "JAIL",
                **dict.fromkeys(GROUNDS, "NO"),
                pick(GROUNDS): pick(["YES", "NO", "NO", None]),
            })  # fmt: skip
    facilities = [
        {
            **row,
            "over_72": pick(["Under 72", "Over 72", None]),
            "male_female": pick(["Male", "Female/Male", None]),
            "contract_expiry": pick([None, pick(DAYS).replace(hour=0) - pick([3, 30]) * DAY]),
            "list_date": pick([None, pick(DAYS).replace(hour=0) + pick([0, 40]) * DAY]),
            "inspection_frequency": pick(["Annual", "Biennial", "N/A", None]),
            "last_inspection_date": pick([None, pick(DAYS).replace(hour=0) - pick([90, 500]) * DAY]),
        }
        for row in rows["facilities"]
    ]
    made = {
        **rows,
        "removals": rows["removals"] + [row for person in ("p", "q") for row in ordered(rng, person)],
        "arrests": [
            {
                **row,
                "case_category": pick([*CATEGORIES, BY_A_JUDGE, BY_A_JUDGE]),
                "case_status": pick(STATUSES),
            }
            for row in rows["arrests"]
        ]
        + [
            {
                "unique_identifier": pick(["r", "r", None]),
                "apprehension_date_time": pick(DAYS),
                "citizenship_country": pick(["UNITED STATES", "UNITED STATES", "MEXICO", None]),
            }
            for _ in range(pick([0, 1, 2]))
        ],
        "facilities": facilities,
        "detainers": detainers,
        "segregation": [placement(rng) for _ in range(pick([0, 1, 2]))],
        "deaths": [listed_death(rng, rows["detentions"])] if pick([True, False]) else [],
        "court_bonds": [bond(rng) for _ in range(pick([0, 0, 1]))],
    }
    return {
        kind: [{name: value for name, value in row.items() if value is not None} for row in of_kind]
        for kind, of_kind in made.items()
    }


def ordered(rng: random.Random, person: str) -> list[Row]:
    """Draw what removal rows say of the order that one departure was under, in one row or two."""
    pick, day = rng.choice, rng.choice(DAYS).replace(hour=0)
    disposition, category = pick(ORDERED)
    row = {
        "unique_identifier": pick([person, person, None]),
        "departed_date": day,
        "processing_disposition": pick([disposition, disposition, "Other", None]),
        "case_category": pick([category, category, BY_A_JUDGE, None]),
        "case_status": pick(STATUSES),
        "final_charge_section": pick(["212a6Ai", "212a7AiI", "237a2Aiii", None]),
        "entry_status": pick(["PWA Mexico", "PWA Mexico", "Not  Applicable", None]),
        "entry_date": day - pick([3, 731, 732, 733, 900]) * DAY,
        "final_order_date": day - pick([0, 1, 2]) * DAY,
        "prior_deport_yes_no": pick(["YES", "NO", None]),
        "citizenship_country": pick(["CUBA", "MEXICO", None]),
        "departure_country": pick(["CUBA", "MEXICO", None]),
    }
    again = {name: pick([value, value, None]) for name, value in row.items()} | {"departed_date": day}
    return [row, again][: pick([1, 2])]


def stay(rng: random.Random, begin: datetime, person: Row) -> tuple[list[Row], datetime]:
    """Draw the stints of one stay and the begin of the next; the columns of the stay and of the case are the
    same on all its rows.
    """
    pick, rows, now = rng.choice, [], begin
    for _ in range(pick([1, 1, 2, 3, 4])):
        out, place = now + pick(STINTS), pick(PLACES)
        rows.append({**person, "book_in_date_time": cut(rng, now), "book_out_date_time": pick([out, out, out, out, cut(rng, out), None]),
                     "detention_facility_code": pick([place[0], place[0], place[0], None]), "detention_facility": place[1],
                     "detention_release_reason": "Transferred"})  # fmt: skip
        now = out + pick(GAPS)
    rows[-1]["detention_release_reason"] = pick(
        ["Removed", "Order of Supervision", "Transferred", "Died", None]
    )
    end = rows[-1]["book_out_date_time"] or now
    left = (end + pick([0, 0, 0, 1, -1, 3]) * DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    ordered = (begin + pick([-400, -20, 0, 1, 15]) * DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    shared = {
        "stay_book_in_date_time": rows[0]["book_in_date_time"], "stay_book_out_date_time": pick([rows[-1]["book_out_date_time"], rows[-1]["book_out_date_time"], None]),
        "stay_release_reason": pick(ENDS), "final_order_yes_no": pick(["YES", "YES", "NO", None]), "final_order_date": pick([ordered, ordered, left + 3 * DAY, None]),
        "case_status": pick(STATUSES), "case_category": pick(CATEGORIES), "departed_date": pick([left, left, None]), "departure_country": pick(COUNTRIES),
        "bond_posted_date": pick([None, (begin + pick([0, 1, 3, -40]) * DAY).replace(hour=0, minute=0, second=0, microsecond=0)]),
    }  # fmt: skip
    return [{**row, **shared} for row in rows], now + pick([2 * DAY, 30 * DAY, HOUR])


def placement(rng: random.Random) -> Row:
    """Draw a report on a placement in segregation, or a line of a log."""
    pick = rng.choice
    placed = pick(DAYS) + pick(CLOCKS)
    released = placed + pick([2, 14, 15, 16, 29, 31, 60, -3]) * DAY + pick([timedelta(0), HOUR, -HOUR])
    days = (released.date() - placed.date()).days
    return {
        "facility": pick(["EXAMPLE A", "EXAMPLE B", None]),
        "placement_date": pick([placed, placed, cut(rng, placed), None]),
        "release_date": pick([released, released, cut(rng, released), None]),
        "stated_days": pick([float(days), float(days + 1), float(days + 40), 1.0, None]),
        "report_type": pick(["72 Hour", "14 Day", "72 Hour", None]),
        "created_at": pick([placed + pick([HOUR, 60 * HOUR, 90 * HOUR, 20 * DAY, -DAY]), None]),
        "placement_reason": pick(["Disciplinary", "Disciplinary", "Protective Custody", "fighting", None]),
        "is_disciplinary": pick(["Y", "N", None, None]),
        "mental_illness": pick(["None", "Mental Illness", "Under review", None]),
        "compliance_with_standards": pick(["Yes", "No", None]),
        "attorney_of_record": pick(["Yes", "No", None]),
        "attorney_notification": pick(["Yes", "No", None]),
    }


def listed_death(rng: random.Random, stints: list[Row]) -> Row:
    """Draw a row of a list of deaths: of somebody who was held, or of nobody."""
    pick, stint = rng.choice, rng.choice(stints)
    died = stint.get("book_out_date_time", pick(DAYS)) + pick([timedelta(0), 2 * HOUR, 3 * DAY, 40 * DAY])
    began = stint.get("stay_book_in_date_time", pick(DAYS))
    return {
        "unique_identifier": pick([stint.get("unique_identifier"), None, None]),
        "detention_facility_code": stint.get("detention_facility_code", "AAAA"),
        "death_date": pick([died, cut(rng, died), died.replace(hour=0, minute=0, second=0)]),
        "custody_began": pick([began.replace(hour=0, minute=0, second=0), began, None]),
        "custody_ended": pick([died - pick([HOUR, 2 * DAY, 90 * DAY]), None, None, None]),
        "notified_date": pick([died + pick([HOUR, 30 * HOUR, 4 * DAY, -DAY]), None]),
        "published_date": pick([died + pick([5 * DAY, 29 * DAY, 40 * DAY]), None]),
        "gender": pick(["M", "F", None]),
    }


def bond(rng: random.Random) -> Row:
    """Draw a bond proceeding of an immigration court."""
    pick, day = rng.choice, rng.choice(DAYS).replace(hour=0)
    return {
        "idncase": pick(["900", None]),
        "requested": pick([day, day, None]),
        "hearing_date": pick([day + pick([1, 7, 9, 30, -2]) * DAY, None]),
        "completed": pick([day + pick([2, 8, 40]) * DAY, None]),
    }


def cut(rng: random.Random, time: datetime) -> datetime:
    """Cut a time to its day, one time in eight."""
    return time.replace(hour=0, minute=0, second=0, microsecond=0) if rng.random() < 0.125 else time


def blanked(rng: random.Random, traits: Row) -> Row:
    """Leave each trait out, one time in six."""
    return {name: value for name, value in traits.items() if rng.random() > 0.17}


def changed(rng: random.Random, rows: dict[str, list[Row]]) -> tuple[str, dict[str, list[Row]]]:
    """Hide one cell, or cut one clock time to its day."""
    kind, number, name = rng.choice(
        [
            (kind, number, name)
            for kind, of_kind in rows.items()
            for number, row in enumerate(of_kind)
            for name in row
        ]
    )
    value = rows[kind][number][name]
    is_widened = (
        isinstance(value, datetime) and value.hour + value.minute + value.second > 0 and rng.random() < 0.4
    )
    row = (
        {**rows[kind][number], name: value.replace(hour=0, minute=0, second=0, microsecond=0)}
        if is_widened
        else {n: v for n, v in rows[kind][number].items() if n != name}
    )
    return f"{'day only' if is_widened else 'hidden'}: {name} of {kind} {number + 1}, {value}", {
        **rows,
        kind: [*rows[kind][:number], row, *rows[kind][number + 1 :]],
    }


def copies() -> Iterator[Copy]:
    """Make every history and its copies."""
    for seed in range(FIRST_SEED, FIRST_SEED + HISTORIES):
        rng = random.Random(seed)
        drawn = besides(random.Random(-seed), draw(rng))
        released_at = rng.choice([datetime(2026, 6, 1), datetime(2026, 6, 1), None])
        yield Copy(seed, "", drawn, drawn, released_at)
        for _ in range(COPIES):
            yield Copy(seed, *changed(rng, drawn), drawn, released_at)


@pytest.fixture(scope="module")
def run() -> Iterator[tuple[duckdb.DuckDBPyConnection, list[Copy]]]:
    """Every history and copy, taken through the steps that the rules read from; facility codes are set apart,
    since facilities belong to no release.
    """
    made = list(copies())
    trials = [Trial(name=f"{number:05d}", rows={kind: [coded(row, number) for row in rows] for kind, rows in copy.rows.items()}, released_at=copy.released_at)
              for number, copy in enumerate(made)]  # fmt: skip
    tables = {
        name for rule in built_in_rules().values() for name in rule.test.inputs if name != "rule_versions"
    }
    connection = run_trials(trials, sorted(tables | {"sources"}))
    yield connection, made
    connection.close()


def coded(row: Row, number: int) -> Row:
    """Give a row's facility code the number of its copy."""
    return {
        name: f"{number:05d}{value}" if name == "detention_facility_code" else value
        for name, value in row.items()
    }


def judged(connection: duckdb.DuckDBPyConnection, rule_id: str) -> dict[int, dict[Key, Row]]:
    """The verdicts of a rule by copy and by event: rows as (kind, number), facilities without the number of
    the copy.
    """
    rule = built_in_rules()[rule_id]
    define_test(connection, rule, variants(rule, shift_us=HOUR_US))
    result = connection.execute(law_steps()["verdict_rows"].select)
    names = [column[0] for column in result.description or ()]
    found: dict[int, dict[Key, Row]] = defaultdict(dict)
    for values in result.fetchall():
        row = dict(zip(names, values, strict=True))
        rows = [place_in_trial(at) if at is not None else None for at in (row["event_row"], row["other_row"])]
        number = next((at[0] for at in rows if at is not None), None)
        number = int(row["subject"][:5]) if number is None else number
        subject = row["subject"][5:] if row["subject"] and row["subject"][:5].isdigit() else row["subject"]
        key = (
            row["version"],
            row["construction"],
            *(at and at[1:] for at in rows),
            subject,
            None if rows[0] else row["event_lo"],
        )
        assert key not in found[number], f"{rule_id} gives two verdicts on {key}"
        found[number][key] = row
    return found


def claims(verdicts: dict[Key, Row], copy: Copy) -> set[Key]:
    """What is claimed of each person: version, construction, verdict."""
    return {
        (key[0], key[1], row["verdict"], copy.person(*key[2]))
        for key, row in verdicts.items()
        if key[2] and row["verdict"] in SAYS
    }


@pytest.fixture(scope="module", params=sorted(built_in_rules()))
def verdicts(
    request: pytest.FixtureRequest, run: tuple[duckdb.DuckDBPyConnection, list[Copy]]
) -> tuple[str, dict[int, dict[Key, Row]]]:
    """A rule and its verdicts, judged once for all tests and then let go."""
    return request.param, judged(run[0], request.param)


def test_hiding_a_cell_claims_nothing_more(
    verdicts: tuple[str, dict[int, dict[Key, Row]]], run: tuple[duckdb.DuckDBPyConnection, list[Copy]]
) -> None:
    _, made = run
    _, found = verdicts
    wrong: list[str] = []
    for number, copy in enumerate(made):
        if not copy.change:
            before = found[number]
            claimed = claims(before, copy)
            continue
        for key, row in found[number].items():
            was = before[key]["verdict"] if key in before else None
            if row["verdict"] in (was, "undetermined") or (was is None and row["verdict"] not in SAYS):
                continue
            if was is None and key[2] and (key[0], key[1], row["verdict"], copy.person(*key[2])) in claimed:
                continue
            if contradictions(copy.drawn) - contradictions(copy.rows):
                continue
            wrong.append(told(copy, key, was, row))
    assert not wrong, f"{len(wrong)} claims too many, the first:\n{wrong[0]}"


def test_the_histories_try_every_rule(verdicts: tuple[str, dict[int, dict[Key, Row]]]) -> None:
    rule_id, found = verdicts
    said = {row["verdict"] for of_copy in found.values() for row in of_copy.values()}
    assert "undetermined" in said
    assert ("violated" in said) is (rule_id not in NEVER_SHOWN)


def told(copy: Copy, key: Key, was: str | None, row: Row) -> str:
    """A claim too many, as a person reads it: the change, the verdict before and after, the rows."""
    lines = [
        f"seed {copy.seed}, {copy.change}",
        (
            f"on {key}: {was or 'no verdict'} became {row['verdict']} (bound {row['is_bound']}, shown"
            f" {row['is_shown']})"
        ),
    ]
    for kind, rows in copy.drawn.items():
        lines += [
            f"  {kind} {number}: " + ", ".join(f"{name}={value}" for name, value in each.items())
            for number, each in enumerate(rows, 1)
        ]
    return "\n".join(lines)
