"""What the records say about a person whatever the stay: origin, criminality, convictions. Fabricated, one
entry a person.
"""

from __future__ import annotations

import numpy as np

from paradero.synthetic.cases.records import Lane, coded
from paradero.synthetic.clock import ABSENT
from paradero.synthetic.vocabulary import Bools, Ids, Ints, draw, generator, table, words

__all__ = ["CITIZENSHIP", "anonymized_identifiers", "fabricate_traits"]

CITIZENSHIP = "Citizenship Country"
_CRIMINALITY = ("1 Convicted Criminal", "2 Pending Criminal Charges", "3 Other Immigration Violator")
_CLASSES = ("Hispanic Origin", "Not of Hispanic Origin", "Unknown")
_THREAT = ("1", "2", "3", "NA")
_FELON = ("Not an Aggravated Felon", "Aggravated Felon", "")


def anonymized_identifiers(people: int, seed: int) -> Ids:
    """Ids of 40 hexadecimal letters, as ICE's look."""
    letters = generator(seed, 4).bytes(20 * people).hex().encode()
    return np.frombuffer(letters, dtype="S40").copy()


def fabricate_traits(people: int, seed: int, first_day: Ints) -> dict[str, Lane]:
    """Lanes at the level `person`, by header; `first_day` is the day of each person's first book-in."""
    rng = generator(seed, 5)
    lanes = {
        "Religion": coded("person", _drawn(rng, "religion", people), words("religion")),
        "Gender": coded("person", _drawn(rng, "gender", people), words("gender")),
        "Marital Status": coded("person", _drawn(rng, "marital_status", people), words("marital_status")),
        "Entry Status": coded("person", _drawn(rng, "entry_status", people), words("entry_status")),
        "Suspected Gang Yes No": coded("person", _drawn(rng, "yes_no", people), words("yes_no")),
        "Known Terrorist Yes No": coded("person", np.zeros(people, dtype=np.int8), words("yes_no")),
        "Final Charge": coded("person", _drawn(rng, "final_charge", people), words("final_charge")),
    }
    entered = np.where(
        rng.random(people) < 0.6,
        first_day - 1 - (np.exp(rng.normal(5.5, 2.0, people)) % 9000).astype(np.int32),
        ABSENT,
    )
    lanes["Entry Date"] = Lane(level="person", values=entered.astype(np.int32))
    return lanes | _origin(rng, people) | _convictions(rng, people, first_day)


def _drawn(rng: np.random.Generator, name: str, people: int) -> Ints:
    return draw(rng, words(name).weights, people).astype(np.int8)


def _origin(rng: np.random.Generator, people: int) -> dict[str, Lane]:
    countries = table("countries")
    citizenship = draw(rng, tuple(map(float, countries["weight"])), people).astype(np.int8)
    elsewhere = draw(rng, tuple(map(float, countries["weight"])), people).astype(np.int8)
    birth = np.where(rng.random(people) < 0.985, citizenship, elsewhere).astype(np.int8)
    hispanic = np.array(list(map(int, countries["hispanic"])))[citizenship]
    chance = rng.random(people)
    ethnicity = np.where(chance < 0.25, 2, np.where(hispanic == 1, 0, 1)).astype(np.int8)
    ethnicity[chance > 0.97] = -1
    races = (*dict.fromkeys(countries["race"]), "Unknown")
    race = np.array([races.index(text) for text in countries["race"]], dtype=np.int8)[citizenship]
    race[rng.random(people) < 0.08] = len(races) - 1
    years = np.clip(rng.normal(1989, 11, people), 1935, 2007).astype(np.int16)
    return {
        CITIZENSHIP: coded("person", citizenship, countries["country"]),
        "Birth Country": coded("person", birth, countries["country"]),
        "Ethnicity": coded("person", ethnicity, _CLASSES),
        "Race": coded("person", race, races),
        "Birth Year": Lane(level="person", values=years),
    }


def _convictions(rng: np.random.Generator, people: int, first_day: Ints) -> dict[str, Lane]:
    listed = table("convictions")
    criminality = draw(rng, (42.0, 25.0, 33.0), people).astype(np.int8)
    convicted = criminality == 0
    charge = np.where(convicted, draw(rng, tuple(map(float, listed["weight"])), people), -1).astype(np.int8)
    classes = tuple(dict.fromkeys(listed["crime_class"]))
    class_of = np.array([*(classes.index(text) for text in listed["crime_class"]), -1], dtype=np.int8)
    charged = np.where(convicted, first_day - rng.integers(200, 5000, people), ABSENT).astype(np.int32)
    sentenced = np.where(convicted, charged + rng.integers(5, 190, people), ABSENT).astype(np.int32)
    lasted = rng.integers(0, 3, people)
    amount = np.where(convicted & (rng.random(people) < 0.6), rng.integers(1, 36, people), -1)
    threat = np.where(
        convicted, draw(rng, (45.0, 25.0, 30.0), people), np.where(rng.random(people) < 0.9, 3, -1)
    ).astype(np.int8)
    felon = np.where(
        convicted & (rng.random(people) < 0.05), 1, np.where(rng.random(people) < 0.95, 0, -1)
    ).astype(np.int8)
    mandatory = (convicted & (rng.random(people) < 0.3)).astype(np.int8)
    return {
        "Book In Criminality": coded("person", criminality, _CRIMINALITY),
        "MSC Charge": coded("person", charge, listed["charge"]),
        "MSC Charge Code": coded("person", charge, listed["code"]),
        "MSC Crime Class": coded("person", class_of[charge], classes),
        "MSC Charge Date": Lane(level="person", values=charged),
        "MSC Conviction Date": Lane(level="person", values=sentenced),
        "MSC Criminal Charge Status": coded(
            "person", np.where(convicted, 0, -1).astype(np.int8), ("Convicted",)
        ),
        "MSC Criminal Charge Status Code": coded(
            "person", np.where(convicted, 0, -1).astype(np.int8), ("C",)
        ),
        "MSC Sentence Days": _sentence(amount, lasted == 0),
        "MSC Sentence Months": _sentence(amount, lasted == 1),
        "MSC Sentence Years": _sentence(np.where(amount > 0, amount % 8 + 1, -1), lasted == 2),
        "Case Threat Level": coded("person", threat, _THREAT),
        "Aggravated Felon Yes No": coded("person", felon, _FELON),
        "Offense INA 236C Yes No": coded("person", mandatory, words("yes_no")),
        "Case INA 236C Yes No": coded("person", mandatory, words("yes_no")),
    }


def _sentence(amount: Ints, chosen: Bools) -> Lane:
    values = np.where(chosen & (amount > 0), amount, np.nan).astype(np.float32)
    return Lane(level="person", values=values)
