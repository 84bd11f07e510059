"""Companies as lines of a table."""

from __future__ import annotations

from paradero.answers.companies.companies import ListedCompany
from paradero.model.answer import Row


def company_line(one: ListedCompany) -> Row:
    """A company in one line: identifiers separated by blanks, names by semicolons."""
    return {**one.as_json(), "identifiers": " ".join(one.identifiers), "names": "; ".join(one.names)}
