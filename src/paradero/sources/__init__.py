"""From original files to typed, addressed rows: one folder a format, layouts as data."""

from paradero.sources.ingesting import EMPTY_COLUMNS, Ingested, empty_rows, ingest
from paradero.sources.layouts import Column, Layout, layout_of, layouts
from paradero.sources.originals import original_row
from paradero.sources.sheets.sniffing import Sniffed, is_tabular, sniff
from paradero.sources.values.dates import DateOrder

__all__ = [
    "EMPTY_COLUMNS",
    "Column",
    "DateOrder",
    "Ingested",
    "Layout",
    "Sniffed",
    "empty_rows",
    "ingest",
    "is_tabular",
    "layout_of",
    "layouts",
    "original_row",
    "sniff",
]
