-- headcounts: how many were held, per definition, group and day, with bounds that hold and the width of each
--   by cause
-- inputs: headcount_changes, headcount_groups, asked_headcounts, counted_stints
-- kept: table
--
-- Running sums of headcount_changes. `n` is the count under the definition. `n_lo` counts the persons whom
-- the record shows there, `n_hi` all whom it allows: whatever complete history lies behind the records, its
-- count lies between them. The width comes apart by cause, in the columns `hi_less_lo_`; a row without a
-- group may be of any, and so counts in `n_hi` of each (place unknown). What a definition itself counts
-- beyond a bound (imputation past the release) widens it, as not in the release. `group_value` null where the
-- row does not say: then n_lo is 0, for each of these rows may be of any group. Days on which nobody can have
-- been held are left out, unless the definition fills zeros.
WITH stated AS (
  SELECT * FROM headcount_changes
),
frame AS (
  SELECT a.asked_no, g.group_no, g.group_value, a.first_day, a.last_day, a.zeros
  FROM (SELECT DISTINCT release, group_value FROM counted_stints) s
  JOIN headcount_groups g ON g.group_value IS NOT DISTINCT FROM s.group_value
  JOIN asked_headcounts a ON a.release = s.release
),
anywhere_changes AS (
  -- how many may be of any group: all that the rows without a group allow
  SELECT c.asked_no, c.day, lead(c.day) OVER in_order AS next_day,
    sum(CAST(c.n_lo + c.c1 + c.c2 + c.c3 + c.c4 + c.c5 + c.c6 + c.c7 + c.c8 + c.c9 AS DOUBLE))
      OVER up_to_day AS c10
  FROM stated c
  JOIN asked_headcounts a ON a.asked_no = c.asked_no
  JOIN headcount_groups g ON g.group_no = c.group_no
  WHERE g.group_value IS NULL AND a.is_anywhere
  WINDOW in_order AS (PARTITION BY c.asked_no ORDER BY c.day ASC NULLS FIRST),
    up_to_day AS (PARTITION BY c.asked_no
      ORDER BY c.day ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
anywhere_days AS (
  SELECT asked_no, explode(sequence(day, next_day - 1)) AS on_day, c10 FROM anywhere_changes WHERE c10 > 0
),
anywhere AS (
  SELECT asked_no, min(day) AS first_day, max(day) AS last_day FROM anywhere_changes GROUP BY asked_no
),
changes AS (
  -- whole numbers as DOUBLE, exact up to 2^53: DuckDB keeps sums of BIGINT in 128 bits, which takes far
  -- longer
  SELECT asked_no, group_no, day, CAST(n AS DOUBLE) AS n, CAST(n_lo AS DOUBLE) AS n_lo,
    CAST(c1 AS DOUBLE) AS c1, CAST(c2 AS DOUBLE) AS c2, CAST(c3 AS DOUBLE) AS c3,
    CAST(c4 AS DOUBLE) AS c4, CAST(c5 AS DOUBLE) AS c5, CAST(c6 AS DOUBLE) AS c6, CAST(c7 AS DOUBLE) AS c7,
      CAST(c8 AS DOUBLE) AS c8, CAST(c9 AS DOUBLE) AS c9
  FROM stated
  UNION ALL
  SELECT asked_no, group_no, first_day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM frame WHERE zeros
  UNION ALL
  SELECT asked_no, group_no, last_day + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM frame WHERE zeros
  UNION ALL
  SELECT f.asked_no, f.group_no, w.first_day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM frame f
    JOIN anywhere w ON w.asked_no = f.asked_no
  UNION ALL
  SELECT f.asked_no, f.group_no, w.last_day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM frame f
    JOIN anywhere w ON w.asked_no = f.asked_no
),
levels AS (
  -- of several changes on one day the last is followed by a later day, and has them all in its sums
  SELECT asked_no, group_no, day, lead(day) OVER of_group AS next_day,
    sum(n) OVER up_to_day AS n, sum(n_lo) OVER up_to_day AS n_lo, sum(c1) OVER up_to_day AS c1,
      sum(c2) OVER up_to_day AS c2, sum(c3) OVER up_to_day AS c3,
    sum(c4) OVER up_to_day AS c4, sum(c5) OVER up_to_day AS c5, sum(c6) OVER up_to_day AS c6,
      sum(c7) OVER up_to_day AS c7, sum(c8) OVER up_to_day AS c8,
    sum(c9) OVER up_to_day AS c9
  FROM changes
  WINDOW of_group AS (PARTITION BY asked_no, group_no ORDER BY day ASC NULLS FIRST),
    up_to_day AS (PARTITION BY asked_no, group_no
      ORDER BY day ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
spread AS (
  SELECT *, explode(sequence(day, next_day - 1)) AS on_day FROM levels WHERE next_day > day
),
daily AS (
  -- a row without a group shows nobody in any, and may be of each; and no bound is beyond what the definition
  -- itself counts
  SELECT l.asked_no, l.group_no, l.on_day, g.group_value, a.definition, a.release, a.persons_only, l.n,
    CASE WHEN g.group_value IS NULL AND a.is_anywhere THEN 0 ELSE l.n_lo END AS n_lo, l.c1, l.c2, l.c3, l.c4,
      l.c5, l.c6, l.c7, l.c8, l.c9,
    CASE WHEN g.group_value IS NOT NULL THEN coalesce(w.c10, 0) WHEN a.is_anywhere THEN l.n_lo
      ELSE 0 END AS c10,
    l.n_lo + l.c1 + l.c2 + l.c3 + l.c4 + l.c5 + l.c6 + l.c7 + l.c8 + l.c9 + CASE
      WHEN g.group_value IS NOT NULL THEN coalesce(w.c10, 0) ELSE 0 END AS n_hi,
    a.zeros AND l.on_day >= a.first_day AND l.on_day <= a.last_day AS is_told
  FROM spread l
  JOIN asked_headcounts a ON a.asked_no = l.asked_no
  JOIN headcount_groups g ON g.group_no = l.group_no
  LEFT JOIN anywhere_days w ON w.asked_no = l.asked_no AND w.on_day = l.on_day
)
SELECT definition, release, group_value, date_of(on_day) AS date, CAST(n AS BIGINT) AS n,
  CAST(least(n_lo, n) AS BIGINT) AS n_lo, CAST(greatest(n_hi, n) AS BIGINT) AS n_hi,
  CAST(c6 AS BIGINT) AS hi_less_lo_withheld, CAST(c5 AS BIGINT) AS hi_less_lo_blank,
    CAST(c4 AS BIGINT) AS hi_less_lo_unreadable,
  CAST(c3 + greatest(n - n_hi, 0) + CASE WHEN persons_only THEN 0
    ELSE greatest(n_lo - n, 0) END AS BIGINT) AS hi_less_lo_not_in_release,
  CAST(c1 AS BIGINT) AS hi_less_lo_precision,
  CAST(c9 + CASE WHEN persons_only THEN greatest(n_lo - n, 0)
    ELSE 0 END AS BIGINT) AS hi_less_lo_person_unknown,
  CAST(c10 AS BIGINT) AS hi_less_lo_place_unknown,
  CAST(c7 AS BIGINT) AS hi_less_lo_contradicted, CAST(c8 AS BIGINT) AS hi_less_lo_unaccounted,
    CAST(c2 AS BIGINT) AS hi_less_lo_order_of_day_and_month
FROM daily
WHERE n > 0 OR n_hi > 0 OR is_told
ORDER BY asked_no ASC NULLS FIRST, group_no ASC NULLS FIRST, on_day ASC NULLS FIRST
