"""The ways from the first page into the casefile: those that it has something for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from paradero.answers.flights.leg_scenes import has_positions
from paradero.building.documents import documents_of
from paradero.building.receipts import current
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.web.page_modules import is_served, page_modules
from paradero.web.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way by its name (its words are `way_NAME` and `way_NAME_is` in `site.toml`), the page it leads to,
    and whether a casefile has something for it.
    """

    name: str
    path: str
    has: Callable[[Casefile], bool] = lambda _: True


def _has_records(case: Casefile) -> bool:
    return current(case) is not None


def _has_files(*folders: str) -> Callable[[Casefile], bool]:
    return lambda case: any(any((case.root / each).glob("*.toml")) for each in folders)


def _is_judged(case: Casefile) -> bool:
    return _has_records(case) or _has_files("orders", "events")(case)


def _flies(case: Casefile) -> bool:
    return _has_files("events")(case) or has_positions(case)


_WAYS = (
    Way(name="facilities", path="/facilities", has=_has_records),
    Way(name="people", path="/people", has=_has_records),
    Way(name="contradictions", path="/contradictions", has=_has_records),
    Way(name="orders", path="/orders", has=_is_judged),
    Way(name="claims", path="/claims", has=_has_files("claims")),
    Way(name="money", path="/money", has=_has_files("costs", "agreements")),
    Way(
        name="companies",
        path="/companies",
        has=lambda case: _has_records(case) or _has_files("companies")(case),
    ),
    Way(name="flights", path="/flights", has=_flies),
    Way(name="map", path="/map", has=_has_records),
    Way(name="documents", path="/documents", has=lambda case: bool(documents_of(case))),
    Way(name="requests", path="/requests", has=_is_judged),
    Way(name="sources", path="/sources", has=lambda case: bool(sources_of(case))),
    Way(name="tables", path="/tables", has=_has_records),
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
    return tuple(way for way in _WAYS if way.path in served and way.has(standing.case))
