"""The matrix of an order: each event under each reading, with its verdict and margin."""

from __future__ import annotations

from typing import Any

from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.words import Words
from paradero.law.matrix import Variant

Row = dict[str, Any]


def matrices(
    read: Reading, listed: list[Row], language: str = "en"
) -> list[tuple[str, list[Row], list[str]]]:
    """(title, rows, columns) for each term of an order: a row per stated event and reading of when it binds,
    a column per reading of when it is done.

    Events that the order plainly does not speak of, under no reading, are left out.
    """
    words = Words(language)
    found = []
    for order_id, term in dict.fromkeys(
        (variant.order.id, variant.term.id) for variant in read.audited.matrix.variants
    ):
        variants = [
            each for each in read.audited.matrix.variants if (each.order.id, each.term.id) == (order_id, term)
        ]
        rows = _rows(read, variants, listed, words)
        if rows:
            title = words.of(variants[0].order.file.title, variants[0].order.file.title_es)
            found.append(
                (f"{order_id}/{term}: {title}", rows, list(dict.fromkeys(key for row in rows for key in row)))
            )
    return found


def _rows(read: Reading, variants: list[Variant], listed: list[Row], words: Words) -> list[Row]:
    by_key = {(row["order"], row["rule"], row["construction"], row["event"]): row for row in listed}
    rows: list[Row] = []
    for event in read.audited.matrix.events.values():
        records = {
            each.number: by_key.get(
                (each.order.id, each.term.rule or each.term.id, each.construction, event.id)
            )
            for each in variants
        }
        if all(record is None or record["is_bound"] is False for record in records.values()):
            continue
        for binding in dict.fromkeys(each.binding.id if each.binding else "" for each in variants):
            row: Row = {"event": event.id}
            if binding:
                row["binds from"] = binding
            for each in variants:
                record = records[each.number]
                if record is not None and (each.binding.id if each.binding else "") == binding:
                    row[each.completion.id if each.completion else "verdict"] = _cell(record, words)
            rows.append(row)
    return rows


def _cell(record: Row, words: Words) -> str:
    verdict = words(record["verdict"])
    if record["margin_lo"] is None and record["margin_hi"] is None:
        return verdict
    unit = {"minutes": "min"}.get(record["margin_unit"], record["margin_unit"])
    return f"{verdict} {_number(record['margin_lo'])} to {_number(record['margin_hi'])} {unit}"


def _number(value: float | None) -> str:
    return "…" if value is None else f"{round(value) + 0:+,}"
