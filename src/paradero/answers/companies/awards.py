"""Federal awards: each once, with what it comes to, as of when, and the source rows that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from paradero.answers.words import Words
from paradero.building.tables import Built
from paradero.model.naming import unknown
from paradero.model.time.clock import DAY_US, day_text
from paradero.money.names import plain_name, spelt_name

Row = dict[str, Any]

TABLES = ("awards", "award_actions", "award_recipients", "award_records", "subawards")
UNIT = "USD, nominal"
COLUMNS = [
    "award_key",
    "kind",
    "parent_key",
    "piid",
    "recipient_uei",
    "recipient_name",
    "parent_uei",
    "parent_name",
    "agency",
    "office",
    "place_city",
    "place_state",
    "place_country",
    "unit",
    "obligated",
    "obligated_lo",
    "obligated_hi",
    "obligated_from",
    "obligated_actions",
    "obligated_summary",
    "actions_less_summary",
    "deobligated",
    "outlayed",
    "outlayed_as_of",
    "current_value",
    "value_as_of",
    "ceiling",
    "ceiling_as_of",
    "first_action",
    "last_action",
    "as_of",
    "n_actions",
    "n_action_rows",
    "n_summary_rows",
    "subawarded",
    "subawarded_lo",
    "n_subawards",
    "flags",
    "citations",
]
RECIPIENT_COLUMNS = [
    "recipient_key",
    "recipient_uei",
    "recipient_name",
    "parent_uei",
    "parent_name",
    "n_parents",
    "n_awards",
    "unit",
    "obligated",
    "obligated_lo",
    "obligated_hi",
    "outlayed",
    "n_outlayed",
    "ceiling_idvs",
    "ceiling_orders",
    "ceiling_contracts",
    "subawarded",
    "n_flagged",
    "as_of",
    "awards",
]
_DAYS = {
    "outlayed_as_of": "outlayed_as_of",
    "value_as_of": "value_as_of",
    "ceiling_as_of": "ceiling_as_of",
    "known_until": "as_of",
    "first_action_us": "first_action",
    "last_action_us": "last_action",
}
_NAMED = ("award_key", "piid", "recipient_uei", "parent_uei", "recipient_name", "parent_name")


def award_rows(built: Built, names: Iterable[str] = ()) -> list[Row]:
    """The awards that the names stand for (a key, a PIID, a UEI, the name of a recipient or parent), all
    without names; the largest first.

    Amounts are exact decimals in nominal US dollars, days are ISO dates, `citations` every source row with
    its part. A name is compared in capitals without punctuation, and without its legal form where none is
    spelt so; raises UnknownName with the nearest where nothing has it.
    """
    found = built.rows("SELECT * FROM awards ORDER BY obligated DESC NULLS LAST, award_key")
    wanted = _wanted(found, list(names))
    cited = _citations(built)
    return [
        _shown(row, cited.get(row["award_key"], []))
        for row in found
        if wanted is None or row["award_key"] in wanted
    ]


def recipient_rows(built: Built, awards: Iterable[Row]) -> list[Row]:
    """The recipients of these awards, each with all of its awards on record; the largest first."""
    keys: dict[str | None, list[str]] = {}
    for row in awards:
        keys.setdefault(row["recipient_key"], []).append(row["award_key"])
    found = built.rows("SELECT * FROM award_recipients ORDER BY obligated DESC NULLS LAST, recipient_key")
    return [
        {
            **{name: value for name, value in row.items() if name not in ("first_row", "known_until")},
            "as_of": _day(row["known_until"]),
            "unit": UNIT,
            "awards": keys[row["recipient_key"]],
        }
        for row in found
        if row["recipient_key"] in keys
    ]


def total_row(rows: Iterable[Row]) -> Row:
    """What the awards listed come to: obligations and subawards add, each once; states and ceilings
    do not.
    """
    listed = list(rows)
    days = [row["as_of"] for row in listed if row["as_of"]]
    bounds = {
        name: None if any(row[name] is None for row in listed) else _sum(row[name] for row in listed)
        for name in ("obligated_lo", "obligated_hi")
    }
    flags: dict[str, int] = {}
    for row in listed:
        for flag in row["flags"]:
            flags[flag] = flags.get(flag, 0) + 1
    return {
        "n_awards": len(listed),
        "unit": UNIT,
        "obligated": _sum(row["obligated"] for row in listed),
        **bounds,
        "n_actions": sum(row["n_actions"] or 0 for row in listed),
        "n_action_rows": sum(row["n_action_rows"] or 0 for row in listed),
        "as_of": max(days, default=None),
        "as_of_earliest": min(days, default=None),
        "flags": dict(sorted(flags.items())),
    }


def award_table(rows: Iterable[Row], words: Words) -> list[Row]:
    """The awards as people read them: one line each."""
    return [
        {
            words("award"): row["piid"] or row["award_key"],
            words("award_kind"): words(f"award_{row['kind']}"),
            words("award_recipient"): row["recipient_name"] or words("award_no_name"),
            words("award_obligated"): money_text(row["obligated"]),
            words("award_ceiling"): money_text(row["ceiling"]),
            words("award_as_of"): row["as_of"],
            words("award_rows"): len(row["citations"]),
            words("award_flags"): ", ".join(row["flags"]),
        }
        for row in rows
    ]


def recipient_table(rows: Iterable[Row], words: Words) -> list[Row]:
    """The recipients as people read them: one line each."""
    return [
        {
            words("award_recipient"): row["recipient_name"] or words("award_no_name"),
            words("award_parent"): row["parent_name"],
            words("award_awards"): row["n_awards"],
            words("award_obligated"): money_text(row["obligated"]),
            words("award_outlayed"): money_text(row["outlayed"]),
            words("award_as_of"): row["as_of"],
        }
        for row in rows
    ]


def money_text(value: Decimal | None) -> str | None:
    """An amount to the cent with thousands marked; None stays None."""
    return None if value is None else f"{value:,.2f}"


def _day(us: int | None) -> str | None:
    return None if us is None else day_text(us // DAY_US)


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal("0.00"))


def _wanted(rows: list[Row], names: list[str]) -> set[str] | None:
    if not names:
        return None
    found: set[str] = set()
    spelt: dict[str, set[str]] = {}
    plain: dict[str, set[str]] = {}
    for row in rows:
        for name in _NAMED:
            if row[name]:
                spelt.setdefault(spelt_name(row[name]), set()).add(row["award_key"])
                plain.setdefault(plain_name(row[name]), set()).add(row["award_key"])
    for name in names:
        keys = spelt.get(spelt_name(name)) or plain.get(plain_name(name))
        if not keys:
            known = [row[column] for row in rows for column in _NAMED if row[column]]
            raise unknown(
                "an award, a recipient or its parent",
                name,
                known,
                where_listed="`paradero awards` lists all awards.",
                compared=plain_name,
            )
        found |= keys
    return found


def _citations(built: Built) -> dict[str, list[Row]]:
    cited: dict[str, list[Row]] = {}
    for row in built.rows(
        "SELECT r.award_key, r.kind, r.row_id, r.is_counted, a.counted_row, a.modification_number,"
        " a.obligated, a.action_us FROM award_records r LEFT JOIN award_actions a ON r.kind = 'action' AND"
        " a.row_id = r.row_id ORDER BY r.award_key, r.row_id"
    ):
        one: Row = {
            "address": built.address(row["row_id"]),
            "says": row["kind"],
            "counted": row["is_counted"],
        }
        if row["kind"] == "action":
            one |= {
                "modification": row["modification_number"],
                "obligated": row["obligated"],
                "on": _day(row["action_us"]),
            }
            if not row["is_counted"]:
                one["counted_as"] = built.address(row["counted_row"])
        cited.setdefault(row["award_key"], []).append(one)
    return cited


def _shown(row: Row, citations: list[Row]) -> Row:
    shown: Row = {
        name: value
        for name, value in row.items()
        if not name.endswith("_row") and name not in _DAYS and name != "n_rows"
    }
    shown |= {name: _day(row[column]) for column, name in _DAYS.items()}
    shown |= {
        "starts": _day(row["start_us"]),
        "ends": _day(row["end_us"]),
        "unit": UNIT,
        "flags": row["flags"].split(),
        "citations": citations,
    }
    del shown["start_us"], shown["end_us"]
    return shown


def flat(row: Mapping[str, Any]) -> Row:
    """An award as one line of comma-separated text: flags and addresses separated by blanks, amounts with all
    their digits.
    """
    joined = {
        "flags": " ".join(row["flags"]),
        "citations": " ".join(one["address"] for one in row["citations"]),
    }
    return {**row, **joined}


__all__ = [
    "COLUMNS",
    "RECIPIENT_COLUMNS",
    "TABLES",
    "UNIT",
    "award_rows",
    "award_table",
    "flat",
    "money_text",
    "recipient_rows",
    "recipient_table",
    "total_row",
]
