-- headcount_changes: by how much the counts of each definition and group change from day to day: n, what the
--   record shows, and what each cause of doubt adds
-- inputs: headcount_doubts, counted_stints, headcount_groups, asked_headcounts
-- kept: view
--
-- Each unit counts +1 on the first of its days and -1 after the last (headcount_days says which days these
-- are, and at which level; a row that is not in headcount_doubts leaves no doubt about its days). `n_lo` are
-- the changes of level 0, `c1` to `c9` what each further level adds to the one before: 1 precision, 2 order
-- of day and month, 3 not in the release, 4 unreadable, 5 blank, 6 withheld, 7 contradicted, 8 unaccounted, 9
-- person unknown. The running sums are the counts (headcounts).
WITH kinds AS (
  SELECT explode(sequence(CAST(0 AS BIGINT), CAST(4 AS BIGINT))) AS kind
),
causes AS (
  SELECT DISTINCT asked_no, group_no, person_no, CASE kind WHEN 1 THEN in_cause WHEN 2 THEN out_cause WHEN 3
    THEN CASE WHEN persons THEN 0 ELSE 9 END WHEN 4 THEN -1 ELSE 0 END AS level
  FROM headcount_doubts CROSS JOIN kinds
  WHERE is_tangled
),
tangles AS (
  SELECT asked_no, group_no, person_no, level,
    CASE WHEN level >= 0 THEN CAST(lead(level) OVER (PARTITION BY asked_no, group_no, person_no
      ORDER BY level ASC NULLS FIRST) AS BIGINT) END AS next_level
  FROM causes
),
ordered AS (
  SELECT *, CASE WHEN is_of_nobody THEN 9 WHEN in_cause = 0 THEN out_cause WHEN out_cause = 0 THEN in_cause
    ELSE least(in_cause, out_cause) END AS one,
    CASE WHEN is_of_nobody THEN 9 ELSE greatest(in_cause, out_cause) END AS other
  FROM headcount_doubts
),
measures AS (
  -- level -1 is n, 11 a row that leaves no doubt and counts in n and level 0; next_level takes away what the
  -- level before has counted
  SELECT o.asked_no, o.group_no, o.person_no, CAST(0 AS BIGINT) AS unit, o.row_id, o.is_repeated
    AND o.is_exact AND NOT o.is_tangled AS is_covered,
    CASE WHEN o.is_exact THEN 11 WHEN k.kind = 0 THEN -1 WHEN k.kind = 1 THEN 0 WHEN k.kind = 2 THEN o.one
      ELSE o.other END AS level,
    CASE WHEN k.kind = 1 AND o.one > 0 THEN o.one WHEN k.kind = 2
      AND o.other > o.one THEN o.other END AS next_level,
    CASE WHEN k.kind = 0 THEN o.n_from WHEN k.kind = 1
      OR (k.kind = 2 AND o.in_cause > o.one) THEN o.sure_from ELSE o.may_from END AS from_day,
    CASE WHEN k.kind = 0 THEN o.n_to WHEN k.kind = 1
      OR (k.kind = 2 AND o.out_cause > o.one) THEN o.sure_to ELSE o.may_to END AS to_day
  FROM ordered o
  CROSS JOIN kinds k
  WHERE NOT o.is_tangled AND CASE k.kind WHEN 0 THEN o.is_exact
    OR NOT o.is_left_out WHEN 1 THEN NOT o.is_exact AND NOT o.is_of_nobody
    WHEN 2 THEN o.one > 0 WHEN 3 THEN o.other > o.one ELSE FALSE END
  UNION ALL
  SELECT t.asked_no, t.group_no, t.person_no, CASE WHEN t.persons
    OR g.level BETWEEN 0 AND 8 THEN 0 ELSE t.row_id END, t.row_id, TRUE, g.level, g.next_level,
    CASE WHEN g.level < 0 THEN t.n_from WHEN t.in_cause <= g.level THEN t.may_from ELSE t.sure_from END,
    CASE WHEN g.level < 0 THEN t.n_to WHEN t.out_cause <= g.level THEN t.may_to ELSE t.sure_to END
  FROM headcount_doubts t
  JOIN tangles g ON g.asked_no = t.asked_no AND g.group_no = t.group_no AND g.person_no = t.person_no
  WHERE t.is_tangled AND NOT (t.is_copy AND g.level = 9 AND NOT t.persons)
    AND NOT (t.is_left_out AND g.level < 0)
),
undoubted AS (
  SELECT a.asked_no, g.group_no,
    greatest(CASE WHEN a.any_part THEN day_of(s.book_in) ELSE day_of(s.book_in - a.at_us - 1) + 1 END,
      a.earliest_day) AS from_day,
    least(CASE WHEN a.any_part THEN greatest(day_of(s.book_in), day_of(s.book_out))
      ELSE day_of(s.book_out - a.at_us - 1) END, a.latest_day) AS to_day
  FROM counted_stints s
  JOIN headcount_groups g ON g.group_value IS NOT DISTINCT FROM s.group_value
  JOIN asked_headcounts a ON a.release = s.release
  LEFT JOIN headcount_doubts d ON d.row_id = s.row_id AND d.asked_no = a.asked_no
  WHERE d.row_id IS NULL
),
spans AS (
  SELECT asked_no, group_no, level, next_level, from_day, to_day FROM measures
    WHERE NOT is_covered AND from_day <= to_day
  UNION ALL
  SELECT asked_no, group_no, level, next_level, greatest(from_day, coalesce(max(to_day) OVER (
    PARTITION BY asked_no, group_no, person_no, level, unit
      ORDER BY from_day ASC NULLS FIRST, to_day ASC NULLS FIRST, row_id ASC NULLS FIRST
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) + 1, from_day)), to_day
  FROM measures WHERE is_covered AND from_day <= to_day
),
events AS (
  -- whole numbers as DOUBLE, exact up to 2^53 and added much faster than the sums of BIGINT, which DuckDB
  -- keeps in 128 bits
  SELECT asked_no, group_no, from_day AS day, level, next_level, CAST(1 AS DOUBLE) AS one FROM spans
    WHERE from_day <= to_day
  UNION ALL
  SELECT asked_no, group_no, to_day + 1, level, next_level, CAST(-1 AS DOUBLE) FROM spans
    WHERE from_day <= to_day
),
undoubted_changes AS (
  SELECT asked_no, group_no, day, sum(one) AS n
  FROM (
    SELECT asked_no, group_no, from_day AS day, CAST(1 AS DOUBLE) AS one FROM undoubted
      WHERE from_day <= to_day
    UNION ALL
    SELECT asked_no, group_no, to_day + 1, CAST(-1 AS DOUBLE) FROM undoubted WHERE from_day <= to_day
  ) u
  GROUP BY asked_no, group_no, day
),
doubted_changes AS (
  SELECT asked_no, group_no, day,
    sum(CASE WHEN level IN (-1, 11) THEN one ELSE 0 END) AS n,
    sum(CASE WHEN level IN (0, 11) THEN one ELSE 0 END) AS n_lo,
    sum(CASE WHEN level = 1 THEN one WHEN next_level = 1 THEN -one ELSE 0 END) AS c1,
    sum(CASE WHEN level = 2 THEN one WHEN next_level = 2 THEN -one ELSE 0 END) AS c2,
    sum(CASE WHEN level = 3 THEN one WHEN next_level = 3 THEN -one ELSE 0 END) AS c3,
    sum(CASE WHEN level = 4 THEN one WHEN next_level = 4 THEN -one ELSE 0 END) AS c4,
    sum(CASE WHEN level = 5 THEN one WHEN next_level = 5 THEN -one ELSE 0 END) AS c5,
    sum(CASE WHEN level = 6 THEN one WHEN next_level = 6 THEN -one ELSE 0 END) AS c6,
    sum(CASE WHEN level = 7 THEN one WHEN next_level = 7 THEN -one ELSE 0 END) AS c7,
    sum(CASE WHEN level = 8 THEN one WHEN next_level = 8 THEN -one ELSE 0 END) AS c8,
    sum(CASE WHEN level = 9 THEN one WHEN next_level = 9 THEN -one ELSE 0 END) AS c9
  FROM events
  GROUP BY asked_no, group_no, day
),
changes AS (
  SELECT asked_no, group_no, day, n, n_lo, c1, c2, c3, c4, c5, c6, c7, c8, c9 FROM doubted_changes
  UNION ALL
  SELECT asked_no, group_no, day, n, n, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM undoubted_changes
)
SELECT asked_no, group_no, day, CAST(sum(n) AS BIGINT) AS n, CAST(sum(n_lo) AS BIGINT) AS n_lo,
  CAST(sum(c1) AS BIGINT) AS c1, CAST(sum(c2) AS BIGINT) AS c2,
  CAST(sum(c3) AS BIGINT) AS c3, CAST(sum(c4) AS BIGINT) AS c4, CAST(sum(c5) AS BIGINT) AS c5,
    CAST(sum(c6) AS BIGINT) AS c6, CAST(sum(c7) AS BIGINT) AS c7,
  CAST(sum(c8) AS BIGINT) AS c8, CAST(sum(c9) AS BIGINT) AS c9
FROM changes
GROUP BY asked_no, group_no, day
