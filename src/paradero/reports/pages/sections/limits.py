"""What the casefile does not hold, what its records do not say, and how to check all of it."""

from __future__ import annotations

from paradero.reports.content.blocks import Block, Code, Points, Section, Stated, Table, Text
from paradero.reports.content.numbers import number
from paradero.reports.pages.material import Material

RANK = 200


def section(material: Material) -> Section | None:
    """Scope, absences, originals with their hashes, and the commands that check them."""
    say = material.wording("limits")
    items: list[Text] = [(Stated(text=material.case.settings().scope),)]
    items += [say(f"absent_{each.replace(' ', '_')}") for each in _absent(material)]
    items += [say("no_zone")] if material.asked.has_records else []
    blocks: list[Block] = [Points(items=tuple(items))]
    status = material.asked.status
    if status.sources:
        rows = tuple(
            (
                (Stated(text=one.file_name),),
                (Stated(text=number(one.rows_kept, say.language) if one.rows_kept is not None else "–"),),
                (Stated(text=one.origin or say.plain("not_stated")),),
                (Code(text=one.sha256),),
            )
            for one in status.sources
        )
        heads = tuple(say.plain(each) for each in ("file", "rows", "origin", "hash"))
        blocks.append(Table(caption=say.plain("caption"), heads=heads, rows=rows, right=(1,)))
    blocks.append(
        Points(
            items=(
                say("verify", command=Code(text="paradero verify")),
                say("definitions", command=Code(text="paradero definitions")),
            )
        )
    )
    return Section(id="limits", name=say.plain("name"), title=say("title"), blocks=tuple(blocks))


def _absent(material: Material) -> list[str]:
    """The answers that the casefile has nothing for, each once."""
    names = ("unaccounted", "published", "counts", "costs", "claims", "amounts", "verdict counts")
    return [name for name in names if material.answered(name) is None]
