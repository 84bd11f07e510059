-- rows_of_a_day: the rows that may count on a day under a definition, those that
-- surely do first: rows in doubt by the days that they may have, others by their own (see headcount_changes).
-- Rows that name no place may be of any; of an interval in which nobody is recorded the row before it is
-- named.
WITH asked AS (
  SELECT * FROM asked_headcounts WHERE release = $release AND definition = $definition
),
doubts AS (
  SELECT row_id, coalesce(may_from, $day) <= $day AND coalesce(may_to, $day) >= $day AS may,
    coalesce(sure_from <= $day AND sure_to >= $day, FALSE) AS is_sure
  FROM doubts_there
),
others AS (
  SELECT s.row_id,
    CASE WHEN a.any_part THEN day_of(s.book_in) ELSE day_of(s.book_in - a.at_us - 1) + 1 END AS from_day,
    CASE WHEN a.any_part THEN greatest(day_of(s.book_in), day_of(s.book_out))
      ELSE day_of(s.book_out - a.at_us - 1) END AS to_day
  FROM rows_there s CROSS JOIN asked a
  WHERE NOT EXISTS (SELECT 1 FROM doubts_there d WHERE d.row_id = s.row_id)
)
SELECT s.person_row AS row_id, bool_or(found.is_sure) AS is_sure FROM (
  SELECT row_id, is_sure FROM doubts WHERE may
  UNION ALL
  SELECT row_id, TRUE FROM others WHERE from_day <= $day AND to_day >= $day
) AS found
JOIN rows_there s ON s.row_id = found.row_id
WHERE s.person_row IS NOT NULL
GROUP BY s.person_row ORDER BY is_sure DESC, s.person_row

-- at_a_place: what is counted of a release at a facility, and what names none: rows, and intervals in which
-- nobody is recorded, whose numbers are negative
SELECT row_id, row_id AS person_row, book_in, book_out FROM facility_stints
WHERE release = $release AND detention_facility_code = $facility
UNION ALL
SELECT row_id, row_id, book_in, book_out FROM facility_stints
WHERE release = $release AND detention_facility_code IS NULL
UNION ALL
SELECT row_id, person_row, book_in, book_out FROM counted_stints WHERE release = $release AND row_id < 0

-- doubts_there: of these rows those in doubt under a definition, and the days that they may have
SELECT d.row_id, d.may_from, d.may_to, d.sure_from, d.sure_to
FROM headcount_doubts d
JOIN asked_headcounts a ON a.asked_no = d.asked_no
WHERE a.release = $release AND a.definition = $definition
  AND ($everywhere OR d.row_id IN (SELECT row_id FROM rows_there))

-- places: how many rows of a release name a facility, and how many none
SELECT CAST(coalesce(sum(n_rows) FILTER (detention_facility_code = $facility), 0) AS BIGINT) AS n_here,
  CAST(coalesce(sum(n_rows) FILTER (detention_facility_code IS NULL), 0) AS BIGINT) AS n_nowhere
FROM facility_counts WHERE release = $release
