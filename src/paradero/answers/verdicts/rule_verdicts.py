"""A verdict of a rule on a recorded event, with its decisive facts and citations."""

from __future__ import annotations

from typing import Any

from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.verdict_ids import VerdictId
from paradero.law.rules import Rule, Text, Version, facts_of
from paradero.model.time.clock import MINUTE_US, clock_text
from paradero.model.verdicts import possible

Row = dict[str, Any]

IN_FORCE_HOUR = "in_force_hour"


def rule_record(read: Reading, rule_id: str, row: Row) -> Row:
    """The verdict as a record; times on the clock of the records."""
    rule = read.audited.law.rules[rule_id]
    version = rule.version(row["version"])
    construction = rule.construction(row["construction"])
    rows = [
        read.built.address(row[name])
        for name in ("event_row", "other_row")
        if read.built is not None and row[name] is not None
    ]
    day = clock_text(row["event_lo"])
    at = "+".join(
        [
            *([] if row["subject"] is None else [f"{row['subject']}/{(day or 'unknown')[:10]}"]),
            *map(str, rows),
        ]
    )
    texts = [*version.text, *(construction.text if construction else [])]
    return {
        "id": str(VerdictId(by=rule.id, part=version.id, construction=row["construction"], at=at)),
        "rule": rule.id,
        "version": version.id,
        "order": None,
        "construction": row["construction"],
        "nature": rule.file.nature,
        "severity": rule.file.severity,
        "release": row["release"],
        "subject": row["subject"] or row["unique_identifier"],
        "event": rule.file.event,
        "event_from": clock_text(row["event_lo"]),
        "event_until": clock_text(row["event_hi"]),
        "event_clock": "as recorded",
        "verdict": row["verdict"],
        "possible": [str(each) for each in possible(row["is_bound"], row["in_force"], row["is_shown"])],
        "is_bound": row["is_bound"],
        "in_force": row["in_force"],
        "is_shown": row["is_shown"],
        "margin_lo": margin(row["margin_lo"], rule.file.unit),
        "margin_hi": margin(row["margin_hi"], rule.file.unit),
        "margin_unit": rule.file.unit,
        "decisive_facts": _facts(rule, version, row, rows) if row["verdict"] == "undetermined" else [],
        "citations": (
            [{"kind": "record", "address": each} for each in rows] + [law_citation(each) for each in texts]
        ),
    }


def _facts(rule: Rule, version: Version, row: Row, rows: list[str | None]) -> list[Row]:
    of = str(rows[0] if rows else row["subject"])
    return rule_facts(
        rule, version, facts_of(row), in_force_open=row["in_force"] is None, of=of, turns_at=row["turns_at"]
    )


def rule_facts(
    rule: Rule, version: Version, ids: list[str], *, in_force_open: bool, of: str, turns_at: int | None
) -> list[Row]:
    """The declared facts of these ids, as decisive facts of the event `of`; where it is open whether the
    version was in force, its hour besides.
    """
    found: list[Row] = [
        {
            "fact": fact.id,
            "what": fact.what,
            "what_es": fact.what_es,
            "record": fact.record,
            "field": fact.field,
            "ask": fact.ask,
            "exemption": fact.exemption,
            "of": of,
            "turns_at": clock_text(turns_at),
        }
        for fact in map(rule.fact, ids)
    ]
    if in_force_open:
        instrument = version.text[0].instrument
        found.append(
            {
                "fact": IN_FORCE_HOUR,
                "what": (
                    f"the hour at which {instrument} took effect or ceased, or the exact time of the event"
                ),
                "what_es": f"la hora en que {instrument} entró en vigor o cesó, o la hora exacta del hecho",
                "record": instrument,
                "field": "date and hour of effect",
                "ask": "foia",
                "exemption": "",
                "of": of,
                "turns_at": None,
            }
        )
    return found


def law_citation(text: Text) -> Row:
    """A text relied on as a citation: `read` says whether its words were read in the source itself."""
    cited = {
        "kind": "law",
        "instrument": text.instrument,
        "pin": text.pin,
        "url": text.url,
        "read_in_source": text.read,
        "says": text.says,
        "quote": text.quote,
    }
    return {key: value for key, value in {**cited, "seen": text.seen}.items() if value not in ("", None)}


def margin(value: int | None, unit: str) -> float | None:
    """A margin in its unit: times in minutes, to the thousandth."""
    if value is None:
        return None
    return round(value / MINUTE_US, 3) if unit == "minutes" else value
