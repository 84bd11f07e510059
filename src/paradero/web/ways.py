"""The ways from the first page into the casefile: those that it has something for."""

from __future__ import annotations

from dataclasses import dataclass

from paradero.web.page_modules import is_served, page_modules
from paradero.web.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way by its name (its words are `way_NAME` and `way_NAME_is` in `site.toml`), and the page it leads
    to.
    """

    name: str
    path: str


_WAYS = (
    Way(name="facilities", path="/facilities"),
    Way(name="people", path="/people"),
    Way(name="contradictions", path="/contradictions"),
    Way(name="orders", path="/orders"),
    Way(name="claims", path="/claims"),
    Way(name="money", path="/money"),
    Way(name="companies", path="/companies"),
    Way(name="flights", path="/flights"),
    Way(name="map", path="/map"),
    Way(name="documents", path="/documents"),
    Way(name="requests", path="/requests"),
    Way(name="sources", path="/sources"),
    Way(name="tables", path="/tables"),
    Way(name="definitions", path="/definitions"),
    Way(name="data", path="/data"),
    Way(name="report", path="/report"),
)


def ways_into(standing: Standing, *, is_of_files: bool = False) -> tuple[Way, ...]:
    """The ways that the site serves, or has as files, of this casefile, in the order of the first page."""
    served = {
        module.path
        for module in page_modules()
        if is_served(module, standing) and not (is_of_files and module.needs_server)
    }
    return tuple(way for way in _WAYS if way.path in served)
