"""Write a table as the Deportation Data Project publishes it: typed parquet, with the address each row has in
the workbook.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from paradero.synthetic.cases.records import CODED, Records, arrow_of, arrow_type
from paradero.synthetic.papers.paging import Pages

__all__ = ["write_parquet"]

ROW_GROUP = 122_880
_ADDRESS = (("file_original", CODED), ("sheet_original", CODED), ("row_original", pa.int64()))


def write_parquet(path: Path, records: Records, pages: Pages, *, workbook: str) -> None:
    """Write the rows in file order, a row group at a time; `workbook` is the file they are said to come from.

    Text is handed over coded and stored as plain text.
    """
    published = records.published()
    schema = pa.schema([(column.name, arrow_type(column)) for column in published] + list(_ADDRESS))
    with pq.ParquetWriter(
        path, schema, compression="zstd", compression_level=1, store_schema=False
    ) as writer:
        for start in range(0, records.count, ROW_GROUP):
            stop = min(start + ROW_GROUP, records.count)
            rows = pages.order[start:stop]
            arrays = [arrow_of(records, column, rows) for column in published]
            arrays += _addresses(pages, start, stop, workbook)
            writer.write_table(pa.table(arrays, schema=schema), row_group_size=ROW_GROUP)


def _addresses(pages: Pages, start: int, stop: int, workbook: str) -> list[pa.Array]:
    names = pa.DictionaryArray.from_arrays(
        pa.array(pages.sheet[start:stop].astype(np.int16)), pa.array(pages.names, pa.string())
    )
    files = pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(stop - start, dtype=np.int16)), pa.array([workbook])
    )
    return [files, names, pa.array(pages.line[start:stop].astype(np.int64))]
