-- headcounts: how many were held, per definition, group and day, with bounds from missing ends
-- inputs: counted_stints, headcount_definitions, releases, stay_ends, stay_spans
-- kept: table
--
-- A definition (table headcount_definitions) turns each stint into days: those on which it was under way at the instant `at_us` of the day, or for
-- `any_part` all days it touches. A unit (person, or row for placements) counts once per group and day: of each of its intervals in the order
-- of time only the part beyond the latest end so far is added, as +1 on its first day and -1 after its last; running sums of these are the counts.
-- `n` takes a missing book-out as the definition says. `n_lo` counts only what the record shows: up to the release instant where the book-out is
-- later (scheduled) or the stint is the last of a stay that is open; elsewhere without book-out, the day of the book-in (no instant). `n_hi` counts all that the record
-- allows: without book-out, up to the release instant; without book-in, from the stay's book-in. A bound is widened to `n` where the
-- definition itself goes beyond it. Days in days since 1970-01-01; `group_value` null where the row does not say.
WITH asked AS (
  SELECT row_number() OVER (ORDER BY d.definition ASC NULLS FIRST, r.release ASC NULLS FIRST) AS asked_no, d.definition, d.unit = 'persons' AS persons, d.any_part, d.at_us, d.without_exact_duplicates, d.persons_only, d.zeros, r.release, r.released_at,
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
open_ends AS (
  SELECT g.last_place FROM stay_ends e JOIN stay_spans g ON g.stay_row = e.stay_row WHERE e.end_kind = 'open' AND g.has_open_stint
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
  SELECT s.release, s.group_no, s.person_no, s.row_id, s.book_in, s.book_out, s.stay_book_in, s.duplicate_exact,
    s.book_in IS NULL OR s.book_out IS NULL OR s.book_out > e.released_at AS uncertain, s.book_out > e.released_at AS is_scheduled, r.person_no IS NOT NULL AS is_repeated, o.last_place IS NOT NULL AS is_open
  FROM numbered s
  LEFT JOIN repeated r ON r.person_no = s.person_no AND r.group_no = s.group_no
  LEFT JOIN open_ends o ON o.last_place = s.place
  JOIN releases e ON e.release = s.release
),
counted AS (
  SELECT a.asked_no, s.group_no, s.person_no, s.row_id, s.book_in, s.book_out, s.stay_book_in, s.uncertain,
    coalesce(s.is_scheduled, s.is_open) AS shown_to_release,
    a.any_part, a.at_us, a.released_at, a.earliest_day, a.latest_day, a.persons AND s.is_repeated AS is_repeated,
    CASE WHEN a.any_part THEN day_of(s.book_in) ELSE day_of(s.book_in - a.at_us + 86399999999) END AS from_day,
    CASE WHEN a.any_part THEN greatest(day_of(s.book_in), day_of(coalesce(s.book_out, a.open_out)))
      ELSE day_of(coalesce(s.book_out, a.open_out) - 1 - a.at_us) END AS to_day
  FROM stints s
  JOIN asked a ON a.release = s.release
  WHERE NOT (a.persons_only AND s.person_no IS NULL) AND NOT (a.without_exact_duplicates AND s.duplicate_exact)
),
unsure AS (
  SELECT asked_no, group_no, person_no, row_id, is_repeated, earliest_day, latest_day, from_day, to_day, 1 AS n, 0 AS n_lo, 0 AS n_hi
  FROM counted WHERE uncertain OR is_repeated
  UNION ALL
  SELECT asked_no, group_no, person_no, row_id, is_repeated, earliest_day, latest_day, from_day,
    CASE
      WHEN NOT uncertain THEN to_day
      WHEN shown_to_release AND any_part THEN greatest(day_of(book_in), day_of(released_at))
      WHEN shown_to_release THEN day_of(released_at - at_us)
      WHEN any_part THEN day_of(book_in)
    END, 0, 1, 0
  FROM counted WHERE uncertain OR is_repeated
  UNION ALL
  SELECT asked_no, group_no, person_no, row_id, is_repeated, earliest_day, latest_day,
    CASE
      WHEN book_in IS NOT NULL THEN from_day
      WHEN book_out IS NULL THEN NULL
      WHEN any_part THEN day_of(stay_book_in)
      ELSE day_of(stay_book_in - at_us + 86399999999)
    END,
    CASE
      WHEN NOT uncertain THEN to_day
      WHEN book_in IS NULL AND any_part THEN greatest(day_of(stay_book_in), day_of(book_out))
      WHEN book_in IS NULL THEN day_of(book_out - 1 - at_us)
      WHEN book_out IS NOT NULL THEN to_day
      WHEN any_part THEN greatest(day_of(book_in), day_of(released_at))
      ELSE day_of(released_at - at_us)
    END, 0, 0, 1
  FROM counted WHERE uncertain OR is_repeated
),
limited AS (
  SELECT asked_no, group_no, person_no, row_id, is_repeated, n, n_lo, n_hi,
    greatest(from_day, earliest_day) AS from_day, least(to_day, latest_day) AS to_day
  FROM unsure
  WHERE from_day IS NOT NULL AND to_day IS NOT NULL
),
followed AS (
  SELECT *, max(to_day) OVER (
    PARTITION BY asked_no, group_no, person_no, n, n_lo ORDER BY from_day ASC NULLS FIRST, to_day ASC NULLS FIRST, row_id ASC NULLS FIRST
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS covered_to
  FROM limited
  WHERE is_repeated
),
spans AS (
  SELECT asked_no, group_no, greatest(from_day, earliest_day) AS from_day, least(to_day, latest_day) AS to_day, 1 AS n, 1 AS n_lo, 1 AS n_hi
  FROM counted WHERE NOT uncertain AND NOT is_repeated
  UNION ALL
  SELECT asked_no, group_no, from_day, to_day, n, n_lo, n_hi FROM limited WHERE NOT is_repeated
  UNION ALL
  SELECT asked_no, group_no, greatest(from_day, coalesce(covered_to + 1, from_day)), to_day, n, n_lo, n_hi FROM followed
),
events AS (
  SELECT asked_no, group_no, from_day AS day, n, n_lo, n_hi FROM spans WHERE from_day <= to_day
  UNION ALL
  SELECT asked_no, group_no, to_day + 1, -n, -n_lo, -n_hi FROM spans WHERE from_day <= to_day
),
frame AS (
  SELECT DISTINCT a.asked_no, s.group_no, a.first_day, a.last_day
  FROM stints s
  JOIN asked a ON a.release = s.release AND a.zeros
),
framed AS (
  SELECT * FROM events
  UNION ALL
  SELECT asked_no, group_no, first_day, 0, 0, 0 FROM frame
  UNION ALL
  SELECT asked_no, group_no, last_day + 1, 0, 0, 0 FROM frame
),
changes AS (
  SELECT asked_no, group_no, day, CAST(sum(n) AS BIGINT) AS n, CAST(sum(n_lo) AS BIGINT) AS n_lo, CAST(sum(n_hi) AS BIGINT) AS n_hi
  FROM framed
  GROUP BY asked_no, group_no, day
),
levels AS (
  SELECT asked_no, group_no, day, lead(day) OVER of_group AS next_day,
    CAST(sum(n) OVER up_to_day AS BIGINT) AS n, CAST(sum(n_lo) OVER up_to_day AS BIGINT) AS n_lo, CAST(sum(n_hi) OVER up_to_day AS BIGINT) AS n_hi
  FROM changes
  WINDOW of_group AS (PARTITION BY asked_no, group_no ORDER BY day ASC NULLS FIRST),
    up_to_day AS (PARTITION BY asked_no, group_no ORDER BY day ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
daily AS (
  SELECT l.asked_no, l.group_no, explode(sequence(l.day, l.next_day - 1)) AS day, l.n, least(l.n_lo, l.n) AS n_lo, greatest(l.n_hi, l.n) AS n_hi
  FROM levels l
  JOIN asked a ON a.asked_no = l.asked_no
  WHERE l.next_day > l.day AND (l.n > 0 OR (a.zeros AND l.day >= a.first_day AND l.day <= a.last_day))
)
SELECT a.definition, a.release, g.group_value, date_of(d.day) AS date, d.n, d.n_lo, d.n_hi
FROM daily d
JOIN asked a ON a.asked_no = d.asked_no
JOIN groups g ON g.group_no = d.group_no
ORDER BY d.asked_no ASC NULLS FIRST, d.group_no ASC NULLS FIRST, d.day ASC NULLS FIRST
