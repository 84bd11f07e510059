"""What a sheet or a user's layout states once for all rows of a table."""

from __future__ import annotations

from paradero.sources.facility_lists import list_constants
from paradero.sources.ice_statistics import constants
from paradero.sources.layouts import Layout
from paradero.sources.own_layouts import constants_of

Head = list[list[str | None]]


def stated_once(layout: Layout, head: Head, header_row: int, file_name: str) -> dict[str, str | None]:
    """Columns that hold the same in every row, as text: the date of a workbook or list from the lines above
    its headers or its file's name, and what a user's layout says.
    """
    if layout.kind == "facility_statistics":
        return constants(head, file_name)
    own: dict[str, str | None] = dict(constants_of(layout))
    if layout.kind == "facilities":
        return list_constants(head[: max(header_row - 1, 0)], file_name) | own
    return own
