"""One person's chain of custody: every row that bears on it, in order, each with its address."""

from __future__ import annotations

from typing import Any

from paradero.building.receipts import Receipt
from paradero.building.tables import Built
from paradero.model.addresses import place_of
from paradero.model.errors import UnknownName
from paradero.model.time.clock import clock_text

TABLES = (
    "persons",
    "chains",
    "stint_spans",
    "stay_spans",
    "stay_ends",
    "transfers",
    "conflicts",
    "contradictions",
    "unaccounted",
    "arrests",
    "arrest_stays",
    "removals",
    "stay_removals",
    "releases",
    "settings",
)

_STINT_COLUMNS = (
    "detention_facility",
    "book_out_date_time_why_missing",
    "departed_date",
    "departure_country",
    "citizenship_country",
    "gender",
    "birth_year",
)

Row = dict[str, Any]


def person_numbers(built: Built, identifier: str, release: str | None) -> list[Row]:
    """The person of that id in each release that has it; an unknown id raises UnknownName, and nobody else's
    id is shown.
    """
    found = built.rows(
        "SELECT person_no, release, unique_identifier FROM persons WHERE unique_identifier = $id ORDER BY"
        " release",
        {"id": identifier},
    )
    if release is not None:
        found = [row for row in found if row["release"] == release]
    if not found:
        raise UnknownName(_nobody(built, identifier, release))
    return found


def _nobody(built: Built, identifier: str, release: str | None) -> str:
    where = f" in release {release}" if release else ""
    n_ids = built.rows("SELECT count(unique_identifier) AS n FROM persons")[0]["n"]
    hint = "Copy the whole id; ids differ between releases." if n_ids else "The casefile has no person ids."
    return f"No row{where} has the person id `{identifier}`. {hint}"


def chain_of(built: Built, person_no: int) -> dict[str, Any]:
    """The whole chain as nested lists and dicts, times as text on the clock as recorded, every row with its
    `address`.
    """
    own = {"p": person_no}
    chain = built.rows("SELECT * FROM chains WHERE person_no = $p", own)[0]
    released = built.rows(
        "SELECT released_at, released_at_from FROM releases WHERE release = $r", {"r": chain["release"]}
    )
    stints = built.rows("SELECT * FROM stint_spans WHERE person_no = $p ORDER BY place", own)
    details = _details(built, built.receipt, [stint["row_id"] for stint in stints])
    stays = built.rows(
        "SELECT s.*, e.stay_no, e.end_kind, e.end_reason, e.end_lo, e.end_hi, e.unaccounted_since,"
        " e.unaccounted_until, e.is_last_stay FROM stay_spans s JOIN stay_ends e ON e.stay_row = s.stay_row"
        " WHERE s.person_no = $p ORDER BY e.stay_no",
        own,
    )
    moves = {row["from_row"]: row for row in built.rows("SELECT * FROM transfers WHERE person_no = $p", own)}
    return {
        "unique_identifier": chain["unique_identifier"],
        "release": chain["release"],
        "released_at": clock_text(released[0]["released_at"]) if released else None,
        "released_at_from": released[0]["released_at_from"] if released else None,
        "n_detention_rows": chain["n_detention_rows"],
        "n_stints": chain["n_stints"],
        "n_stays": chain["n_stays"],
        "end": _end(chain),
        "stays": [_stay(built, stay, stints, moves, details) for stay in stays],
        "rows_without_stay": [_stint(built, stint, None, details) for stint in stints if not stint["kept"]],
        "arrests": _arrests(built, own),
        "removals": _removals(built, own),
        "unaccounted": [
            {
                "since": clock_text(row["since"]),
                "until": clock_text(row["until"]),
                "length_us": row["length_us"],
                "length_lo_us": row["length_lo_us"],
                "length_hi_us": row["length_hi_us"],
                "reason": row["reason"],
                "detention_facility_code": row["detention_facility_code"],
                "address": built.address(row["last_row"]),
                "next_address": built.address(row["next_row"]),
            }
            for row in built.rows(
                "SELECT * FROM unaccounted WHERE person_no = $p ORDER BY since, stay_row, last_row", own
            )
        ],
        "conflicts": [
            {
                "kind": row["kind"],
                "grade": row["grade"],
                "size_us": row["size_us"],
                "address": built.address(row["row_a"]),
                "other_address": built.address(row["row_b"]),
            }
            for row in built.rows(
                "SELECT * FROM conflicts WHERE person_no = $p ORDER BY row_a, kind, row_b", own
            )
        ],
    }


def _end(row: Row) -> Row:
    return {
        "kind": row["end_kind"],
        "reason": row["end_reason"],
        "lo": clock_text(row["end_lo"]),
        "hi": clock_text(row["end_hi"]),
        "unaccounted_since": clock_text(row["unaccounted_since"]),
    }


def _details(built: Built, receipt: Receipt, row_ids: list[int]) -> dict[int, Row]:
    """Columns of the original rows that stint_spans leaves out, by row number; only the row groups that hold
    them are read.
    """
    by_sheet: dict[tuple[int, int], list[int]] = {}
    for row_id in row_ids:
        place = place_of(row_id)
        by_sheet.setdefault((place.source_rank, place.sheet_number), []).append(row_id)
    found: dict[int, Row] = {}
    for (rank, sheet), ids in by_sheet.items():
        path = built.case.ingested / receipt.sources[rank].folder / f"rows-detentions-{sheet}.parquet"
        rows = {place_of(row_id).row: row_id for row_id in ids}
        relation = built.connection.read_parquet(str(path)).filter(
            f"source_row IN ({', '.join(map(str, rows))})"
        )
        columns = ("source_row", *_STINT_COLUMNS)
        for values in relation.project(", ".join(columns)).fetchall():
            row = dict(zip(columns, values, strict=True))
            found[rows[row["source_row"]]] = row
    return found


def _stay(built: Built, stay: Row, stints: list[Row], moves: dict[int, Row], details: dict[int, Row]) -> Row:
    inside = [
        stint
        for stint in stints
        if stint["kept"]
        and stay["first_place"] <= stint["place"] <= stay["last_place"]
        and stint["stay_book_in"] == stay["stay_book_in"]
    ]
    last = inside[-1]
    return {
        "number": stay["stay_no"],
        "stay_book_in": clock_text(stay["stay_book_in"]),
        "stay_book_out": clock_text(last["stay_book_out"]),
        "stint_window_in": clock_text(stay["stint_window_in"]),
        "stint_window_out": clock_text(stay["stint_window_out"]),
        "stints": [_stint(built, stint, moves.get(stint["row_id"]), details) for stint in inside],
        "end": _end(stay),
        "unaccounted_until": clock_text(stay["unaccounted_until"]),
        "address": built.address(stay["stay_row"]),
    }


def _stint(built: Built, stint: Row, move: Row | None, details: dict[int, Row]) -> Row:
    detail = details.get(stint["row_id"], {})
    return {
        "detention_facility_code": stint["detention_facility_code"],
        "detention_facility": detail.get("detention_facility"),
        "book_in": clock_text(stint["book_in"]),
        "book_out": clock_text(stint["book_out"]),
        "book_out_why_missing": (
            detail.get("book_out_date_time_why_missing") if stint["book_out"] is None else None
        ),
        "held_us": (
            None
            if stint["book_out"] is None or stint["book_in"] is None
            else stint["book_out"] - stint["book_in"]
        ),
        "detention_release_reason": stint["detention_release_reason"],
        "stay_release_reason": stint["stay_release_reason"],
        "departed": clock_text(stint["departed"]),
        "departure_country": detail.get("departure_country"),
        "next_gap_us": move["gap_us"] if move else None,
        "transfer_status": move["status"] if move else None,
        "address": built.address(stint["row_id"]),
    }


def _arrests(built: Built, own: Row) -> list[Row]:
    matches = built.rows(
        "SELECT * FROM arrest_stays WHERE person_no = $p AND status = 'matched' ORDER BY rule", own
    )
    return [
        {
            "arrested_at": clock_text(row["arrested_at"]),
            "apprehension_method": row["apprehension_method"],
            "episode": row["episode"],
            "episode_first": row["episode_first"],
            "matches": [
                {
                    "rule": match["rule"],
                    "stay": built.address(match["stay_row"]),
                    "gap_us": match["gap_us"],
                    "class": "inferred",
                }
                for match in matches
                if match["arrest_row"] == row["row_id"]
            ],
            "address": built.address(row["row_id"]),
        }
        for row in built.rows(
            "SELECT * FROM arrests WHERE person_no = $p ORDER BY arrested_at NULLS LAST, row_id", own
        )
    ]


def _removals(built: Built, own: Row) -> list[Row]:
    matches = built.rows(
        "SELECT * FROM stay_removals WHERE person_no = $p AND removal_row IS NOT NULL AND status = 'matched'",
        own,
    )
    return [
        {
            "departed": clock_text(row["departed"]),
            "departure_country": row["departure_country"],
            "copy": row["copy"],
            "matches": [
                {
                    "rule": match["rule"],
                    "stay": built.address(match["stay_row"]),
                    "gap_days": match["gap_days"],
                    "class": "inferred",
                }
                for match in matches
                if match["removal_row"] == row["row_id"]
            ],
            "address": built.address(row["row_id"]),
        }
        for row in built.rows(
            "SELECT * FROM removals WHERE person_no = $p ORDER BY departed NULLS LAST, row_id", own
        )
    ]
