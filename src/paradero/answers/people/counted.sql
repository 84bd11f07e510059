-- entries: everybody whom the count of a facility and day takes or may take, by the rows that do it: of known
--   people an entry for each (under a definition that counts placements, for each row), of rows without a
--   person id one for each row
-- `level` is 0 where rows show it, else the cause that has to be doubted for it (custody/causes.csv, in the
-- order of headcount_days); null where the definition alone counts it, by what it takes for a missing end.
-- Whoever has a row here and one without a place stands here twice, as the count allows both.
WITH asked AS (
  SELECT * FROM asked_headcounts WHERE definition = $definition AND release = $release
),
stints AS (
  SELECT * FROM counted_stints
  WHERE release = $release AND (group_value = $facility OR group_value IS NULL)
),
doubted AS (
  SELECT s.group_value IS NOT NULL AS is_here, d.persons, d.person_no, d.row_id, s.person_row, s.book_in,
    s.book_out, s.stay_book_in,
    coalesce(d.n_from <= $day AND d.n_to >= $day, FALSE) AND NOT d.is_left_out AS is_counted,
    CASE WHEN d.is_of_nobody THEN CASE WHEN d.may_from <= $day THEN 9 END
      WHEN d.sure_from <= $day THEN 0 WHEN d.may_from <= $day THEN d.in_cause END AS of_begin,
    CASE WHEN d.is_of_nobody THEN CASE WHEN d.may_to >= $day THEN 9 END
      WHEN d.sure_to >= $day THEN 0 WHEN d.may_to >= $day THEN d.out_cause END AS of_end
  FROM asked a
  JOIN headcount_doubts d ON d.asked_no = a.asked_no
  JOIN stints s ON s.row_id = d.row_id
  WHERE NOT (d.is_copy AND d.is_tangled AND NOT d.persons)
),
undoubted AS (
  SELECT s.group_value IS NOT NULL AS is_here, a.persons, s.person_no, s.row_id, s.person_row, s.book_in,
    s.book_out, s.stay_book_in, TRUE AS is_counted, 0 AS of_begin, 0 AS of_end,
    CASE WHEN a.any_part THEN day_of(s.book_in) ELSE day_of(s.book_in - a.at_us - 1) + 1 END AS from_day,
    CASE WHEN a.any_part THEN greatest(day_of(s.book_in), day_of(s.book_out))
      ELSE day_of(s.book_out - a.at_us - 1) END AS to_day
  FROM stints s
  CROSS JOIN asked a
  WHERE NOT EXISTS (SELECT 1 FROM headcount_doubts d WHERE d.asked_no = a.asked_no AND d.row_id = s.row_id)
),
rows_of AS (
  SELECT *, CASE WHEN of_begin IS NOT NULL AND of_end IS NOT NULL THEN greatest(of_begin, of_end) END AS level
  FROM doubted
  UNION ALL
  SELECT * EXCLUDE (from_day, to_day), 0 FROM undoubted WHERE from_day <= $day AND to_day >= $day
),
numbered AS (
  -- of a placement that rows of one person may tell twice, the first is as sure as any of them
  SELECT *, CASE WHEN person_no IS NOT NULL AND (persons OR row_id < 0) THEN 0 ELSE row_id END AS unit,
    row_number() OVER (PARTITION BY is_here, coalesce(person_no, row_id)
      ORDER BY level ASC NULLS LAST, row_id) AS rank
  FROM rows_of WHERE level IS NOT NULL OR is_counted
),
entries AS (
  SELECT is_here, person_no, unit,
    min(CASE WHEN persons OR rank = 1 OR level IS NULL THEN level ELSE 9 END) AS level,
    bool_or(is_counted) AS is_counted,
    coalesce(list(DISTINCT person_row ORDER BY person_row) FILTER (person_row IS NOT NULL), []) AS rows,
    arg_min(book_in, rank) AS book_in, arg_min(book_out, rank) AS book_out,
    bool_or(row_id < 0) AS is_unaccounted
  FROM numbered
  GROUP BY is_here, person_no, unit
)
SELECT e.is_here, e.level, e.is_counted, e.rows, e.book_in, e.book_out, e.is_unaccounted,
  p.unique_identifier
FROM entries e
LEFT JOIN persons p ON p.person_no = e.person_no
ORDER BY (e.level = 0 AND e.is_here) DESC NULLS LAST, e.is_here DESC, e.level ASC NULLS LAST,
  e.book_in NULLS FIRST, e.person_no NULLS LAST, e.unit
