"""What docs/explanation/time.md shows is what happens."""

import datetime as dt
import doctest
import re
from pathlib import Path

import pytest

from paradero.model.time import comparisons
from paradero.model.time.clock import us_of
from paradero.model.time.printing import moment_text
from paradero.model.time.reading import parse_moment

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "time.md").read_text(encoding="utf-8")
TABLE = [
    [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]
FORMS = [row for row in TABLE if len(row) == 5]
OPERATIONS = [row for row in TABLE if len(row) == 4]


def code(cell: str) -> str:
    """Give what stands in the backticks of a cell."""
    return cell.strip("`").replace("\\|", "|")


def us(cell: str) -> int | None:
    """Give the microseconds of a cell, None of an empty one."""
    return us_of(dt.datetime.fromisoformat(cell)) if cell else None


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row[0])
def test_every_form_is_read_and_printed_as_the_table_says(row: list[str]) -> None:
    moment = parse_moment(code(row[0]))
    assert (moment.lo, moment.hi, moment_text(moment)) == (us(row[2]), us(row[3]), code(row[4]))


def test_the_tables_are_there_and_hold_all_operations() -> None:
    assert len(FORMS) > 40
    assert {code(row[0]).split("(")[0] for row in OPERATIONS} == {
        name for name, one in vars(comparisons).items() if callable(one) and name.islower() and name[0] != "_"
    }


def test_every_example_runs_and_gives_what_is_shown() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    example = doctest.DocTestParser().get_doctest(
        "\n".join(blocks), {}, "time.md", "docs/explanation/time.md", 0
    )
    assert len(example.examples) > 20
    said: list[str] = []
    assert doctest.DocTestRunner().run(example, out=said.append).failed == 0, "".join(said)
