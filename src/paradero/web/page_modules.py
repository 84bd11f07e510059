"""The pages of the site, a module each in `pages/` or a folder of it. A module that is added is found by
itself.

`PATH` is its address without the language (`/facility/{name}`; `{name:path}` takes slashes), `OPTIONS` the
options it takes, `page` writes it; a module with `send` instead gives a file, under an address that has no
language. `names` gives what can stand in its address, for a site that is written as files; one whose page
`NEEDS_SERVER = True` is not among these. One with `IS_QUERY = True` runs what its reader wrote: such questions
wait for each other, and no other page for them.

`LEAVES = True` marks what a public site of a private list may serve: nothing of it comes from records, or it
has passed disclosure control. What has no mark stays in; so does what `IS_ABOUT_ROWS = True` marks as about
single people or rows, whatever else it says.
"""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.routing import compile_path

from paradero.reports.content.blocks import Page
from paradero.web.asking import Asking, Sent
from paradero.web.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class PageModule:
    """A kind of page: its address, its options, what writes it."""

    name: str
    path: str
    options: tuple[str, ...]
    leaves: bool
    needs_server: bool
    is_query: bool  # of the reader's own, for which no other page waits
    page: Callable[[Asking], Page] | None
    send: Callable[[Asking], Sent] | None
    names: Callable[[Standing], Iterable[Mapping[str, str]]] | None


def is_served(module: PageModule, standing: Standing) -> bool:
    """Whether a site serves the page: of a private list in public only what says that it leaves."""
    return module.leaves or not standing.keeps_rows_in


@functools.cache
def page_modules() -> tuple[PageModule, ...]:
    """All kinds of pages; those with fixed addresses before those with names in them."""
    found = []
    for name in _modules(files("paradero.web") / "pages", "paradero.web.pages"):
        loaded = importlib.import_module(name)
        if not hasattr(loaded, "PATH"):
            continue  # a part that pages share
        found.append(
            PageModule(
                name=name.removeprefix("paradero.web.pages."),
                path=loaded.PATH,
                options=getattr(loaded, "OPTIONS", ()),
                leaves=getattr(loaded, "LEAVES", False) and not getattr(loaded, "IS_ABOUT_ROWS", False),
                needs_server=getattr(loaded, "NEEDS_SERVER", False),
                is_query=getattr(loaded, "IS_QUERY", False),
                page=getattr(loaded, "page", None),
                send=getattr(loaded, "send", None),
                names=getattr(loaded, "names", None),
            )
        )
    return tuple(sorted(found, key=lambda each: ("{" in each.path, "{name:path}" in each.path, each.path)))


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], PageModule], ...]:
    return tuple((compile_path(module.path)[0], module) for module in page_modules())


def module_at(path: str, *, is_page: bool = True) -> tuple[PageModule, Mapping[str, str]] | None:
    """The page, or file, at an address without its language and as it is read (`%2F` is a slash), and the
    names in it; None where there is none.
    """
    for pattern, module in _patterns():
        match = pattern.match(path) if is_page == (module.send is None) else None
        if match is not None:
            return module, match.groupdict()
    return None


def _modules(folder: Traversable, package: str) -> Iterator[str]:
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        name = path.name.removesuffix(".py")
        if path.is_dir() and not name.startswith("__"):
            yield from _modules(path, f"{package}.{name}")
        elif path.name.endswith(".py") and name != "__init__":
            yield f"{package}.{name}"
