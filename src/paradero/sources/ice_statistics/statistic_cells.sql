-- statistic_cells: every filled cell of ICE's detention statistics workbooks, with its labels
-- inputs: ingested_statistics, sources
-- kept: view
--
-- One row per filled cell, addressed by its worksheet row (`row_id`, shared by the cells of a row) and column
-- letters; `number` where the cell is one. `row_label` is the nearest text to the left, `column_label` the
-- nearest text above in the column, `title` the nearest text above that at or to the left of the column.
SELECT s.source_rank * 274877906944 + CAST(d.sheet_number AS BIGINT) * 67108864 + d.source_row AS row_id,
  s.release, d.*
FROM ingested_statistics d
JOIN sources s ON s.source = d.source
