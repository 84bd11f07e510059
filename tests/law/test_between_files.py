"""What the files of the law say of each other and is wrong comes in one run, each with its file, its line
and a near name.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from judged import act, event, order

from paradero.answers.law.law_files import law_of
from paradero.authored.declared import AuthoredError
from paradero.casefile.folder import create

BY = 'by = "a clerk"\nevidence = "record"\nseen = []\n'
GIVEN = act("given", "binds", "2025-03-15T18:00Z") + act("due", "deadline", "2025-03-20T18:00Z")
REQUIRED = order(GIVEN, term='requires = "return"\nby = "due"', scope='individuals = ["petitioner"]')


def relation(of: str, since: str) -> str:
    """Write how far one moment lies after another."""
    return f'[[relation]]\nof = "{of}"\nsince = "{since}"\nat_least = "PT1H"\n{BY}'


FILES = {
    "orders/o.toml": REQUIRED
    + '[[identity]]\nsame = ["petitioner", "petitoner"]\n' + BY + relation("o.given", "flight.don"),
    "orders/flight.toml": order(GIVEN).replace('id = "o"', 'id = "flight"'),
    "events/flight.toml": event("2025-03-16", name="flight", kind="return", subject="petitioner", attributes="people_hi = 1\n")
    + '[[answers]]\nterms = ["o/tt", "p/t"]\nevents = ["fligth"]\n' + BY
    + relation("flight.done", "o.givn") + relation("flight.done", "flight.done")
    + '[[identity]]\ndifferent = ["petitioner", "aboard-1"]\n' + BY,
    "events/aboard.toml": event("2025-03-16", name="aboard")
    + '[[answers]]\nterms = ["o/t"]\nevents = ["nonsense"]\n' + BY,
    "hand/identities.toml": '[[identity]]\nsame = ["aboard", "nobody"]\n' + BY
    + '[[identity]]\nsame = ["petitioner", "R/1"]\n' + BY + '[[identity]]\ndifferent = ["petitioner", "R/1"]\n' + BY,
}  # fmt: skip
# file, the line that is named, what is said
WRONG = [
    ("orders/o.toml", 'same = ["petitioner", "petitoner"]', "`petitoner` is not a pseudonym, a cohort or RELEASE/unique_identifier, in what a clerk says of who is who. Did you mean `petitioner`"),
    ("orders/o.toml", 'of = "o.given"', "`flight.don` is not a moment of the casefile, in a relation of a clerk. Did you mean `flight.done`"),
    ("orders/flight.toml", 'id = "flight"', "the id `flight` is taken by the event"),
    ("events/flight.toml", 'terms = ["o/tt", "p/t"]', "`o/tt` is not a required term (`order/term`), in `answers`. Did you mean `o/t`"),
    ("events/flight.toml", 'terms = ["o/tt", "p/t"]', "`p/t` is not a required term (`order/term`), in `answers`."),
    ("events/flight.toml", 'events = ["fligth"]', "`fligth` is not an event, in `answers`. Did you mean `flight`"),
    ("events/flight.toml", 'of = "flight.done"\nsince = "o.givn"', "`o.givn` is not a moment of the casefile, in a relation of a clerk. Did you mean `o.given`"),
    ("events/flight.toml", 'of = "flight.done"\nsince = "flight.done"', "names `flight.done` twice"),
    ("events/flight.toml", 'different = ["petitioner", "aboard-1"]', "`aboard-1` is not a pseudonym"),
    ("events/aboard.toml", 'events = ["nonsense"]', "`nonsense` is not an event, in `answers`."),
    ("hand/identities.toml", 'same = ["aboard", "nobody"]', "`nobody` is not a pseudonym"),
    ("hand/identities.toml", '[[identity]]\ndifferent = ["petitioner", "R/1"]', "a clerk says that `petitioner` and `R/1` differ, and that they are the same (line 6)"),
]  # fmt: skip


def test_all_that_does_not_fit_together_is_told_in_one_run(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    for name, text in FILES.items():
        (case.root / name).parent.mkdir(exist_ok=True)
        (case.root / name).write_text(text, encoding="utf-8")
    with pytest.raises(AuthoredError) as refused:
        law_of(case)
    told = list(refused.value.mistakes)
    for name, at, says in WRONG:
        line = FILES[name][: FILES[name].index(at)].count("\n") + 1
        assert [each for each in told if f"{name} line {line}: " in each and says in each], (
            name,
            line,
            says,
            told,
        )
    assert len(told) == len(WRONG), told
