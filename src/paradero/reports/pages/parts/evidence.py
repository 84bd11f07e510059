"""The end of every page: what each figure on it counts and rests on, and the rows that are cited, as
received.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paradero.answers.original import OriginalRow, is_kept_in, original
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.figures.figure import Basis, Figure
from paradero.reports.content.anchors import figure_anchor, pieces_of, row_anchor
from paradero.reports.content.blocks import (
    Anchored,
    Block,
    Code,
    Facts,
    Link,
    Number,
    Piece,
    Row,
    Section,
    Stated,
    Text,
)
from paradero.reports.content.numbers import quantity
from paradero.reports.content.remarks import remark_in
from paradero.reports.content.wording import Wording, joined

_MOST_BASIS = 3


def evidence(case: Casefile, sections: Sequence[Section], lead: Text, language: str) -> list[Section]:
    """Two sections: the figures that stand on the page, and the rows that the page and its figures cite."""
    say = Wording("evidence", language)
    pieces = [*lead, *pieces_of(tuple(sections))]
    figures = {one.figure.id: one.figure for one in pieces if isinstance(one, Number)}
    shown = [
        Anchored(
            id=figure_anchor(one),
            title=(say.stated(one.title, one.title_es),),
            blocks=(Facts(caption=Code(text=one.id), rows=figure_facts(one, language)),),
        )
        for one in figures.values()
    ]
    found = [
        Section(
            id="figures",
            name=say.plain("figures_name"),
            title=say("figures"),
            sub=say("figures_sub"),
            blocks=tuple(shown),
            is_evidence=True,
        )
    ]
    cited = [one.address for one in pieces if isinstance(one, Row)]
    cited += [
        basis.address
        for one in figures.values()
        for basis in one.basis[:_MOST_BASIS]
        if basis.address is not None
    ]
    if cited:
        rows = [_row(case, address, say) for address in dict.fromkeys(cited)]
        found.append(
            Section(
                id="rows",
                name=say.plain("rows_name"),
                title=say("rows"),
                sub=say("rows_sub"),
                blocks=tuple(rows),
                is_evidence=True,
            )
        )
    return found if shown else found[1:]


def figure_facts(
    figure: Figure, language: str, *, most_basis: int = _MOST_BASIS
) -> tuple[tuple[str, Text], ...]:
    """What a figure counts, of whom, within which bounds and why, and the first `most_basis` of what it rests
    on, a line each.
    """
    say = Wording("evidence", language)
    number: Text = (Stated(text=quantity(figure, say.language)),)
    facts: list[tuple[str, Text]] = [
        (say.plain("value"), number),
        (say.plain("counts"), (say.stated(figure.definition, figure.definition_es),)),
        (say.plain("population"), (say.stated(figure.population, figure.population_es),)),
    ]
    if figure.causes:
        named = [(say.stated(one.name, one.name_es),) for one in figure.causes]
        facts.append((say.plain("wide"), joined(named, "; ")))
    facts += [
        (say.plain("remark"), (Stated(text=remark_in(remark, say.language)),)) for remark in figure.remarks
    ]
    if figure.basis:
        more = figure.n_basis - len(figure.basis[:most_basis])
        listed = [_basis(one, say) for one in figure.basis[:most_basis]]
        tail: Text = (
            say("more_basis", n=Stated(text=f"{more:,}")) if more > 0 and figure.basis_is_whole else ()
        )
        name = "rests_on" if figure.basis_is_whole else "for_example"
        facts.append((say.plain(name), joined(listed, "; ") + tail))
    facts.append(
        (say.plain("follow"), (Code(text=f"paradero explain {figure.id}"), " · ", Code(text=figure.answer)))
    )
    return tuple(facts)


def basis_in_words(one: Basis, language: str) -> Text:
    """What a figure or a link rests on: a row as a link to it, a statement with who made it, of what kind, of
    when, and where it was read.
    """
    return _basis(one, Wording("evidence", language))


def _basis(one: Basis, say: Wording) -> Text:
    """A row as a link to it; a statement with who made it, of what kind, of when, and where it was read."""
    if one.address is not None:
        return (Row(address=one.address, text=row_in_words(one.address, say)),)
    said: list[Piece] = [Stated(text=one.by or "")]
    kind = ", ".join(each for each in (_evidence_word(one.evidence, say), one.dated) if each)
    if kind:
        said.append(Stated(text=f" ({kind})"))
    for place in one.seen:
        said.append(" ")
        if place.startswith(("https://", "http://")):
            said.append(
                Link(text=place.removeprefix("https://").removeprefix("http://").partition("/")[0], to=place)
            )
        else:
            said.append(Stated(text=place))
    return tuple(said)


def _evidence_word(kind: str | None, say: Wording) -> str | None:
    return None if kind is None else say.plain(f"evidence_{kind}")


def row_of(address: str, language: str) -> Text:
    """A row as it is cited in a table: a link to the row as received."""
    return (Row(address=address, text=row_in_words(address, Wording("evidence", language))),)


def row_in_words(address: str, say: Wording) -> str:
    """`row 203, sheet “Detentions FY2023”`."""
    _, _, rest = address.partition(":")
    sheet, _, row = rest.rpartition(":")
    return f"{say.plain('row')} {row}" + (
        f", {say.plain('sheet')} {say.plain('quote').format(sheet)}" if sheet else ""
    )


def cells_of(case: Casefile, row: OriginalRow) -> list[tuple[str, str]]:
    """The cells of a row as received that are not empty, but for those of columns that the casefile keeps
    although they hold direct identifiers (`add --keep`): those are for `paradero rows` alone.
    """
    name = row.address.partition(":")[0]
    sources = [one for one in sources_of(case) if one.source == name]
    return [
        (column, value)
        for column, value in row.cells.items()
        if value and not any(is_kept_in(one, column) for one in sources)
    ]


def _row(case: Casefile, address: str, say: Wording) -> Anchored:
    found = original(case, address)
    cells: Iterable[tuple[str, Text]] = (
        (name, (Stated(text=value),)) for name, value in cells_of(case, found)
    )
    title = (Stated(text=f"{found.file_name}, {row_in_words(address, say)}"),)
    caption = Code(text=f"{found.address} · SHA-256 {found.sha256[:12]}")
    block: Block = Facts(caption=caption, rows=tuple(cells))
    return Anchored(id=row_anchor(address), title=title, blocks=(block,))
