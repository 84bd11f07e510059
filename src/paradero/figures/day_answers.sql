-- rows_of_a_day: the rows that may count on a day under a definition, those that
-- surely do first: rows in doubt by the days that they may have, others by their own (see headcount_changes).
-- Rows that name no place may be of any; of an interval in which nobody is recorded the row before it is
-- named.
WITH asked AS (
  SELECT * FROM asked_headcounts WHERE release = $release AND definition = $definition
),
of_group AS (
  SELECT s.row_id, s.person_row, s.book_in, s.book_out FROM counted_stints s
  WHERE s.release = $release AND ($group IS NULL OR s.group_value = $group OR s.group_value IS NULL)
),
doubts AS (
  SELECT d.row_id, coalesce(d.may_from, $day) <= $day AND coalesce(d.may_to, $day) >= $day AS may,
    coalesce(d.sure_from <= $day AND d.sure_to >= $day, FALSE) AS is_sure
  FROM headcount_doubts d JOIN asked a ON a.asked_no = d.asked_no
),
others AS (
  SELECT s.row_id,
    CASE WHEN a.any_part THEN day_of(s.book_in) ELSE day_of(s.book_in - a.at_us - 1) + 1 END AS from_day,
    CASE WHEN a.any_part THEN greatest(day_of(s.book_in), day_of(s.book_out))
      ELSE day_of(s.book_out - a.at_us - 1) END AS to_day
  FROM of_group s CROSS JOIN asked a
  WHERE s.row_id NOT IN (SELECT row_id FROM doubts)
)
SELECT s.person_row AS row_id, bool_or(found.is_sure) AS is_sure FROM (
  SELECT row_id, is_sure FROM doubts WHERE may
  UNION ALL
  SELECT row_id, TRUE FROM others WHERE from_day <= $day AND to_day >= $day
) AS found
JOIN of_group s ON s.row_id = found.row_id
WHERE s.person_row IS NOT NULL
GROUP BY s.person_row ORDER BY is_sure DESC, s.person_row

-- places: how many rows of a release name a facility, and how many none
SELECT count(*) FILTER (detention_facility_code = $facility) AS n_here,
  count(*) FILTER (detention_facility_code IS NULL) AS n_nowhere
FROM stint_spans WHERE release = $release
