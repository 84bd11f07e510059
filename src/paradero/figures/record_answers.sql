-- open: what the detention rows leave open
SELECT
  CAST(coalesce((SELECT sum(n_rows - n_with_person) FROM wanting), 0) AS BIGINT) AS n_nobody,
  (SELECT count(*) FROM stint_spans WHERE book_in_why IN ('withheld', 'unreadable', 'not_in_release')
    OR book_out_why IN ('withheld', 'unreadable', 'not_in_release')) AS n_hidden,
  (SELECT count(*) FROM stint_spans
    WHERE book_out IS NOT NULL AND reason_why IS NOT NULL) AS n_without_reason,
  (SELECT count(*) FROM transfers
    WHERE status IN ('cannot be judged', 'no book-out', 'no book-in')) AS n_transfers

-- nobody: how many rows of people have no person id, of any kind
SELECT release, count(*) AS n
FROM (
  SELECT release FROM detention_rows WHERE unique_identifier IS NULL
  UNION ALL SELECT release FROM arrest_rows WHERE unique_identifier IS NULL
  UNION ALL SELECT release FROM removal_rows WHERE unique_identifier IS NULL
) AS rows_of_nobody
GROUP BY release ORDER BY release

-- routes: how many transfers there are from each facility to each, all or those of one facility
SELECT * FROM transfer_routes
WHERE $facility IS NULL OR from_facility_code = $facility OR to_facility_code = $facility
ORDER BY release, from_facility_code, to_facility_code, has_arrival, status
