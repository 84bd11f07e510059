"""A page as one HTML file."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from paradero.model.safe_text import shown
from paradero.reports.content.anchors import figure_anchor, row_anchor
from paradero.reports.content.blocks import Code, Link, Mark, Number, Page, Piece, Row, Stated, Text
from paradero.reports.content.wording import Wording

_FOLDER = files("paradero.reports.html")
_POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none';"
_SHORT_CODE = 12  # an id of a person or facility stays on one line


@functools.cache
def _style() -> str:
    return (_FOLDER / "page.css").read_text(encoding="utf-8")


@functools.cache
def _template() -> Any:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(lambda name: (_FOLDER / name).read_text(encoding="utf-8")),
        autoescape=True,
        finalize=_shown,  # what a reader would miss is written out in captions and titles too
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["kind"] = lambda value: type(value).__name__
    return environment.get_template("page.html")


def _shown(value: Any) -> Any:
    return shown(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def html_of(page: Page) -> str:
    """The page; the same page gives the same bytes. Its policy forbids every request and every script."""
    from markupsafe import Markup

    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    html: str = _template().render(
        page=page,
        say=Wording("page", page.language),
        style=Markup(_style()),  # noqa: S704  our own file
        policy=f"{_POLICY} style-src 'sha256-{digest}'",
        inline=_inline,
        drawn=Markup,  # charts, whose texts are escaped where they are drawn
    )
    return html


def _inline(text: Text) -> Any:
    from markupsafe import Markup

    return Markup("").join(_piece(each) for each in text)


def _piece(piece: Piece) -> Any:
    """One piece as HTML; whatever is shown is escaped, and what a terminal or a reader would miss is written
    out.
    """
    from markupsafe import Markup

    if isinstance(piece, str):
        return Markup.escape(shown(piece))
    written, values = _TAGS[type(piece)](piece)
    return Markup(written).format(*values, shown(piece.text))  # noqa: S704  our own tags; values are escaped


_TAGS: Mapping[type, Callable[[Any], tuple[str, tuple[str, ...]]]] = {
    Number: lambda one: ('<a class="n" href="#{}">{}</a>', (figure_anchor(one.figure),)),
    Row: lambda one: ('<a href="#{}">{}</a>', (row_anchor(one.address),)),
    Link: lambda one: ('<a href="{}">{}</a>', (shown(one.to),)),
    Mark: lambda one: ('<span class="v v-{}">{}</span>', (one.ink,)),
    Code: lambda one: ('<code class="{}">{}</code>', ("id" if len(one.text) <= _SHORT_CODE else "long",)),
    Stated: lambda _: ('<span class="said">{}</span>', ()),
}
