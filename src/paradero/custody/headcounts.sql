-- headcounts: how many were held, per definition, group and day, with bounds from missing ends
-- inputs: counted_stints, headcount_definitions, releases, stay_ends, stay_spans
-- kept: table
--
-- A definition (table headcount_definitions) turns each stint into days: those on which it was under way at the instant `at_us` of the day, or for
-- `any_part` all days it touches. A unit (person, or row for placements) counts once per group and day: of each of its intervals in the order
-- of time only the part beyond the latest end so far is added, as +1 on its first day and -1 after its last; running sums of these are the counts.
-- `n` takes a missing book-out as the definition says. `n_lo` counts only what the record shows: without book-out, the day of the book-in
-- (no instant), or up to the release instant where the stint is the last of a stay that is open. `n_hi` counts all that the record
-- allows: without book-out, up to the release instant; without book-in, from the stay's book-in. A bound is widened to `n` where the
-- definition itself goes beyond it. Days in days since 1970-01-01; `group_value` null where the row does not say.
WITH asked AS (
  SELECT d.definition, d.unit, d.any_part, d.at_us, d.without_exact_duplicates, d.persons_only, d.zeros, r.release, r.released_at,
    coalesce(d.first_day, day_of(r.first_event)) AS first_day, d.first_day AS earliest_day, d.last_day AS latest_day,
    coalesce(d.last_day, day_of(r.released_at)) AS last_day,
    CASE d.open_until
      WHEN 'day' THEN d.open_until_us
      WHEN 'latest book-out' THEN r.latest_book_out
      WHEN 'release day' THEN day_of(r.released_at) * 86400000000
      ELSE (day_of(r.released_at) + 1) * 86400000000
    END AS open_out
  FROM headcount_definitions d CROSS JOIN releases r
),
open_ends AS (
  SELECT g.last_place FROM stay_ends e JOIN stay_spans g ON g.stay_row = e.stay_row WHERE e.end_kind = 'open' AND g.has_open_stint
),
counted AS (
  SELECT a.definition, a.release, s.group_value, s.row_id,
    CASE WHEN a.unit = 'persons' AND s.person_no IS NOT NULL THEN s.person_no ELSE -1 - s.row_id END AS unit_no,
    s.book_in, s.book_out, s.stay_book_in, o.last_place IS NOT NULL AS is_open, a.any_part, a.at_us, a.open_out, a.released_at,
    a.earliest_day, a.latest_day,
    s.book_in IS NULL OR s.book_out IS NULL AS uncertain,
    CASE WHEN a.any_part THEN day_of(s.book_in) ELSE day_of(s.book_in - a.at_us + 86399999999) END AS from_day,
    CASE WHEN a.any_part THEN greatest(day_of(s.book_in), day_of(coalesce(s.book_out, a.open_out)))
      ELSE day_of(coalesce(s.book_out, a.open_out) - 1 - a.at_us) END AS to_day
  FROM counted_stints s
  JOIN asked a ON a.release = s.release
  LEFT JOIN open_ends o ON o.last_place = s.place AND s.book_out IS NULL
  WHERE NOT (a.persons_only AND s.person_no IS NULL) AND NOT (a.without_exact_duplicates AND s.duplicate_exact)
),
taken AS (
  SELECT definition, release, group_value, unit_no, row_id, uncertain,
    greatest(from_day, coalesce(earliest_day, from_day)) AS from_day, least(to_day, coalesce(latest_day, to_day)) AS to_day
  FROM counted
),
followed AS (
  SELECT *,
    max(to_day) OVER (
      PARTITION BY definition, release, group_value, unit_no ORDER BY from_day ASC NULLS FIRST, to_day ASC NULLS FIRST, row_id ASC NULLS FIRST
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS covered_to,
    max(CASE WHEN uncertain THEN 1 ELSE 0 END) OVER (PARTITION BY definition, release, group_value, unit_no) AS unsure
  FROM taken
),
fresh AS (
  SELECT definition, release, group_value, unsure, greatest(from_day, coalesce(covered_to + 1, from_day)) AS from_day, to_day
  FROM followed
  WHERE from_day <= to_day AND to_day > coalesce(covered_to, to_day - 1)
),
unsure_units AS (
  SELECT DISTINCT definition, release, group_value, unit_no FROM counted WHERE uncertain
),
bounds AS (
  SELECT c.definition, c.release, c.group_value, c.unit_no, c.row_id, v.variant, c.earliest_day, c.latest_day,
    CASE
      WHEN NOT c.uncertain THEN c.from_day
      WHEN c.book_in IS NOT NULL THEN c.from_day
      WHEN v.variant = 'lo' OR c.book_out IS NULL THEN NULL
      WHEN c.any_part THEN day_of(c.stay_book_in)
      ELSE day_of(c.stay_book_in - c.at_us + 86399999999)
    END AS from_day,
    CASE
      WHEN NOT c.uncertain THEN c.to_day
      WHEN c.book_in IS NULL AND c.any_part THEN greatest(day_of(c.stay_book_in), day_of(c.book_out))
      WHEN c.book_in IS NULL THEN day_of(c.book_out - 1 - c.at_us)
      WHEN (v.variant = 'hi' OR c.is_open) AND c.any_part THEN greatest(day_of(c.book_in), day_of(c.released_at))
      WHEN v.variant = 'hi' OR c.is_open THEN day_of(c.released_at - c.at_us)
      WHEN c.any_part THEN day_of(c.book_in)
      ELSE NULL
    END AS to_day
  FROM counted c
  JOIN unsure_units u ON u.definition = c.definition AND u.release = c.release AND u.group_value IS NOT DISTINCT FROM c.group_value
    AND u.unit_no = c.unit_no
  CROSS JOIN (SELECT 'lo' AS variant UNION ALL SELECT 'hi') v
),
limited AS (
  SELECT definition, release, group_value, unit_no, row_id, variant,
    greatest(from_day, coalesce(earliest_day, from_day)) AS from_day, least(to_day, coalesce(latest_day, to_day)) AS to_day
  FROM bounds
  WHERE from_day IS NOT NULL AND to_day IS NOT NULL
),
followed_bounds AS (
  SELECT *, max(to_day) OVER (
    PARTITION BY definition, release, group_value, unit_no, variant
    ORDER BY from_day ASC NULLS FIRST, to_day ASC NULLS FIRST, row_id ASC NULLS FIRST
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS covered_to
  FROM limited
),
fresh_bounds AS (
  SELECT definition, release, group_value, variant, greatest(from_day, coalesce(covered_to + 1, from_day)) AS from_day, to_day
  FROM followed_bounds
  WHERE from_day <= to_day AND to_day > coalesce(covered_to, to_day - 1)
),
events AS (
  SELECT definition, release, group_value, from_day AS day, 1 AS n, 1 - unsure AS n_lo, 1 - unsure AS n_hi FROM fresh
  UNION ALL
  SELECT definition, release, group_value, to_day + 1, -1, unsure - 1, unsure - 1 FROM fresh
  UNION ALL
  SELECT definition, release, group_value, from_day, 0, CASE WHEN variant = 'lo' THEN 1 ELSE 0 END, CASE WHEN variant = 'hi' THEN 1 ELSE 0 END
  FROM fresh_bounds
  UNION ALL
  SELECT definition, release, group_value, to_day + 1, 0, CASE WHEN variant = 'lo' THEN -1 ELSE 0 END, CASE WHEN variant = 'hi' THEN -1 ELSE 0 END
  FROM fresh_bounds
),
groups AS (
  SELECT DISTINCT a.definition, a.release, s.group_value, a.first_day, a.last_day
  FROM counted_stints s
  JOIN asked a ON a.release = s.release AND a.zeros
),
framed AS (
  SELECT * FROM events
  UNION ALL
  SELECT definition, release, group_value, first_day, 0, 0, 0 FROM groups
  UNION ALL
  SELECT definition, release, group_value, last_day + 1, 0, 0, 0 FROM groups
),
changes AS (
  SELECT definition, release, group_value, day, sum(n) AS n, sum(n_lo) AS n_lo, sum(n_hi) AS n_hi
  FROM framed
  GROUP BY definition, release, group_value, day
),
levels AS (
  SELECT definition, release, group_value, day,
    lead(day) OVER of_group AS next_day,
    CAST(sum(n) OVER up_to_day AS BIGINT) AS n, CAST(sum(n_lo) OVER up_to_day AS BIGINT) AS n_lo, CAST(sum(n_hi) OVER up_to_day AS BIGINT) AS n_hi
  FROM changes
  WINDOW of_group AS (PARTITION BY definition, release, group_value ORDER BY day ASC NULLS FIRST),
    up_to_day AS (
      PARTITION BY definition, release, group_value ORDER BY day ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
),
daily AS (
  SELECT l.definition, l.release, l.group_value, explode(sequence(l.day, l.next_day - 1)) AS day, l.n, least(l.n_lo, l.n) AS n_lo, greatest(l.n_hi, l.n) AS n_hi
  FROM levels l
  JOIN asked a ON a.definition = l.definition AND a.release = l.release
  WHERE l.next_day > l.day AND (l.n > 0 OR (a.zeros AND l.day >= a.first_day AND l.day <= a.last_day))
)
SELECT definition, release, group_value, date_of(day) AS date, n, n_lo, n_hi
FROM daily
ORDER BY definition ASC NULLS FIRST, release ASC NULLS FIRST, group_value ASC NULLS FIRST, day ASC NULLS FIRST
