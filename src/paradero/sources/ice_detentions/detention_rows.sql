-- detention_rows: every row of every detention source, addressed, in file order
-- inputs: ingested_detentions, sources, repeated_rows
-- kept: view
--
-- `row_id` numbers the rows of the casefile: sources by release, original file name and SHA-256, then the
-- row's place in its source. A row that another file or sheet of the release holds too (repeated_rows: the
-- same table as workbook and as text) is left out here and counted once. `release` is the set of sources that
-- were published together; person ids mean something only within one.
SELECT s.source_rank * 274877906944 + d.ordinal AS row_id, s.release, d.*
FROM ingested_detentions d
JOIN sources s ON s.source = d.source
LEFT JOIN repeated_rows r ON r.row_id = s.source_rank * 274877906944 + d.ordinal
WHERE r.row_id IS NULL
