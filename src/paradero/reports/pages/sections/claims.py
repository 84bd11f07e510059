"""What was said, and whether it holds: contradicted first, then what holds only if, then the rest."""

from __future__ import annotations

from collections.abc import Sequence

from paradero.answers.books.claims import CheckedClaim, ClaimFinding
from paradero.figures.figure import Figure
from paradero.reports.content.blocks import Code, Finding, Folded, Section, Stated, Table, Text
from paradero.reports.content.numbers import span
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.material import Material
from paradero.reports.pages.pictured import pictured

RANK = 100
_ORDER = ("contradicted", "holds_only_if", "supported", "not_checkable")


def section(material: Material) -> Section | None:
    """Four lists, and the claims that do not go together."""
    answered = material.answered("claims")
    if answered is None:
        return None
    say = material.wording("claims")
    rows = material.rows("claims", CheckedClaim)
    found = {each: material.maybe(f"claims-by-verdict/{each}") for each in _ORDER}
    wrong, only_if = found["contradicted"], found["holds_only_if"]
    counts: list[tuple[Text, ...]] = [
        ((Stated(text=say.code("claim", name)),), (say.bare(figure),))
        for name, figure in found.items()
        if figure is not None
    ]
    heads = (say.plain("verdict"), say.plain("n"))
    blocks = [Table(caption=say.plain("caption"), heads=heads, rows=tuple(counts), right=(1,))]
    blocks += [
        _listed([one for one in rows if one.verdict == name], name, say) for name in _ORDER[:2] if found[name]
    ]
    rest = [one for one in rows if one.verdict not in _ORDER[:2]]
    folded = (Folded(summary=say.plain("rest_of_them"), blocks=(_listed(rest, "", say),)),) if rest else ()
    together = material.rows("claim findings", ClaimFinding)
    conflicts = material.figure("claim-conflicts")
    pairs = (Folded(summary=say.plain("together"), blocks=(_pairs(together, say),)),) if together else ()
    return Section(
        id="claims",
        name=say.plain("name"),
        title=_title(say, wrong, only_if),
        sub=say("sub"),
        blocks=(*blocks, *folded, *pairs),
        finding=None
        if wrong is None
        else Finding(
            rank=14,
            title=_title(say, wrong, only_if),
            text=say("rest", conflicts=conflicts, command=Code(text=answered.command)),
            picture=pictured(
                "claims",
                [(say.code("claim", name), one) for name, one in found.items() if one is not None],
                say,
            ),
        ),
    )


def _title(say: Wording, wrong: Figure | None, only_if: Figure | None) -> Text:
    if wrong is None:
        return say("title_none")
    return say("title_wrong", wrong=wrong) if only_if is None else say("title", wrong=wrong, only_if=only_if)


def _listed(rows: Sequence[CheckedClaim], name: str, say: Wording) -> Table:
    lines: list[tuple[Text, ...]] = []
    for one in rows:
        conditions = [
            (Stated(text=each),)
            for each in (one.holds_only_if_es if say.language == "es" else one.holds_only_if)
        ]
        against: Text = (Stated(text=_against(one, say)),)
        lines.append(
            (
                (Stated(text=say.of(one.what, one.what_es)),),
                (Stated(text=one.says),),
                (Stated(text="; ".join(dict.fromkeys(each.by for each in one.citations))),),
                joined([against, *conditions], "; ") if conditions else against,
            )
        )
    heads = tuple(say.plain(each) for each in ("claim", "says", "who", "against"))
    caption = say.code("claim", name).capitalize() if name else say.plain("rest_of_them")
    return Table(caption=caption, heads=heads, rows=tuple(lines))


def _against(one: CheckedClaim, say: Wording) -> str:
    if not one.held_against:
        return say.plain("nothing")
    lo, hi = one.lo, one.hi
    if isinstance(lo, str) or isinstance(hi, str):
        return f"{one.held_against}: {' – '.join(str(each) for each in (lo, hi) if each is not None)}"
    if lo is None and hi is None:
        return one.held_against
    return f"{one.held_against}: {span(lo, hi, say.language)} {one.unit}"


def _pairs(rows: Sequence[ClaimFinding], say: Wording) -> Table:
    lines = tuple(
        (
            (Stated(text=say.of(one.means, one.means_es)),),
            joined([(Stated(text=f"{each.says} ({each.by})"),) for each in one.claims], "; "),
            (Stated(text=say.of(one.detail, one.detail_es)),),
        )
        for one in rows
    )
    heads = tuple(say.plain(each) for each in ("means", "claims", "detail"))
    return Table(caption=say.plain("caption_together"), heads=heads, rows=lines)
