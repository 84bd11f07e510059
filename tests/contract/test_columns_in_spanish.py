"""Every column of the derived tables is said in Spanish as well, with the same numbers, codes and names of columns."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import paradero.model
from paradero.model.columns import declared, meaning_of

FOLDER = Path(paradero.model.__path__[0])
# words that a Spanish sentence does not have; codes stand in brackets or between backticks
_ENGLISH = re.compile(
    r"\b(the|of|and|with|which|who|rows?|was|were|from|whether|where|person|day|latest|least)\b", re.I
)


def read(name: str) -> dict[str, str]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return {row["name"]: row["meaning"] for row in csv.DictReader(stream)}


def test_no_column_is_missing_and_none_is_left_over() -> None:
    english, spanish = read("columns.csv"), read("columns_es.csv")
    assert [name for name in english if not spanish.get(name, "").strip()] == []
    assert [name for name in spanish if name not in english] == []


def test_the_spanish_says_the_same_numbers_and_codes() -> None:
    english, spanish = read("columns.csv"), read("columns_es.csv")
    for pattern in (r"\d+", r"`[^`]+`", r"\b\w+_\w+\b"):
        apart = [
            name
            for name, text in english.items()
            if not set(re.findall(pattern, text)) <= set(re.findall(pattern, spanish[name]))
        ]
        assert apart == [], pattern


def test_it_is_spanish() -> None:
    found = {
        name: _ENGLISH.findall(re.sub(r"`[^`]*`|\([^)]*\)|\b\w+_\w+\b", "", text))
        for name, text in read("columns_es.csv").items()
    }
    assert {name: words for name, words in found.items() if words} == {}
    assert len(set(read("columns_es.csv").values())) >= len(set(read("columns.csv").values())) - 1


def test_an_address_beside_a_row_is_said_too() -> None:
    rows = [name for name, column in declared().items() if str(column.kind) == "row"]
    for name in rows:
        assert (meaning_of(f"{name}_address", language="es") or "").startswith(
            "Referencia (fuente:hoja:fila) de "
        )
    assert meaning_of("no such column", language="es") is None
