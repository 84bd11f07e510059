-- headcounts: how many were held, per definition, group and day, with bounds that hold and the width of each by cause
-- inputs: counted_stints, headcount_definitions, releases
-- kept: table
--
-- A definition (table headcount_definitions) turns each stint into days: those on which it was under way at the instant `at_us` of the day, or for
-- `any_part` all days it touches. A unit (person, or row for placements) counts once per group and day: of each of its intervals in the order
-- of time only the part beyond the latest end so far is added, as +1 on its first day and -1 after its last; running sums of these are the counts.
-- `n` takes a missing book-out as the definition says. `n_lo` counts the persons whom the record shows there: from the latest instant that a stated
-- book-in can mean to the earliest that a stated book-out can. `n_hi` counts all whom it allows: without book-out up to the release instant, without
-- book-in from the stay's (else from the definition's first day, or 366 days before the earliest instant recorded), a row without a person as one more, a row without a group in every group.
-- Between them lie eight levels in a fixed order (1 precision, 2 order of day and month, 3 not in the release, 4 unreadable, 5 blank, 6 withheld,
-- 7 person unknown, 8 place unknown): a row takes part in a level with the days that it may have if only causes up to this one are in doubt, so each level
-- encloses the one before, and what it adds is the width by that cause. `assumed` has a 1 at the place of each cause that is left out: there the row is
-- read as `n` reads it. What a definition itself counts beyond a bound (imputation past the release) widens it, as not in the release.
-- Days in days since 1970-01-01; `group_value` null where the row does not say: then n_lo is 0, for each of these rows may be of any group.
WITH asked AS (
  SELECT row_number() OVER (ORDER BY d.definition ASC NULLS FIRST, r.release ASC NULLS FIRST) AS asked_no, d.definition, d.unit = 'persons' AS persons, d.any_part, d.at_us, d.without_exact_duplicates, d.persons_only, d.zeros, d.assumed, r.release, r.released_at,
    least(coalesce(d.first_day * 86400000000, r.earliest - 31622400000000), r.earliest) AS earliest,
    coalesce(d.first_day, day_of(r.first_event)) AS first_day, coalesce(d.last_day, day_of(r.released_at)) AS last_day,
    coalesce(d.first_day, -1000000) AS earliest_day, coalesce(d.last_day, 1000000) AS latest_day,
    CASE d.open_until
      WHEN 'day' THEN d.open_until_us
      WHEN 'latest book-out' THEN r.latest_book_out
      WHEN 'release day' THEN day_of(r.released_at) * 86400000000
      ELSE (day_of(r.released_at) + 1) * 86400000000
    END AS open_out
  FROM headcount_definitions d CROSS JOIN releases r
),
groups AS (
  SELECT group_value, row_number() OVER (ORDER BY group_value ASC NULLS FIRST) AS group_no FROM (SELECT DISTINCT group_value FROM counted_stints) g
),
numbered AS (
  SELECT s.*, g.group_no FROM counted_stints s JOIN groups g ON g.group_value IS NOT DISTINCT FROM s.group_value
),
repeated AS (
  SELECT person_no, group_no FROM numbered WHERE person_no IS NOT NULL GROUP BY person_no, group_no HAVING count(*) > 1
),
stints AS (
  SELECT s.release, s.group_no, s.person_no, s.row_id, s.book_in, s.book_out, s.stay_book_in, s.duplicate_exact, r.person_no IS NOT NULL AS is_repeated,
    s.book_in_lo, s.book_in_hi, s.book_out_lo, s.book_out_hi,
    CASE WHEN s.book_in IS NOT NULL THEN 1 WHEN s.book_in_why = 'day_or_month' THEN 2 WHEN s.book_in_why = 'not_in_release' THEN 3
      WHEN s.book_in_why = 'unreadable' THEN 4 WHEN s.book_in_why = 'withheld' THEN 6 ELSE 5 END AS in_cause,
    CASE WHEN s.book_out IS NOT NULL THEN 1 WHEN s.book_out_why = 'day_or_month' THEN 2 WHEN s.book_out_why = 'not_in_release' THEN 3
      WHEN s.book_out_why = 'unreadable' THEN 4 WHEN s.book_out_why = 'withheld' THEN 6 ELSE 5 END AS out_cause
  FROM numbered s
  LEFT JOIN repeated r ON r.person_no = s.person_no AND r.group_no = s.group_no
),
weighed AS (
  SELECT a.asked_no, a.persons, a.any_part, a.at_us, a.released_at, a.earliest, a.earliest_day, a.latest_day, a.open_out,
    s.group_no, s.person_no, s.row_id, s.book_in, s.book_out, s.stay_book_in, s.is_repeated, s.book_in_lo, s.book_in_hi, s.book_out_lo, s.book_out_hi,
    s.in_cause, s.out_cause, coalesce(s.book_out, s.book_out_hi, a.released_at) AS latest_out,
    substr(a.assumed, 1, 1) = '1' AS is_timed, substr(a.assumed, s.in_cause, 1) = '1' AS in_assumed, substr(a.assumed, s.out_cause, 1) = '1' AS out_assumed,
    coalesce(s.book_out, s.book_out_lo) > a.released_at AND substr(a.assumed, 3, 1) <> '1' AS is_scheduled,
    s.person_no IS NULL AND substr(a.assumed, 7, 1) <> '1' AS is_of_nobody,
    (a.persons_only AND s.person_no IS NULL) OR (a.without_exact_duplicates AND s.duplicate_exact) AS is_left_out,
    a.without_exact_duplicates AND s.duplicate_exact AND s.person_no IS NOT NULL AND s.book_in IS NOT NULL AND s.book_in % 86400000000 <> 0 AS is_copy
  FROM stints s
  JOIN asked a ON a.release = s.release
),
bounded AS (
  SELECT *,
    CASE WHEN book_in IS NOT NULL THEN book_in WHEN in_cause = 2 THEN book_in_lo WHEN in_assumed THEN NULL
      WHEN stay_book_in <= latest_out THEN stay_book_in ELSE least(earliest, latest_out) END AS in_lo,
    CASE WHEN in_cause = 2 THEN recorded_hi(book_in_hi) WHEN is_timed THEN book_in ELSE recorded_hi(book_in) END AS in_hi,
    CASE WHEN is_scheduled THEN released_at + 1 WHEN book_out IS NOT NULL THEN book_out WHEN out_cause = 2 THEN book_out_lo
      WHEN out_assumed THEN released_at + 1 END AS out_lo,
    CASE WHEN out_cause = 2 THEN recorded_hi(book_out_hi) WHEN book_out IS NULL THEN released_at + 1 WHEN is_timed THEN book_out ELSE recorded_hi(book_out) END AS out_hi,
    CASE WHEN is_scheduled OR out_cause > 2 THEN 1 ELSE 0 END AS lo_beyond, CASE WHEN out_cause > 2 THEN 1 ELSE 0 END AS hi_beyond
  FROM weighed
),
days AS (
  SELECT asked_no, persons, group_no, person_no, row_id, is_repeated, is_of_nobody, is_left_out, is_copy, earliest_day, latest_day,
    in_cause, CASE WHEN is_scheduled THEN 3 ELSE out_cause END AS out_cause,
    book_in IS NOT NULL AND book_out IS NOT NULL AS is_closed,
    CASE WHEN any_part THEN day_of(book_in) ELSE day_of(book_in - at_us + 86399999999) END AS n_from,
    CASE WHEN any_part THEN greatest(day_of(book_in), day_of(coalesce(book_out, open_out))) ELSE day_of(coalesce(book_out, open_out) - 1 - at_us) END AS n_to,
    CASE WHEN any_part THEN day_of(in_lo) ELSE day_of(in_lo - at_us + 86399999999) END AS may_from,
    CASE WHEN any_part THEN day_of(in_hi) ELSE day_of(in_hi - at_us + 86399999999) END AS sure_from,
    CASE WHEN any_part THEN greatest(day_of(coalesce(in_hi, in_lo)), day_of(out_hi - hi_beyond)) ELSE day_of(out_hi - 1 - at_us) END AS may_to,
    CASE
      WHEN NOT any_part THEN day_of(out_lo - 1 - at_us)
      WHEN day_of(in_lo) = day_of(in_hi) THEN greatest(day_of(in_hi), day_of(coalesce(out_lo - lo_beyond, in_hi)))
      ELSE day_of(out_lo - lo_beyond)
    END AS sure_to
  FROM bounded
),
sorted AS (
  SELECT asked_no, persons, group_no, person_no, row_id, is_repeated, is_of_nobody, is_left_out, is_copy, is_closed,
    CASE WHEN n_from IS NOT NULL THEN greatest(n_from, earliest_day) END AS n_from, CASE WHEN n_to IS NOT NULL THEN least(n_to, latest_day) END AS n_to,
    CASE WHEN may_from IS NOT NULL THEN greatest(may_from, earliest_day) END AS may_from, CASE WHEN may_to IS NOT NULL THEN least(may_to, latest_day) END AS may_to,
    CASE WHEN in_cause < 3 THEN greatest(sure_from, earliest_day) END AS sure_from, CASE WHEN sure_to IS NOT NULL THEN least(sure_to, latest_day) END AS sure_to,
    CASE WHEN in_cause < 3 AND sure_from = may_from THEN 0 ELSE in_cause END AS in_cause,
    CASE WHEN sure_to = may_to THEN 0 ELSE out_cause END AS out_cause
  FROM days
),
doubted AS (
  SELECT asked_no, group_no, person_no FROM sorted WHERE is_repeated AND (NOT persons OR NOT is_closed OR in_cause > 0 OR out_cause > 0 OR is_left_out)
  GROUP BY asked_no, group_no, person_no
),
told AS (
  SELECT s.*, s.is_repeated AND d.person_no IS NOT NULL AS is_tangled,
    NOT s.is_of_nobody AND NOT s.is_left_out AND s.is_closed AND s.in_cause = 0 AND s.out_cause = 0 AND d.person_no IS NULL AS is_exact
  FROM sorted s
  LEFT JOIN doubted d ON d.asked_no = s.asked_no AND d.group_no = s.group_no AND d.person_no = s.person_no
),
causes AS (
  SELECT asked_no, group_no, person_no, in_cause AS level FROM told WHERE is_tangled
  UNION
  SELECT asked_no, group_no, person_no, out_cause FROM told WHERE is_tangled
  UNION
  SELECT asked_no, group_no, person_no, 0 FROM told WHERE is_tangled
  UNION
  SELECT asked_no, group_no, person_no, 7 FROM told WHERE is_tangled AND NOT persons
),
tangles AS (
  SELECT *, CAST(lead(level) OVER (PARTITION BY asked_no, group_no, person_no ORDER BY level ASC NULLS FIRST) AS BIGINT) AS next_level FROM causes
),
single AS (
  SELECT *, CASE WHEN in_cause = 0 THEN out_cause WHEN out_cause = 0 THEN in_cause ELSE least(in_cause, out_cause) END AS one, greatest(in_cause, out_cause) AS both_causes
  FROM told WHERE NOT is_exact AND NOT is_tangled
),
measures AS (
  -- level -1 is n; next_level takes away what the level before has counted
  SELECT asked_no, group_no, person_no, CAST(0 AS BIGINT) AS unit, row_id, is_repeated, -1 AS level, CAST(NULL AS BIGINT) AS next_level, n_from AS from_day, n_to AS to_day
  FROM single WHERE NOT is_left_out
  UNION ALL
  SELECT asked_no, group_no, person_no, 0, row_id, FALSE, 7, NULL, may_from, may_to FROM single WHERE is_of_nobody
  UNION ALL
  SELECT asked_no, group_no, person_no, 0, row_id, FALSE, 0, CASE WHEN one > 0 THEN one END, sure_from, sure_to FROM single WHERE NOT is_of_nobody
  UNION ALL
  SELECT asked_no, group_no, person_no, 0, row_id, FALSE, one, CASE WHEN both_causes > one THEN both_causes END,
    CASE WHEN in_cause <= one THEN may_from ELSE sure_from END, CASE WHEN out_cause <= one THEN may_to ELSE sure_to END
  FROM single WHERE one > 0 AND NOT is_of_nobody
  UNION ALL
  SELECT asked_no, group_no, person_no, 0, row_id, FALSE, both_causes, NULL, may_from, may_to FROM single WHERE both_causes > one AND NOT is_of_nobody
  UNION ALL
  SELECT asked_no, group_no, person_no, CASE WHEN persons THEN 0 ELSE row_id END, row_id, TRUE, -1, NULL, n_from, n_to FROM told WHERE is_tangled AND NOT is_left_out
  UNION ALL
  SELECT t.asked_no, t.group_no, t.person_no, CASE WHEN t.persons OR g.level < 7 THEN 0 ELSE t.row_id END, t.row_id, TRUE, g.level, g.next_level,
    CASE WHEN t.in_cause <= g.level THEN t.may_from ELSE t.sure_from END, CASE WHEN t.out_cause <= g.level THEN t.may_to ELSE t.sure_to END
  FROM told t
  JOIN tangles g ON g.asked_no = t.asked_no AND g.group_no = t.group_no AND g.person_no = t.person_no
  WHERE t.is_tangled AND NOT (t.is_copy AND g.level = 7 AND NOT t.persons)
  UNION ALL
  SELECT asked_no, group_no, person_no, 0, row_id, is_repeated, 9, NULL, n_from, n_to FROM told WHERE is_exact
),
spans AS (
  SELECT asked_no, group_no, level, next_level, from_day, to_day FROM measures WHERE NOT is_repeated AND from_day <= to_day
  UNION ALL
  SELECT asked_no, group_no, level, next_level, greatest(from_day, coalesce(max(to_day) OVER (
    PARTITION BY asked_no, group_no, person_no, level, unit ORDER BY from_day ASC NULLS FIRST, to_day ASC NULLS FIRST, row_id ASC NULLS FIRST
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) + 1, from_day)), to_day
  FROM measures WHERE is_repeated AND from_day <= to_day
),
ups AS (
  -- whole numbers as DOUBLE, exact up to 2^53 and added much faster than the sums of BIGINT, which DuckDB keeps in 128 bits
  SELECT asked_no, group_no, from_day AS day, level, next_level, CAST(1 AS DOUBLE) AS one FROM spans WHERE from_day <= to_day
  UNION ALL
  SELECT asked_no, group_no, to_day + 1, level, next_level, CAST(-1 AS DOUBLE) FROM spans WHERE from_day <= to_day
),
frame AS (
  SELECT DISTINCT a.asked_no, s.group_no, a.first_day, a.last_day, a.zeros, g.group_value IS NOT NULL AS is_placed, substr(a.assumed, 8, 1) <> '1' AS is_anywhere
  FROM stints s
  JOIN asked a ON a.release = s.release
  JOIN groups g ON g.group_no = s.group_no
),
unplaced AS (
  -- how many may be of any group: all that the rows without a group allow
  SELECT u.asked_no, u.day, sum(CASE WHEN u.level >= 0 AND u.next_level IS NULL THEN u.one ELSE 0 END) AS one
  FROM ups u
  JOIN frame f ON f.asked_no = u.asked_no AND f.group_no = u.group_no AND NOT f.is_placed AND f.is_anywhere
  GROUP BY u.asked_no, u.day
),
events AS (
  SELECT * FROM ups
  UNION ALL
  SELECT u.asked_no, f.group_no, u.day, 8, NULL, u.one FROM unplaced u JOIN frame f ON f.asked_no = u.asked_no AND f.is_placed
  UNION ALL
  SELECT asked_no, group_no, first_day, 8, NULL, 0 FROM frame WHERE zeros
  UNION ALL
  SELECT asked_no, group_no, last_day + 1, 8, NULL, 0 FROM frame WHERE zeros
),
changes AS (
  -- level 9 is of rows that leave no doubt: they count in n and in n_lo
  SELECT asked_no, group_no, day,
    sum(CASE WHEN level IN (-1, 9) THEN one ELSE 0 END) AS n,
    sum(CASE WHEN level IN (0, 9) THEN one ELSE 0 END) AS n_lo,
    sum(CASE WHEN level = 1 THEN one WHEN next_level = 1 THEN -one ELSE 0 END) AS c1,
    sum(CASE WHEN level = 2 THEN one WHEN next_level = 2 THEN -one ELSE 0 END) AS c2,
    sum(CASE WHEN level = 3 THEN one WHEN next_level = 3 THEN -one ELSE 0 END) AS c3,
    sum(CASE WHEN level = 4 THEN one WHEN next_level = 4 THEN -one ELSE 0 END) AS c4,
    sum(CASE WHEN level = 5 THEN one WHEN next_level = 5 THEN -one ELSE 0 END) AS c5,
    sum(CASE WHEN level = 6 THEN one WHEN next_level = 6 THEN -one ELSE 0 END) AS c6,
    sum(CASE WHEN level = 7 THEN one WHEN next_level = 7 THEN -one ELSE 0 END) AS c7,
    sum(CASE WHEN level = 8 THEN one ELSE 0 END) AS c8
  FROM events
  GROUP BY asked_no, group_no, day
),
levels AS (
  SELECT asked_no, group_no, day, lead(day) OVER of_group AS next_day,
    sum(n) OVER up_to_day AS n, sum(n_lo) OVER up_to_day AS n_lo, sum(c1) OVER up_to_day AS c1, sum(c2) OVER up_to_day AS c2, sum(c3) OVER up_to_day AS c3,
    sum(c4) OVER up_to_day AS c4, sum(c5) OVER up_to_day AS c5, sum(c6) OVER up_to_day AS c6, sum(c7) OVER up_to_day AS c7, sum(c8) OVER up_to_day AS c8
  FROM changes
  WINDOW of_group AS (PARTITION BY asked_no, group_no ORDER BY day ASC NULLS FIRST),
    up_to_day AS (PARTITION BY asked_no, group_no ORDER BY day ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
widened AS (
  -- a row without a group shows nobody in any; and no bound is beyond what the definition itself counts
  SELECT l.asked_no, g.group_value, l.group_no, l.day, l.next_day, l.n, a.first_day, a.last_day, a.zeros, a.definition, a.release, a.persons_only,
    CASE WHEN g.group_value IS NULL AND substr(a.assumed, 8, 1) <> '1' THEN 0 ELSE l.n_lo END AS n_lo,
    l.c1, l.c2, l.c3, l.c4, l.c5, l.c6, l.c7, l.c8 + CASE WHEN g.group_value IS NULL AND substr(a.assumed, 8, 1) <> '1' THEN l.n_lo ELSE 0 END AS c8,
    l.n_lo + l.c1 + l.c2 + l.c3 + l.c4 + l.c5 + l.c6 + l.c7 + l.c8 AS n_hi
  FROM levels l
  JOIN asked a ON a.asked_no = l.asked_no
  JOIN groups g ON g.group_no = l.group_no
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
  CAST(c7 + CASE WHEN persons_only THEN greatest(n_lo - n, 0) ELSE 0 END AS BIGINT) AS hi_less_lo_person_unknown,
  CAST(c8 AS BIGINT) AS hi_less_lo_place_unknown, CAST(c2 AS BIGINT) AS hi_less_lo_order_of_day_and_month
FROM daily
ORDER BY asked_no ASC NULLS FIRST, group_no ASC NULLS FIRST, on_day ASC NULLS FIRST
