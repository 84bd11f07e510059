"""What was said, and whether it holds: contradicted first, then what holds only if, then the rest."""

from __future__ import annotations

from collections.abc import Sequence

from paradero.answers.books.claims import CheckedClaim, ClaimCitation, ClaimFinding, HeldClaim
from paradero.figures.figure import Figure
from paradero.reports.content.blocks import Code, Finding, Folded, Paragraph, Section, Stated, Table, Text
from paradero.reports.content.numbers import span
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.pictured import pictured

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
    held = material.rows("claim standards", HeldClaim)
    named = (Folded(summary=say.plain("standards"), blocks=_beside(held, say)),) if held else ()
    return Section(
        id="claims",
        name=say.plain("name"),
        title=_title(say, wrong, only_if),
        sub=say("sub"),
        blocks=(*blocks, *folded, *pairs, *named),
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
                as_given=True,
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
                (say.stated(one.what, one.what_es),),
                (Stated(text=one.says),),
                (Stated(text="; ".join(dict.fromkeys(_who(each, say) for each in one.citations))),),
                joined([against, *conditions], "; ") if conditions else against,
            )
        )
    heads = tuple(say.plain(each) for each in ("claim", "says", "who", "against"))
    caption = say.code("claim", name).capitalize() if name else say.plain("rest_of_them")
    return Table(caption=caption, heads=heads, rows=tuple(lines))


def _who(one: ClaimCitation, say: Wording) -> str:
    """Who says it, marked where it was seen only at copies of somebody else's page."""
    return f"{one.by} ({say.plain('copy')})" if one.seen_as == "copy" else one.by


def _against(one: CheckedClaim, say: Wording) -> str:
    missing = one.would_need_es if say.language == "es" else one.would_need
    needs = f"{say.plain('needs')}: {'; '.join(missing)}" if missing else ""
    if not one.held_against:
        return f"{say.plain('nothing')}; {needs}" if needs else say.plain("nothing")
    return "; ".join(each for each in (_held_against(one, say), needs) if each)


def _held_against(one: CheckedClaim, say: Wording) -> str:
    lo, hi = one.lo, one.hi
    if isinstance(lo, str) or isinstance(hi, str):
        return f"{one.held_against}: {' – '.join(str(each) for each in (lo, hi) if each is not None)}"
    if lo is None and hi is None:
        return one.held_against
    return f"{one.held_against}: {span(lo, hi, say.language)} {one.unit}"


def _beside(rows: Sequence[HeldClaim], say: Wording) -> tuple[Table, Paragraph]:
    """What each claim is beside a named standard, as if it were true, and whom the standards bind."""
    lines: list[tuple[Text, ...]] = []
    for one in rows:
        pin = f"{say.of(one.standard, one.standard_es)}, {one.pin}"
        if not one.read_in_source:
            pin += f" ({say.plain('not_read')})"
        unit = "" if one.unit == "1" else f" {one.unit}"
        limit = f"{say.of(one.of, one.of_es)}: {say.of(one.limit, one.limit_es)}{unit}"
        said = f"{say.of(one.claim_what, one.claim_what_es)}: {one.claim_says} ({one.by}; {one.dated})"
        gives = "" if one.lo is None and one.hi is None else f": {span(one.lo, one.hi, say.language)}{unit}"
        given = f"; {say.plain('given')}: {', '.join(one.given)}" if one.given else ""
        lines.append(
            (
                (Stated(text=pin),),
                (Stated(text=limit if one.of else say.of(one.says, one.says_es)),),
                (Stated(text=said if one.claim else say.plain("none")),),
                (Stated(text=f"{say.of(one.means, one.means_es)}{gives}{given}"),),
            )
        )
    heads = tuple(say.plain(each) for each in ("standard", "states", "claim", "beside"))
    forces = dict.fromkeys(
        f"{say.of(one.standard, one.standard_es)}: {say.of(one.force, one.force_es)}" for one in rows
    )
    return (
        Table(caption=say.plain("standards"), heads=heads, rows=tuple(lines)),
        Paragraph(text=(Stated(text=" ".join(forces)),)),
    )


def _pairs(rows: Sequence[ClaimFinding], say: Wording) -> Table:
    lines = tuple(
        (
            (say.stated(one.means, one.means_es),),
            joined([(Stated(text=f"{each.says} ({each.by})"),) for each in one.claims], "; "),
            (say.stated(one.detail, one.detail_es),),
        )
        for one in rows
    )
    heads = tuple(say.plain(each) for each in ("means", "claims", "detail"))
    return Table(caption=say.plain("caption_together"), heads=heads, rows=lines)
