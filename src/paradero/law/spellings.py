"""Whether two values are one under two spellings: the words decide, in whatever order; countries, states,
and the districts and circuits of federal courts (28 U.S.C. 41 and 81 to 131) are known by name.

What may be one is not known, never taken for different: only values that surely differ exclude anybody.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from importlib.resources import files
from itertools import product

import duckdb
from rapidfuzz.distance import OSA

_WORD = re.compile(r"\w+")
# codes and numbers: other characters are another value
_EXACT = (*(f"{side}detention_facility_code" for side in ("", "from_", "to_")), "birth_year")
# places by lists of their names; a state is one of a circuit's, and may be one of several districts
_PLACES = {
    f"{side}{place}": f"{place}s"
    for side in ("", "from_", "to_")
    for place in ("state", "district", "circuit")
}
_STOP = frozenset(["the", "of", "a", "an", "de", "del", "la", "las", "el", "los"])
_JOINING = frozenset(["and", "or", "y", "o"])
# words of the forms of states: they tell no country from another, unless the list of countries says so
_FORMS = frozenset(
    [
        "republic",
        "kingdom",
        "state",
        "states",
        "federal",
        "federated",
        "federation",
        "federative",
        "democratic",
        "peoples",
        "people",
        "popular",
        "socialist",
        "islamic",
        "arab",
        "bolivarian",
        "plurinational",
        "commonwealth",
        "union",
        "united",
        "sultanate",
        "principality",
        "duchy",
        "grand",
        "confederation",
        "hashemite",
        "cooperative",
        "independent",
        "former",
        "republica",
        "reino",
        "estado",
    ]
)
_LETTERS_FOR_ONE_SLIP, _LETTERS_FOR_TWO = 4, 6


def key_of(value: str, attribute: str) -> str:
    """What is equal for spellings that surely mean one value: no capitals, accents, punctuation, and for
    countries no order of words.
    """
    if attribute in _EXACT:
        return " ".join(value.casefold().split())
    known = _known(value, attribute)
    if len(known) == 1:
        return f"{_list_of(attribute)}: {min(known)}"
    words = _words(value)
    return " ".join(sorted(set(words))) if _is_country(attribute) else " ".join(words)


def may_be_one(one: str, other: str, attribute: str) -> bool:
    """Whether two values may mean the same: certainly where their keys are equal, else where one's words are
    among the other's, or they differ by a slip.
    """
    if key_of(one, attribute) == key_of(other, attribute):
        return True
    if attribute in _EXACT:
        return False
    known = _known(one, attribute), _known(other, attribute)
    if known[0] and known[1]:
        return bool(known[0] & known[1])
    if _list_of(attribute) not in ("countries", "states"):
        words = frozenset(_words(one)), frozenset(_words(other))
        is_two = bool((words[0] ^ words[1]) & _JOINING)  # one thing and another is not a longer name
        return (not is_two and _is_within(*words)) or _is_short(*words)
    return any(
        _is_within(*words) or _is_short(*words) or _is_slip(*words)
        for words in product(_called(one, attribute), _called(other, attribute))
    )


def give_likeness(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `value_likeness` known: each value of `recorded_attributes` beside each that a condition of an
    order names, and whether the two are one (null: may be).
    """
    wanted = connection.execute(
        "SELECT c.order_id, c.condition_bit, c.attribute, v.value FROM order_conditions c JOIN"
        " order_condition_values v ON v.order_id = c.order_id AND v.condition_bit = c.condition_bit WHERE"
        " c.attribute <> 'individual' ORDER BY ALL"
    ).fetchall()
    recorded = connection.execute(
        "SELECT DISTINCT attribute, value FROM recorded_attributes ORDER BY ALL"
    ).fetchall()
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE value_likeness (order_id VARCHAR, condition_bit BIGINT, attribute"
        " VARCHAR, value VARCHAR, is_same BOOLEAN)"
    )
    found = [
        (order_id, bit, attribute, value, _is_one(value, named, attribute))
        for order_id, bit, attribute, named in wanted
        for of, value in recorded
        if of == attribute
    ]
    if found:
        connection.executemany("INSERT INTO value_likeness VALUES (?, ?, ?, ?, ?)", found)


def give_kept_likeness(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `kept_likeness` known: each value of `recorded_places` beside each that a term keeps as it is, and
    whether the two are one (null: may be).
    """
    wanted = connection.execute("SELECT variant, attribute, value FROM kept_values ORDER BY ALL").fetchall()
    recorded = connection.execute(
        "SELECT DISTINCT attribute, value FROM recorded_places WHERE value IS NOT NULL ORDER BY ALL"
    ).fetchall()
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE kept_likeness (variant BIGINT, value VARCHAR, is_same BOOLEAN)"
    )
    found = [
        (variant, value, _is_one(value, named, attribute))
        for variant, attribute, named in wanted
        for of, value in recorded
        if of == attribute
    ]
    if found:
        connection.executemany("INSERT INTO kept_likeness VALUES (?, ?, ?)", found)


def _is_one(one: str, other: str, attribute: str) -> bool | None:
    if key_of(one, attribute) == key_of(other, attribute):
        return True
    return None if may_be_one(one, other, attribute) else False


def _is_country(attribute: str) -> bool:
    return any(part in attribute.casefold() for part in ("country", "nation", "citizen"))


def _list_of(attribute: str) -> str:
    return "countries" if _is_country(attribute) else _PLACES.get(attribute, "")


@functools.cache
def _words(value: str) -> tuple[str, ...]:
    """The words without capitals, accents, apostrophes, stop words; `St.` is a saint, `&` is and."""
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", value.casefold()) if not unicodedata.combining(char)
    )
    plain = re.sub(r"['’`]", "", plain).replace("&", " and ")
    plain = re.sub(r"\b(?:\w\.){2,}", lambda found: found[0].replace(".", "") + " ", plain)  # U.S., D.R.
    words = ["saint" if word == "st" else word for word in _WORD.findall(plain)]
    return tuple(word for word in words if word not in _STOP) or tuple(words)


@functools.cache
def _names(which: str) -> dict[frozenset[str], frozenset[str]]:
    """The names of a list as sets of words, with what each can be; where a name is on several lines it can be
    any of them.
    """
    found: dict[frozenset[str], frozenset[str]] = {}
    with (files("paradero.law") / f"{which}.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            codes = frozenset(row["codes"].split())
            for name in row["names"].split(";"):
                key = frozenset(_words(name)) - _JOINING
                found[key] = found.get(key, frozenset()) | codes
            if which == "states":
                found[frozenset([row["codes"].casefold()])] = codes
    return found


@functools.cache
def _known(value: str, attribute: str) -> frozenset[str]:
    """What a name can be by the list of its attribute; empty where it is on none."""
    which = _list_of(attribute)
    if not which:
        return frozenset()
    names, words = _names(which), frozenset(_words(value)) - _JOINING
    return names.get(words) or (
        names.get(words - _FORMS, frozenset()) if which == "countries" else frozenset()
    )


def _called(value: str, attribute: str) -> list[frozenset[str]]:
    """The words of a value, and of every other name of what it can be, without those that tell no country
    from another.
    """
    known = _known(value, attribute)
    names = [
        frozenset(_words(value)) - _JOINING,
        *(name for name, codes in _names(_list_of(attribute)).items() if codes & known),
    ]
    return [(name - _FORMS) or name for name in names] if _is_country(attribute) else names


def _is_within(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and (one <= other or other <= one)


def _is_short(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one word may be the other cut short: `M`, `Male`; `VEN`, `Venezuela`."""
    if len(one) != 1 or len(other) != 1:
        return False
    short, long = sorted((min(one), min(other)), key=len)
    return long.startswith(short) and not short[-1].isdigit()


def _is_slip(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the two differ in one word, and in that by a slip of the pen: a letter more, less, another, or
    two changed about; two of these in a long word.
    """
    if len(one - other) != 1 or len(other - one) != 1:
        return False
    texts = min(one - other), min(other - one)
    length = min(map(len, texts))
    most = 2 if length >= _LETTERS_FOR_TWO else 1 if length >= _LETTERS_FOR_ONE_SLIP else 0
    return OSA.distance(*texts, score_cutoff=most) <= most
