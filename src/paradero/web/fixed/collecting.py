"""Every page of the site that links lead to, written one after the other, nearest to the first page first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

from starlette.routing import compile_path

from paradero.answers.words import LANGUAGES
from paradero.model.errors import ParaderoError
from paradero.reports.content.blocks import Page
from paradero.web.addresses import language_of, spelled
from paradero.web.asking import SUPPOSING, Asking, check_options
from paradero.web.fixed.links import addresses_in
from paradero.web.fixed.places import has_options, plain
from paradero.web.outside.taken import charts_of, picture_of
from paradero.web.page_modules import is_served, module_at, page_modules
from paradero.web.standing import Standing
from paradero.web.writing import leaving_page, written

MOST_VARIANTS = 200  # leaves of one long list
MOST_FILTERED = 12  # other addresses of one page: of a table sorted and filtered there are any number
_LEAVES = {"page", "page_of_people", "open"}  # options that only turn to another leaf of the same page


@dataclass(slots=True, kw_only=True)
class Collected:
    """Pages and files by their addresses, in the order in which they were found; `left_out` are addresses
    that links lead to and that are not among them. `charts` are those of the pages, as pictures.
    """

    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    charts: dict[str, bytes] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)


def collected(standing: Standing, *, most: int, tell: Callable[[int, int], None]) -> Collected:
    """The public site of a casefile from its first pages on, at most `most` pages and files. Whoever waits is
    told how many are done and how many are known.
    """
    found = Collected()
    waiting = deque(f"/{language}{path}" for language in LANGUAGES for path in _first(standing))
    seen = set(waiting)
    variants: dict[str, int] = {}
    while waiting:
        address = waiting.popleft()
        if len(found.pages) + len(found.files) >= most or not _is_wanted(address, variants):
            found.left_out.add(address)
            continue
        made = _made(standing, address)
        if made is None:
            found.left_out.add(address)
        elif isinstance(made, bytes):
            found.files[address] = made
        else:
            found.pages[address], charts = made
            found.charts |= charts
            for led in map(plain, addresses_in(found.pages[address])):
                if led not in seen and led not in charts:
                    seen.add(led)
                    waiting.append(led)
        tell(len(found.pages) + len(found.files), len(seen))
    return found


def _first(standing: Standing) -> Iterator[str]:
    """The first page, and every page whose names its module gives."""
    yield "/"
    for module in page_modules():
        if module.names is not None and module.send is None and is_served(module, standing):
            steps = compile_path(module.path)[1]
            for names in module.names(standing):
                yield steps.format(**{name: spelled(value) for name, value in names.items()})


def _is_wanted(address: str, variants: dict[str, int]) -> bool:
    if not has_options(address):
        return True
    path, _, options = address.partition("?")
    is_leaf = {name for name, _ in parse_qsl(options, keep_blank_values=True)} <= _LEAVES
    counted = path if is_leaf else f"{path}?"
    variants[counted] = variants.get(counted, 0) + 1
    return variants[counted] <= (MOST_VARIANTS if is_leaf else MOST_FILTERED)


def _made(standing: Standing, address: str) -> tuple[str, dict[str, bytes]] | bytes | None:
    """What stands at an address, a page with its charts; None where nothing does, or it cannot be shown."""
    path, _, options = address.partition("?")
    spoken = language_of(path)
    language, rest = spoken if spoken is not None else (LANGUAGES[0], path)
    found = module_at(unquote(rest), is_page=spoken is not None)
    is_supposed = any(f"{name}=" in options for name in SUPPOSING)
    if found is None or found[0].needs_server or is_supposed or not is_served(found[0], standing):
        return None
    module, names = found
    try:
        asking = Asking(
            standing=standing,
            language=language,
            path=rest,
            names=names,
            is_of_files=True,
            options=check_options(parse_qsl(options, keep_blank_values=True), module.options),
        )
        if module.send is not None:
            return module.send(asking).content
        if module.page is None:
            return None
        page = module.page(asking)
        return written(asking, page, kind="files").decode(), _charts(asking, page, address)
    except ParaderoError:
        return None


def _charts(asking: Asking, page: Page, address: str) -> dict[str, bytes]:
    """The charts of a page as pictures, by the addresses under which the page has them."""
    if asking.standing.keeps_rows_in:
        return {}
    leaving = leaving_page(asking, page)
    path, _, options = address.partition("?")
    before, after = path[: len(asking.language) + 1], path[len(asking.language) + 1 :]
    told = f"?{options}" if options else ""
    return {
        plain(f"{before}/svg{after}/{one.id}{told}"): picture_of(one, leaving) for one in charts_of(leaving)
    }
