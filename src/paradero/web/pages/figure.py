"""One figure: what it counts and of whom, its bounds and what opens them, and what it rests on."""

from __future__ import annotations

from paradero.figures.computing import figures_of, found_figure, subject_of
from paradero.reports.content.blocks import Code, Facts, Page, Section
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.evidence import figure_facts
from paradero.web.asking import SUPPOSING, Asking, supposing_of

PATH = "/figures/{name:path}"
OPTIONS = SUPPOSING
_SHOWN = 50  # rows and statements on the page; the answer under it has all


def page(asking: Asking) -> Page:
    """The figure of the id in the address. Raises UnknownName with near ids where there is none."""
    standing = asking.standing
    figure_id = asking.name("name")
    facility, company = subject_of(standing.case, figure_id)
    supposing = supposing_of(asking)
    asked = standing.asked(facility=facility, company=company, supposing=supposing)
    name = figure_id.partition("/")[0]
    figures = standing.shared(
        ("figures", name, facility, company, supposing),
        lambda: figures_of(asked, only=(name,), most_basis=_SHOWN),
    )
    figure = found_figure(figures, figure_id)
    material = Material(asked, asking.language, is_site=True)
    say = Wording("figure", asking.language)
    section = Section(
        id="counts",
        name=say.plain("counts"),
        title=say("counts"),
        blocks=(
            Facts(
                caption=Code(text=figure.id), rows=figure_facts(figure, asking.language, most_basis=_SHOWN)
            ),
        ),
    )
    return whole(
        material,
        say,
        kicker=say("kicker", id=Code(text=figure.id)),
        title=(say.stated(figure.title, figure.title_es), ": ", say.number(figure)),
        lead=(say.stated(figure.definition, figure.definition_es),),
        findings=(),
        found=[section],
    )
