"""The page on one person; where several releases have the id, the choice of one."""

from __future__ import annotations

from paradero.answers.people.history import TABLES, person_numbers
from paradero.building.tables import open_tables
from paradero.reports.content.blocks import Code, Link, Page, Points, Section, Stated
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.person_page import sheet_of
from paradero.web.addresses import page_at, with_options
from paradero.web.asking import Asking
from paradero.web.parts.subject_pages import page_about

PATH = "/person/{name:path}"
OPTIONS = ("release", "rows")
IS_ABOUT_ROWS = True


def page(asking: Asking) -> Page:
    """The page; on paper one sheet to hand over, with `rows` everything that it rests on. Raises UnknownName
    where the casefile has no such person.
    """
    name = asking.name("name")
    if not asking.option("release"):
        with open_tables(asking.standing.case, *TABLES, threads=1) as built:
            releases = [one.release for one in person_numbers(built, name, None)]
        if len(releases) > 1:
            return _choice(asking, name, releases)
    found = page_about(asking, "person")
    return sheet_of(found) if asking.is_on_paper and not asking.is_on("rows") else found


def _choice(asking: Asking, name: str, releases: list[str]) -> Page:
    """The releases that have the id, whose people need not be the same."""
    say = Wording("person_releases", asking.language)
    items = [
        (Link(text=release, to=with_options(page_at("person", name), {"release": release})),)
        for release in releases
    ]
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker", id=Code(text=name)),
        title=say("title", n=Stated(text=str(len(releases)))),
        lead=say("lead"),
        findings=(),
        found=[
            Section(
                id="releases",
                name=say.plain("releases"),
                title=say("releases"),
                blocks=(Points(items=tuple(items)),),
            )
        ],
    )
