"""Answers as a table: a frozen sequence of values that becomes Arrow, a data frame, or a table in a
notebook.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from paradero.model.answer import Answer

R = TypeVar("R", bound=Answer)

_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Sequence[R], Generic[R]):
    """Values of one kind, with what they rest on.

    `scope` says what the records cover, `digest` names the build or the files they come from, and
    `cannot_be_judged` what no row can show, and why.
    """

    values: tuple[R, ...]
    scope: str
    digest: str
    cannot_be_judged: tuple[str, ...] = ()

    @overload
    def __getitem__(self, at: int) -> R: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[R, ...]: ...

    def __getitem__(self, at: int | slice) -> R | tuple[R, ...]:
        return self.values[at]

    def __iter__(self) -> Iterator[R]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each value as `--json` prints it; times and decimals stay what they are."""
        return [value.as_json() for value in self.values]

    def to_arrow(self) -> Any:
        """A pyarrow Table with one column a field, text where its values are numbers and texts; scope and
        digest are in its schema's metadata.
        """
        import pyarrow as pa

        rows = self.to_dicts()
        for name in _mixed(rows):
            rows = [{**row, name: None if row.get(name) is None else str(row[name])} for row in rows]
        table = pa.Table.from_pylist(rows)
        return table.replace_schema_metadata({"scope": self.scope, "digest": self.digest})

    def df(self) -> Any:
        """A data frame, of pandas where it is installed, else of polars. Raises ImportError where neither
        is.
        """
        table = self.to_arrow()
        try:
            import pandas  # noqa: F401  pyarrow needs it, and says so less plainly
        except ImportError:
            pass
        else:
            return table.to_pandas()
        try:
            import polars
        except ImportError as error:
            raise ImportError(
                "df() needs pandas or polars: pip install pandas, or use to_arrow()."
            ) from error
        return polars.from_arrow(table)

    def _repr_html_(self) -> str:
        """How a notebook shows the rows: at most twenty, with how many there are and the scope."""
        rows = self.to_dicts()[:_SHOWN]
        columns = list(dict.fromkeys(name for row in rows for name in row))
        head = "".join(f"<th>{html.escape(name)}</th>" for name in columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_text(row.get(name)))}</td>" for name in columns) + "</tr>"
            for row in rows
        )
        more = f" (the first {_SHOWN} shown)" if len(self) > _SHOWN else ""
        said = "".join(f"<p>{html.escape(line)}</p>" for line in self.cannot_be_judged)
        return (
            f"<table><caption>{len(self):,} rows{more}. Scope: {html.escape(self.scope)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{said}"
        )


def _mixed(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The columns that have both numbers and texts: claims have bounds that are one or the other."""
    kinds: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            kinds.setdefault(name, set()).add(type(value))
    return [name for name, found in kinds.items() if str in found and found & {int, float}]


def _text(value: object) -> str:
    return "" if value is None else str(value)
