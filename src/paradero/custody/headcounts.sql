-- headcounts: how many were held, per definition, group and day, with bounds that hold and the width of each by cause
-- inputs: headcount_changes, headcount_definitions, releases, counted_stints
-- kept: table
--
-- Running sums of headcount_changes. `n` is the count under the definition. `n_lo` counts the persons whom the record shows there, `n_hi` all whom it allows:
-- whatever complete history lies behind the records, its count lies between them. The width comes apart by cause, in the columns `hi_less_lo_`; a row
-- without a group may be of any, and so counts in `n_hi` of each (place unknown). What a definition itself counts beyond a bound (imputation past the
-- release) widens it, as not in the release. `group_value` null where the row does not say: then n_lo is 0, for each of these rows may be of any group. Days on
-- which nobody can have been held are left out, unless the definition fills zeros.
WITH asked AS (
  SELECT row_number() OVER (ORDER BY d.definition ASC NULLS FIRST, r.release ASC NULLS FIRST) AS asked_no, d.definition, d.persons_only, d.zeros, r.release,
    substr(d.assumed, 10, 1) <> '1' AS is_anywhere, coalesce(d.first_day, day_of(r.first_event)) AS first_day, coalesce(d.last_day, day_of(r.released_at)) AS last_day
  FROM headcount_definitions d CROSS JOIN releases r
),
frame AS (
  SELECT a.asked_no, s.group_value, a.first_day, a.last_day, a.zeros
  FROM (SELECT DISTINCT release, group_value FROM counted_stints) s
  JOIN asked a ON a.release = s.release
),
stated AS (
  SELECT a.asked_no, a.is_anywhere, c.group_value, c.day, c.n, c.n_lo, c.c1, c.c2, c.c3, c.c4, c.c5, c.c6, c.c7, c.c8, c.c9
  FROM headcount_changes c
  JOIN asked a ON a.definition = c.definition AND a.release = c.release
),
framed AS (
  SELECT asked_no, group_value, day, n, n_lo, c1, c2, c3, c4, c5, c6, c7, c8, c9, CAST(0 AS DOUBLE) AS c10 FROM stated
  UNION ALL
  -- how many may be of any group: all that the rows without a group allow
  SELECT u.asked_no, f.group_value, u.day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, u.n_lo + u.c1 + u.c2 + u.c3 + u.c4 + u.c5 + u.c6 + u.c7 + u.c8 + u.c9
  FROM stated u
  JOIN frame f ON f.asked_no = u.asked_no AND f.group_value IS NOT NULL
  WHERE u.group_value IS NULL AND u.is_anywhere
  UNION ALL
  SELECT asked_no, group_value, first_day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM frame WHERE zeros
  UNION ALL
  SELECT asked_no, group_value, last_day + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM frame WHERE zeros
),
changes AS (
  SELECT asked_no, group_value, day, sum(n) AS n, sum(n_lo) AS n_lo, sum(c1) AS c1, sum(c2) AS c2, sum(c3) AS c3, sum(c4) AS c4, sum(c5) AS c5,
    sum(c6) AS c6, sum(c7) AS c7, sum(c8) AS c8, sum(c9) AS c9, sum(c10) AS c10
  FROM framed
  GROUP BY asked_no, group_value, day
),
levels AS (
  SELECT asked_no, group_value, day, lead(day) OVER of_group AS next_day,
    sum(n) OVER up_to_day AS n, sum(n_lo) OVER up_to_day AS n_lo, sum(c1) OVER up_to_day AS c1, sum(c2) OVER up_to_day AS c2, sum(c3) OVER up_to_day AS c3,
    sum(c4) OVER up_to_day AS c4, sum(c5) OVER up_to_day AS c5, sum(c6) OVER up_to_day AS c6, sum(c7) OVER up_to_day AS c7, sum(c8) OVER up_to_day AS c8,
    sum(c9) OVER up_to_day AS c9, sum(c10) OVER up_to_day AS c10
  FROM changes
  WINDOW of_group AS (PARTITION BY asked_no, group_value ORDER BY day ASC NULLS FIRST),
    up_to_day AS (PARTITION BY asked_no, group_value ORDER BY day ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
widened AS (
  -- a row without a group shows nobody in any; and no bound is beyond what the definition itself counts
  SELECT l.asked_no, l.group_value, l.day, l.next_day, l.n, a.first_day, a.last_day, a.zeros, a.definition, a.release, a.persons_only,
    CASE WHEN l.group_value IS NULL AND a.is_anywhere THEN 0 ELSE l.n_lo END AS n_lo,
    l.c1, l.c2, l.c3, l.c4, l.c5, l.c6, l.c7, l.c8, l.c9, l.c10 + CASE WHEN l.group_value IS NULL AND a.is_anywhere THEN l.n_lo ELSE 0 END AS c10,
    l.n_lo + l.c1 + l.c2 + l.c3 + l.c4 + l.c5 + l.c6 + l.c7 + l.c8 + l.c9 + l.c10 AS n_hi
  FROM levels l
  JOIN asked a ON a.asked_no = l.asked_no
  WHERE l.next_day > l.day
),
daily AS (
  SELECT *, explode(sequence(day, next_day - 1)) AS on_day FROM widened
  WHERE n > 0 OR n_hi > 0 OR (zeros AND day >= first_day AND day <= last_day)
)
SELECT definition, release, group_value, date_of(on_day) AS date, CAST(n AS BIGINT) AS n, CAST(least(n_lo, n) AS BIGINT) AS n_lo, CAST(greatest(n_hi, n) AS BIGINT) AS n_hi,
  CAST(c6 AS BIGINT) AS hi_less_lo_withheld, CAST(c5 AS BIGINT) AS hi_less_lo_blank, CAST(c4 AS BIGINT) AS hi_less_lo_unreadable,
  CAST(c3 + greatest(n - n_hi, 0) + CASE WHEN persons_only THEN 0 ELSE greatest(n_lo - n, 0) END AS BIGINT) AS hi_less_lo_not_in_release,
  CAST(c1 AS BIGINT) AS hi_less_lo_precision,
  CAST(c9 + CASE WHEN persons_only THEN greatest(n_lo - n, 0) ELSE 0 END AS BIGINT) AS hi_less_lo_person_unknown,
  CAST(c10 AS BIGINT) AS hi_less_lo_place_unknown,
  CAST(c7 AS BIGINT) AS hi_less_lo_contradicted, CAST(c8 AS BIGINT) AS hi_less_lo_unaccounted, CAST(c2 AS BIGINT) AS hi_less_lo_order_of_day_and_month
FROM daily
ORDER BY asked_no ASC NULLS FIRST, group_value ASC NULLS FIRST, on_day ASC NULLS FIRST
