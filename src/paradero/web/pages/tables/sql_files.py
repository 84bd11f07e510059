"""The answer to a reader's query as a file."""

from __future__ import annotations

from pathlib import Path

from paradero.answers.digests import digest_of_case
from paradero.disclosure.marking import note_of_unpublished
from paradero.engines.lending import lent
from paradero.exports.publishing import file_of
from paradero.model.errors import UnknownName
from paradero.web.asking import Asking, Sent
from paradero.web.sql.running import answered

PATH = "/files/sql/answer.csv"
OPTIONS = ("text",)
IS_ABOUT_ROWS = True
IS_QUERY = True

_ROWS = 100_000


def send(asking: Asking) -> Sent:
    """The rows as CSV, cells disarmed as in every export. Raises what `answered` raises, and UnknownName
    where nothing was asked or there are more rows than one file takes.
    """
    text = asking.option("text")
    if not text:
        raise UnknownName("There is no query in the address. Write one in `text`.")
    case = asking.standing.case
    found = answered(asking.standing, text, most_rows=_ROWS)
    if found.is_cut:
        raise UnknownName(f"The answer has more than {_ROWS:,} rows. Add LIMIT or a condition.")
    note = {"case": case.settings().title, "what": text, "digest": digest_of_case(case)}
    with lent(threads=1) as connection:
        relation = connection.from_arrow(found.table)
        content, _ = file_of(
            relation, Path("answer.csv"), name="answer", note=note | note_of_unpublished(case, "en")
        )
    return Sent(content=content, media_type="text/csv; charset=utf-8", name="answer.csv")
