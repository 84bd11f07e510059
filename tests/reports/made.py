"""Pages that the tests of this folder read: made once a session."""

from __future__ import annotations

import functools
from pathlib import Path

from casefile.made import _built, new_reference

from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.reports.content.blocks import Page
from paradero.reports.html.pages import html_of
from paradero.reports.pages.writing import page_of

PAGES = [
    (about, language) for about in ("case", "reference", "person", "facility") for language in ("en", "es")
]
# what the suite looks at: each subject in one of its languages; the attack looks at all
SUITE_PAGES = [("case", "en"), ("reference", "es"), ("person", "es"), ("facility", "en")]
# and in a browser, where the case of many sections is one of records
BROWSED = [each for each in SUITE_PAGES if each[0] != "reference"]
_QUERIES = {
    "person": "SELECT p.unique_identifier AS id FROM unaccounted u JOIN persons p USING (person_no)"
    " WHERE u.until IS NOT NULL ORDER BY id LIMIT 1",
    "facility": "SELECT detention_facility_code AS id FROM stint_spans GROUP BY 1"
    " ORDER BY count(*) DESC, 1 LIMIT 1",
}


@functools.cache
def records() -> Casefile:
    """A casefile of fabricated records; tests only read it."""
    return _built("Detentions", "Arrests", "Removals", "Facilities", "Facility_Days")


@functools.cache
def _reference(folder: Path) -> Casefile:
    return new_reference(folder / "reference-of-pages")


@functools.cache
def name_of(about: str) -> str:
    """Of what the page on a person or a facility is: somebody who is not accounted for, the busiest place."""
    if about not in _QUERIES:
        return ""
    with open_tables(records(), "persons", "unaccounted", "stint_spans") as built:
        return str(built.rows(_QUERIES[about])[0]["id"])


@functools.cache
def page_for(about: str, language: str, folder: Path) -> Page:
    """The page on a subject; `folder` is the session's own."""
    if about == "reference":
        return page_of(_reference(folder), "case", language=language)
    return page_of(records(), about, name_of(about), language=language)


@functools.cache
def html_for(about: str, language: str, folder: Path) -> str:
    """The page on a subject as HTML."""
    return html_of(page_for(about, language, folder))
