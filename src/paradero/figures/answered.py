"""All answers that figures are counted from, by their names: whoever asks for one finds it here."""

from paradero.figures import (
    book_answers,
    company_answers,
    day_answers,
    facility_answers,
    law_answers,
    record_answers,
)
from paradero.figures.asking import ANSWERS, EVERYTHING, Absent, Answered, Asked, Supposing
from paradero.figures.day_answers import DRAWN

__all__ = [
    "ANSWERS",
    "DRAWN",
    "EVERYTHING",
    "Absent",
    "Answered",
    "Asked",
    "Supposing",
    "book_answers",
    "company_answers",
    "day_answers",
    "facility_answers",
    "law_answers",
    "record_answers",
]
