"""A list of facilities names each once: where one code goes with many names, the names are those of
people.
"""

from __future__ import annotations

from collections import defaultdict

from paradero.model.errors import SourceError
from paradero.sources.values.readings import Reading, Rows

_FEW = 3  # names beyond one a code that spellings explain
_PART = 0.2  # of all rows: lists that repeat a code do so for a few of their facilities


def check_list(readings: list[Reading], rows: Rows, where: str) -> None:
    """Raises SourceError where a table that was taken for a list of facilities has the same codes again and
    again with other names.
    """
    by_name = {reading.column.name: reading for reading in readings}
    code, name = by_name.get("detention_facility_code"), by_name.get("detention_facility")
    if code is None or name is None or code.held is None or name.held is None:
        return
    names: dict[str, set[str]] = defaultdict(set)
    for of, called in zip(code.stored(rows).to_pylist(), name.stored(rows).to_pylist(), strict=True):
        if of is not None and called is not None:
            names[of].add(called.lower())
    beyond = sum(len(each) - 1 for each in names.values())
    if beyond >= _FEW and beyond > _PART * len(rows):
        raise SourceError(
            f"{where}: its headers are those of a list of facilities, but {len(names):,} codes go with"
            f" {beyond + len(names):,} names, as where rows are people. It was not taken. Remove the names"
            " from a copy, or name the kind with --as."
        )
