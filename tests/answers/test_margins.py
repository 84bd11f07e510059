"""How far from the line, in words: a person's unit, exact behind it, an open side never printed as a bound."""

from __future__ import annotations

import pytest

from paradero.answers.verdicts.steps.margins import margin_line
from paradero.answers.verdicts.verdict_values import Margin
from paradero.answers.words import Words

MARGINS = [
    ((47, 52, "minutes"), "47 to 52 minutes past the limit", "de 47 a 52 minutos después del límite"),
    ((-52, -47, "minutes"), "47 to 52 minutes inside the limit", "de 47 a 52 minutos antes del límite"),
    ((12, 12, "minutes"), "12 minutes past the limit", "12 minutos después del límite"),
    ((118, 122, "minutes"), "1 h 58 min to 2 h 2 min past the limit", "de 1 h 58 min a 2 h 2 min después"),
    ((859, 1401, "minutes"), "14 h 19 min to 23 h 21 min past", "de 14 h 19 min a 23 h 21 min después"),
    ((120, 120, "minutes"), "2 h past the limit", "2 h después del límite"),
    ((1400, 4320, "minutes"), "23 h 20 min to 3 days (4,320 minutes) past", "de 23 h 20 min a 3 días"),
    (
        (84960, 86401, "minutes"),
        "59 to 60 days (84,960 to 86,401 minutes) past the limit",
        "de 59 a 60 días (84,960 a 86,401 minutos) después del límite",
    ),
    ((76359, 76362, "minutes"), "53 days (76,359 to 76,362 minutes) past", "53 días (76,359 a 76,362 minutos)"),
    ((-84, 40, "minutes"), "from 84 minutes inside the limit to 40 past", "de 84 minutos antes del límite a 40"),
    ((-581, 13940, "minutes"), "from 9 h 41 min inside the limit to 9.7 days (13,940 minutes) past", "9 h 41 min"),
    ((2_758_980, None, "minutes"), "at least 1,915.9 days (2,758,980 minutes) past the limit", "al menos 1,915.9"),
    ((None, -30, "minutes"), "at least 30 minutes inside the limit", "al menos 30 minutos antes del límite"),
    ((None, 30, "minutes"), "at most 30 minutes past the limit, or inside the limit", "como máximo 30 minutos"),
    ((-30, None, "minutes"), "at most 30 minutes inside the limit, or past the limit", "como máximo 30 minutos"),
    ((0, None, "people"), "at least 0 people past the limit", "al menos 0"),
    ((3, 5, "people"), "3 to 5 people past the limit", "de 3 a 5 personas después del límite"),
    ((None, None, "minutes"), "not known", "No se sabe"),
]  # fmt: skip


@pytest.mark.parametrize(("bounds", "english", "spanish"), MARGINS)
def test_a_margin_is_said_in_the_unit_of_a_person(
    bounds: tuple[int | None, int | None, str], english: str, spanish: str
) -> None:
    margin = Margin(lo=bounds[0], hi=bounds[1], unit=bounds[2])  # type: ignore[arg-type]
    assert english in margin_line(margin, Words("en"))
    assert spanish in margin_line(margin, Words("es"))
