"""Records of one person that cannot all be true, the gravest first."""

from __future__ import annotations

from paradero.answers.people.listing import GradedConflict
from paradero.figures.computing import slug
from paradero.reports.content.blocks import Code, Finding, Section, Stated, Table
from paradero.reports.content.numbers import length
from paradero.reports.content.wording import joined
from paradero.reports.pages.material import Material, person, remarks_of
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.pictured import pictured

RANK = 50
_SHOWN = 10
_MINUTE_US = 60_000_000
_GRADES = ("severe", "serious", "minor", "trace")


def section(material: Material) -> Section | None:
    """How many contradictions of each kind and grade there are, and the gravest with both their rows."""
    answered = material.answered("conflicts")
    if answered is None:
        return None
    say = material.wording("conflicts")
    all_of_them = material.figure("record-conflicts")
    rows = sorted(
        material.rows("conflicts", GradedConflict), key=lambda one: (_GRADES.index(one.grade), -one.size_us)
    )
    if not rows:
        title = say("title_none" if all_of_them.hi == 0 else "title_unjudged")
        return Section(
            id="conflicts", name=say.plain("name"), title=title, sub=remarks_of(answered, material.language)
        )
    title = say("title", conflicts=all_of_them)
    sorts = dict.fromkeys((one.grade, one.kind) for one in rows)
    counts = Table(
        caption=say.plain("caption"),
        heads=tuple(say.plain(each) for each in ("kind", "grade", "n")),
        rows=tuple(
            (
                (Stated(text=say.code("conflict", kind)),),
                (Stated(text=say.code("grade", grade)),),
                (say.bare(material.figure(f"record-conflicts-by-kind/{slug(kind)}/{slug(grade)}")),),
            )
            for grade, kind in sorts
        ),
        right=(2,),
    )
    lines = tuple(
        (
            (person(one.unique_identifier, one.release),),
            (Stated(text=say.code("conflict", one.kind)),),
            (Stated(text=length(one.size_us / _MINUTE_US, say.language)),),
            joined(row_of(each, say.language) for each in (one.row_a_address, one.row_b_address) if each),
        )
        for one in rows[:_SHOWN]
    )
    more = len(rows) - _SHOWN
    gravest = Table(
        caption=say.plain("caption_gravest"),
        heads=tuple(say.plain(each) for each in ("person", "kind", "size", "rows")),
        rows=lines,
        more=say("more", n=Stated(text=f"{more:,}")) if more > 0 else (),
    )
    return Section(
        id="conflicts",
        name=say.plain("name"),
        title=title,
        sub=(*say("sub"), " ", *remarks_of(answered, material.language)),
        blocks=(counts, gravest),
        finding=Finding(
            rank=50,
            title=title,
            text=say("rest", command=Code(text=answered.command)),
            picture=pictured(
                "conflicts",
                [
                    (
                        say.code("conflict", kind),
                        material.figure(f"record-conflicts-by-kind/{slug(kind)}/{slug(grade)}"),
                    )
                    for grade, kind in sorts
                ],
                say,
            ),
        ),
    )
