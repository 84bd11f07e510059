"""A page as one HTML file."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from paradero.model.safe_text import shown
from paradero.reports.content.blocks import (
    Code,
    Link,
    Mark,
    Missing,
    Named,
    Number,
    Page,
    Piece,
    Row,
    Stated,
    Text,
)
from paradero.reports.content.wording import Wording
from paradero.reports.html.around import Around, Leading

_FOLDER = files("paradero.reports.html")
_POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none';"
_SHORT_CODE = 12  # an id of a person or facility stays on one line


@functools.cache
def style() -> str:
    """The style of every page, in a file and on a site."""
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


def html_of(page: Page, around: Around | None = None) -> str:
    """The page; the same page gives the same bytes. A file's policy forbids every request and every script;
    on a site the server sends the policy, and `around` says what stands around the page and where links
    lead.
    """
    from markupsafe import Markup

    around = around or Around()
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    html: str = _template().render(
        page=page,
        say=Wording("page", page.language),
        around=around,
        style="" if around.style else Markup(style()),  # noqa: S704  our own file
        policy="" if around.style else f"{_POLICY} style-src 'sha256-{digest}'",
        inline=functools.partial(_inline, around.leading),
        leading=around.leading,
        drawn=Markup,  # charts, whose texts are escaped where they are drawn
    )
    return html


def _inline(leading: Leading, text: Text) -> Any:
    from markupsafe import Markup

    return Markup("").join(_piece(each, leading) for each in text)


def _piece(piece: Piece, leading: Leading) -> Any:
    """One piece as HTML; whatever is shown is escaped, and what a terminal or a reader would miss is written
    out.
    """
    from markupsafe import Markup

    if isinstance(piece, str):
        return Markup.escape(shown(piece))
    answered = leading.command(piece.text) if isinstance(piece, Code) else None
    if answered is not None:
        return Markup('<a href="{}">{}</a>').format(*answered)
    written, values = _TAGS[type(piece)](piece, leading)
    return Markup(written).format(*values, shown(piece.text))  # noqa: S704  our own tags; values are escaped


def _linked(address: str | None, kind: str = "") -> tuple[str, tuple[str, ...]]:
    """Words as a link, or alone where they lead nowhere."""
    if address is None:
        return f"<span{kind}>{{}}</span>", ()
    return f'<a{kind} href="{{}}">{{}}</a>', (shown(address),)


_TAGS: Mapping[type, Callable[[Any, Leading], tuple[str, tuple[str, ...]]]] = {
    Number: lambda one, leading: _linked(leading.figure(one.figure), ' class="n"'),
    Row: lambda one, leading: _linked(leading.row(one.address)),
    Link: lambda one, leading: _linked(leading.link(one.to)),
    Named: lambda one, leading: _linked(leading.named(one.about, one.name, one.release), ' class="said"'),
    Mark: lambda one, _: ('<span class="v v-{}">{}</span>', (one.ink,)),
    Code: lambda one, _: ('<code class="{}">{}</code>', ("id" if len(one.text) <= _SHORT_CODE else "long",)),
    Stated: lambda one, _: (
        ('<span class="said" lang="{}">{}</span>', (one.language,))
        if one.language
        else ('<span class="said">{}</span>', ())
    ),
    Missing: lambda *_: ('<span class="missing">{}</span>', ()),
}
