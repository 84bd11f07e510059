-- award_transaction_rows: every row of every download of award transactions, addressed, in file order
-- inputs: ingested_award_transactions, sources
-- kept: view
--
-- `row_id` and `release` as in detention_rows; `downloaded_on` is the day that USAspending wrote into the
-- name of the file, none where it was renamed.
SELECT s.source_rank * 274877906944 + d.ordinal AS row_id, s.release,
  try_cast(nullif(regexp_extract(s.file_name,
    '_(20[0-9][0-9]-[0-9][0-9]-[0-9][0-9])_H[0-9][0-9]M[0-9][0-9]S[0-9][0-9]', 1),
    '') AS DATE) AS downloaded_on, d.*
FROM ingested_award_transactions d
JOIN sources s ON s.source = d.source
