-- court_appeal_rows: every row of every source of the kind court_appeals, addressed, in file order
-- inputs: ingested_court_appeals, sources, repeated_rows
-- kept: view
--
-- `row_id` and `release` as in detention_rows.
SELECT s.source_rank * 274877906944 + d.ordinal AS row_id, s.release, d.*
FROM ingested_court_appeals d
JOIN sources s ON s.source = d.source
LEFT JOIN repeated_rows r ON r.row_id = s.source_rank * 274877906944 + d.ordinal
WHERE r.row_id IS NULL
