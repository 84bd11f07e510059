-- arrests: every arrest row with its person and its episode
-- inputs: arrest_rows, persons
-- kept: table
--
-- Rows of one person in the order of time, reprocessed arrests last, file order. A row more than 24 hours
-- after the one before it begins a new episode; `episode_first` marks the first row of each. Rows without a
-- person id or a time belong to no episode (null).
WITH timed AS (
  SELECT p.person_no, a.row_id, us_of(a.apprehension_date_time) AS arrested_at,
    a.apprehension_method = 'ERO Reprocessed Arrest' AS reprocessed, a.apprehension_method
  FROM arrest_rows a
  LEFT JOIN persons p ON p.release = a.release AND p.unique_identifier = a.unique_identifier
),
ordered AS (
  SELECT *, lag(arrested_at) OVER of_person AS previous_at
  FROM timed
  WHERE person_no IS NOT NULL AND arrested_at IS NOT NULL
  WINDOW of_person AS (
    PARTITION BY person_no ORDER BY arrested_at ASC NULLS FIRST, coalesce(reprocessed, FALSE) ASC NULLS FIRST,
      row_id ASC NULLS FIRST
  )
),
marked AS (
  SELECT *, previous_at IS NULL OR arrested_at > previous_at + 86400000000 AS episode_first FROM ordered
),
numbered AS (
  SELECT person_no, row_id, arrested_at,
    CAST(sum(CASE WHEN episode_first THEN 1 ELSE 0 END) OVER (
      PARTITION BY person_no ORDER BY arrested_at ASC NULLS FIRST,
        coalesce(reprocessed, FALSE) ASC NULLS FIRST, row_id ASC NULLS FIRST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) AS episode,
    episode_first, apprehension_method
  FROM marked
  UNION ALL
  SELECT person_no, row_id, arrested_at, CAST(NULL AS BIGINT), FALSE, apprehension_method
  FROM timed
  WHERE person_no IS NULL OR arrested_at IS NULL
)
SELECT * FROM numbered
ORDER BY person_no ASC NULLS LAST, arrested_at ASC NULLS LAST, row_id ASC NULLS LAST
