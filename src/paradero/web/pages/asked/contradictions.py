"""What cannot all be true: published figures against the records, rows of one person against each other; each
opens both its cells side by side.
"""

from __future__ import annotations

import dataclasses

from paradero.answers.counts.reconciling import Comparison
from paradero.answers.people.listing import GradedConflict
from paradero.model.naming import unknown
from paradero.reports.content.blocks import Field, Form, Link, Page, Points, Section, Stated, Table, Text
from paradero.reports.content.numbers import length, number, span, word
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.material import Material, person
from paradero.reports.pages.parts.evidence import row_of
from paradero.web.addresses import with_options
from paradero.web.asking import Asking
from paradero.web.parts.paging import paged
from paradero.web.parts.section_pages import page_of_sections, sections_of

PATH = "/contradictions"
OPTIONS = ("grade", "page", "page_of_people")
_MINUTE_US = 60_000_000
_KINDS = {
    "published-contradicting": "/contradictions#published",
    "record-conflicts": "/contradictions#conflicts",
    "count-conflicts": "/balance",
    "claims-by-verdict/contradicted": "/claims",
    "claim-conflicts": "/claims",
}
_WORDS = {name: name.replace("/", "_").replace("-", "_") for name in _KINDS}
_GRADES = ("severe", "serious", "minor", "trace")


def page(asking: Asking) -> Page:
    """Figures first, the largest difference first; then rows of one person, the gravest first. Raises
    UnknownName for a grade that there is not, and a page past the end.
    """
    if (grade := asking.option("grade")) and grade not in _GRADES:
        raise unknown("a grade of contradictions", grade, _GRADES)
    material, found = sections_of(asking, ("published", "conflicts"))
    say = Wording("contradictions", asking.language)
    sections = []
    for one in found:
        is_published = one.id == "published"
        if is_published:
            listed = _published(asking, material, say)
        elif asking.standing.keeps_rows_in:
            continue
        else:
            listed = _conflicts(asking, material, say)
        # the counts stay, the first few rows give way to all of them, by page
        blocks = (*one.blocks[:1], *([listed] if listed is not None else []))
        sections.append(dataclasses.replace(one, blocks=blocks))
    form = Form(
        to="/contradictions",
        button=say.plain("show"),
        fields=(
            Field(
                name="grade",
                label=say.plain("grade"),
                kind="choice",
                value=asking.option("grade"),
                options=(
                    ("", say.plain("all_grades")),
                    *((each, say.code("grade", each)) for each in _GRADES),
                ),
            ),
        ),
    )
    sections.insert(0, _counted(material, say))
    has_people = any(one.id == "conflicts" and one.blocks for one in sections)
    return page_of_sections(asking, "contradictions", material, sections, form=form if has_people else None)


def _counted(material: Material, say: Wording) -> Section:
    """Every kind of contradiction that this casefile is searched for: how many, and where they are listed;
    what is not searched for here is said.
    """
    items: list[Text] = []
    n = 0.0
    for name, to in _KINDS.items():
        figure = material.maybe(name)
        what = say.plain(_WORDS[name])
        if figure is None:
            items.append(say("not_looked", what=Stated(text=what)))
        else:
            n += figure.lo or 0
            items.append((what, ": ", say.number(figure), " ", Link(text=say.plain("list"), to=to)))
    return Section(
        id="kinds",
        name=say.plain("kinds"),
        title=say("title_some" if n else "title_none"),
        blocks=(Points(items=tuple(items)),),
    )


def _published(asking: Asking, material: Material, say: Wording) -> Table | None:
    rows, more = paged(asking, material.rows("contradicting figures", Comparison), option="page", say=say)
    if not rows:
        return None
    heads = tuple(say.plain(each) for each in ("what", "facility", "when", "printed", "records", "both"))
    return Table(
        caption=say.plain("published"),
        heads=heads,
        rows=tuple(_comparison(one, say) for one in rows),
        right=(3, 4),
        more=more,
    )


def _comparison(one: Comparison, say: Wording) -> tuple[Text, ...]:
    not_known = word("not_known", say.language)
    counted = span(one.n_lo, one.n_hi, say.language) if one.n_lo is not None else None
    if counted is None and one.n is not None:
        counted = number(one.n, say.language)
    return (
        (Stated(text=f"{say.code('published', one.status)} ({one.against or not_known})"),),
        (Stated(text=one.facility or not_known),),
        (Stated(text=one.when or "–"),),
        (Stated(text="–" if one.published is None else number(one.published, say.language)),),
        (Stated(text=counted or not_known),),
        _both(one.address, one.other_address, say),
    )


def _conflicts(asking: Asking, material: Material, say: Wording) -> Table | None:
    grade = asking.option("grade")
    listed = sorted(
        (one for one in material.rows("conflicts", GradedConflict) if grade in ("", one.grade)),
        key=lambda one: (_GRADES.index(one.grade), -one.size_us),
    )
    rows, more = paged(asking, listed, option="page_of_people", say=say)
    if not rows:
        return None
    heads = tuple(say.plain(each) for each in ("person", "what", "grade", "size", "both"))
    lines = tuple(
        (
            (person(one.unique_identifier, one.release),),
            (Stated(text=say.code("conflict", one.kind)),),
            (Stated(text=say.code("grade", one.grade)),),
            (Stated(text=length(one.size_us / _MINUTE_US, say.language)),),
            _both(one.row_a_address, one.row_b_address, say),
        )
        for one in rows
    )
    return Table(caption=say.plain("people"), heads=heads, rows=lines, more=more)


def _both(first: str | None, second: str | None, say: Wording) -> Text:
    if first and second:
        to = with_options("/side-by-side", {"row": [first, second]})
        return (Link(text=say.plain("side_by_side"), to=to),)
    return joined(row_of(each, say.language) for each in (first, second) if each)
