"""A page as the site sends it: with its search, its other languages, its stable address and its notices."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from typing import Literal

from paradero import __version__
from paradero.answers.words import LANGUAGES
from paradero.building.behind import n_waiting
from paradero.casefile.originals import sources_of
from paradero.disclosure.asked import Publishing
from paradero.reports.content.blocks import Code, Field, Form, Link, Page, Stated, Text
from paradero.reports.content.numbers import number
from paradero.reports.content.wording import Wording, joined, plain_text
from paradero.reports.html.around import Around
from paradero.reports.html.pages import html_of, style
from paradero.reports.leaving import labelled
from paradero.web.addresses import OnSite, with_options
from paradero.web.asking import SUPPOSING, Asking
from paradero.web.failing import Failed
from paradero.web.standing import Standing

_NAMES = {"en": "English", "es": "Español"}
_DIGEST = 12  # letters that an address carries


@functools.cache
def style_path() -> str:
    """Where the style lies: its address changes with it, so that browsers may keep it."""
    return f"/assets/page-{hashlib.sha256(style().encode()).hexdigest()[:12]}.css"


# pages that `paradero report` writes as files, and that print as these do
_ON_PAPER = ("/report", "/person/", "/facility/", "/company/", "/order/", "/event/", "/flight/", "/exhibit")
Kind = Literal["page", "embed", "files"]


def written(asking: Asking, page: Page, *, kind: Kind = "page", script: str = "") -> bytes:
    """The page as HTML, labelled as the profile says, the same bytes for the same casefile and address: as a
    page of the site, alone in a frame of another, or for a site of files, whose addresses do not change.
    """
    around = dataclasses.replace(_around(asking, kind=kind), script=script)
    return html_of(leaving_page(asking, page), around).encode("utf-8")


def leaving_page(asking: Asking, page: Page) -> Page:
    """The page as it leaves: with the label of the profile; of a private list without title and digest."""
    standing = asking.standing
    if standing.keeps_rows_in:
        return _without_state(page, standing, asking.language)
    return labelled(standing.case, page, Publishing() if standing.is_public else None)


def has_paper(path: str) -> bool:
    """Whether the page at that address, without its language, can be had as PDF."""
    return any(path == each or (each.endswith("/") and path.startswith(each)) for each in _ON_PAPER)


def _without_state(page: Page, standing: Standing, language: str) -> Page:
    """The page without the casefile's title and scope, which say whom it is about, and its digest, by which a
    guess at the records could be tried; with what the profile does and does not.
    """
    scope = scope_of_case(standing, language)
    named = Stated(text=plain_text(page.title))
    cite = Wording("published_page", language)("cite", title=named, version=Stated(text=__version__))
    said = standing.profile.said(language)
    foot = ((Stated(text=scope),), (Stated(text=said),))
    return dataclasses.replace(page, case=title_of_case(standing, language), cite=cite, foot=foot, files=())


def _around(asking: Asking, *, kind: Kind) -> Around:
    say = Wording("site", asking.language)
    supposed = {name: asking.options[name] for name in SUPPOSING if name in asking.options}
    leading = OnSite(
        asking.language, supposed=supposed, has_several_releases=_has_several_releases(asking.standing)
    )
    here = _with_options(asking)
    stable = _with_options(asking, digest=asking.standing.digest[:_DIGEST])
    address = Link(text=f"/{asking.language}{stable}", to=stable)
    paper = Link(text=say.plain("print_word"), to=f"/print{here}")
    is_open = not asking.standing.keeps_rows_in  # else no digest, and nothing to look up
    return Around(
        leading=leading,
        style=style_path(),
        home=f"/{asking.language}/",
        languages=tuple(
            (_NAMES[code], code, f"/{code}{here}") for code in LANGUAGES if code != asking.language
        ),
        ways=() if kind == "embed" or not is_open else (Link(text=say.plain("find"), to="/search"),),
        notice=_notice(asking, say) if is_open else (),
        embed=f"/embed/{asking.language}{asking.path}"
        if kind == "page" and asking.standing.is_public and is_open
        else "",
        foot=(
            *(
                (_on_paper(asking, paper, say),)
                if kind == "page" and is_open and has_paper(asking.path)
                else ()
            ),
            *((say("stable", address=address),) if is_open and kind == "page" else ()),
            _no_locator(say),
        ),
        is_embedded=kind == "embed",
        taken=(f"/{asking.language}", here) if kind != "embed" and is_open else (),
        takes_tables=kind == "page",
    )


def _on_paper(asking: Asking, paper: Link, say: Wording) -> Text:
    """Where the page is as PDF; of a person a sheet, and apart from it all that it rests on."""
    if not asking.path.startswith("/person/"):
        return say("on_paper", print=paper)
    options: dict[str, str | list[str]] = {name: list(values) for name, values in asking.options.items()}
    rows = with_options(f"/print{asking.path}", options | {"rows": "on"})
    return say("sheet", print=paper, rows=Link(text=say.plain("with_rows"), to=rows))


def _has_several_releases(standing: Standing) -> bool:
    return standing.shared(
        ("several releases",), lambda: len({one.release for one in sources_of(standing.case)}) > 1
    )


def _no_locator(say: Wording) -> Text:
    return say("no_locator", where=Link(text=say.plain("where_to_ask"), to="/where-to-ask"))


def title_of_case(standing: Standing, language: str) -> str:
    """What the casefile is called; of a private list in public nothing that says whom it is about."""
    if standing.keeps_rows_in:
        return Wording("published_page", language).plain("kicker")
    return standing.case.settings().title


def scope_of_case(standing: Standing, language: str) -> str:
    """What the casefile says it covers; of a private list in public that this is not said."""
    if standing.keeps_rows_in:
        return Wording("published_page", language).plain("scope")
    return standing.case.settings().scope


def search_form(say: Wording, value: str = "") -> Form:
    """The one search of the site."""
    field = Field(name="q", label=say.plain("search"), value=value, kind="search", hint="")
    return Form(to="/search", button=say.plain("search_button"), fields=(field,))


def _with_options(asking: Asking, *, digest: str = "") -> str:
    options: dict[str, str | list[str]] = {
        name: list(values) for name, values in asking.options.items() if name not in ("digest", "version")
    }
    if digest:
        options |= {"digest": digest, "version": __version__}
    return with_options(asking.path, options)


def _notice(asking: Asking, say: Wording) -> Text:
    """What stands above the title: what the address supposes, and that it was made for another state."""
    told = [f"{name}: {', '.join(asking.options[name])}" for name in SUPPOSING if asking.options.get(name)]
    supposed = say("supposed", what=Stated(text="; ".join(told))) if told else ()
    parts = [each for each in (supposed, _other_state(asking, say), _waiting(asking, say)) if each]
    return joined(parts, " ") if parts else ()


def _waiting(asking: Asking, say: Wording) -> Text:
    """That files were added which no number of the site has yet."""
    standing = asking.standing
    n = standing.shared(("files waiting",), lambda: n_waiting(standing.case))
    if not n:
        return ()
    return say("waiting_one" if n == 1 else "waiting", n=Stated(text=number(n, asking.language)))


def _other_state(asking: Asking, say: Wording) -> Text:
    then, version = asking.option("digest"), asking.option("version")
    now = asking.standing.digest
    is_same = not then or (len(then) >= _DIGEST and now.startswith(then))
    if is_same and version in ("", __version__):
        return ()
    told = Link(text=now[:_DIGEST], to=_with_options(asking, digest=now[:_DIGEST]))
    if is_same:
        return say("other_version", then=Stated(text=version), now=Stated(text=__version__), current=told)
    return say("other_digest", then=Code(text=then), now=told)


def page_on_error(standing: Standing | None, asking: Asking | None, language: str, failed: Failed) -> bytes:
    """A page that says what went wrong and what to do, with the search; `standing` is None where the casefile
    cannot be asked at all.
    """
    say = Wording("site", language)
    page = Page(
        language=language,
        case="" if standing is None else title_of_case(standing, language),
        kicker=say("error_kicker"),
        title=say(failed.title),
        lead=failed.text or say("broken_means"),
        label="",
        findings=(),
        sections=(),
        cite=say("error_cite", version=Stated(text=__version__)),
        foot=(),
    )
    if asking is not None:
        around = _around(asking, kind="page")
    else:
        has_search = standing is not None and not standing.keeps_rows_in
        around = Around(
            leading=OnSite(language),
            style=style_path(),
            home=f"/{language}/",
            search=search_form(say) if has_search else None,
            foot=(_no_locator(say),),
        )
    return html_of(page, dataclasses.replace(around, notice=(), foot=around.foot[-1:])).encode("utf-8")
