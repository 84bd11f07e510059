-- releases: one row per release, with the instant at which its open ends are censored
-- inputs: detention_rows, arrest_rows, removal_rows, release_settings
-- kept: table
--
-- `released_at` is the setting of the casefile where it gives one (`released_at_from` = 'setting'), else the
-- last microsecond of a day: of the latest on which a book-in (the stay's, where the stint's is missing), an
-- arrest or a departure is recorded ('latest event'); of the latest book-out where nothing else is recorded;
-- or, in a release of all stays begun in a period, of the latest book-out with a reason ('latest book-out'):
-- a book-out that happened is never after the end of its release. Such a release is known by its book-outs:
-- two or more with a reason, and at least one in fifty of all, lie after the latest event. Fewer may be
-- scheduled or mistyped: `n_later_outs` counts them, and `paradero status` asks. A gap of more than 366 days
-- ends the row of later days: what lies behind it is mistyped. `latest_book_out` is what the uwchr headcount
-- takes for a missing book-out. `earliest` is the earliest instant that any row states (of a date with two
-- readings the earlier; for the end of the release the later): what is begun before it, the release cannot
-- show. From `covered_from` to `covered_until` everybody held is in the release, and a count of people held
-- can be judged. `covered_from` is the setting `covers_from` where the casefile has one; else the day after
-- both the first event and the first book-out (of those that no gap of more than 366 days parts from the
-- later ones): a row that is older belongs to somebody who was still held when the release begins. Nowhere
-- (null) in a release of all stays begun in a period, which lacks those held since before it, nor where no
-- book-out is stated. No table tells for certain that nobody older is left out: only where the casefile
-- states it (`is_cover_stated`) do more people than the release shows contradict it. `covered_until` is the
-- setting `released_at` where there is one, else the end of the day before the latest event, which may have
-- been looked at before it was over; in a release of stays begun in a period (unless both are set) people
-- booked in later are not in it.
WITH events AS (
  SELECT release, us_of(coalesce(book_in_date_time, book_in_date_time_hi, stay_book_in_date_time,
    stay_book_in_date_time_hi)) AS happened,
    us_of(coalesce(book_in_date_time, book_in_date_time_lo)) AS began,
      us_of(coalesce(book_out_date_time, book_out_date_time_hi)) AS booked_out,
    least(
      us_of(coalesce(stay_book_in_date_time, stay_book_in_date_time_lo)),
        us_of(coalesce(stay_book_out_date_time, stay_book_out_date_time_lo)),
      us_of(book_out_date_time_lo)
    ) AS stayed,
    CASE WHEN detention_release_reason IS NOT NULL
      OR stay_release_reason IS NOT NULL THEN us_of(book_out_date_time) END AS ended
  FROM detention_rows
  UNION ALL
  SELECT release, us_of(coalesce(apprehension_date_time, apprehension_date_time_hi)),
    us_of(coalesce(apprehension_date_time, apprehension_date_time_lo)), CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM arrest_rows
  UNION ALL
  SELECT release, us_of(coalesce(departed_date, departed_date_hi)),
    us_of(coalesce(departed_date, departed_date_lo)), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT) FROM removal_rows
),
latest AS (
  SELECT release, coalesce(max(happened), max(booked_out)) AS happened,
    coalesce(min(began), min(happened), min(booked_out)) AS first_event,
    max(booked_out) AS latest_book_out, min(least(began, happened, booked_out, stayed)) AS earliest,
      count(booked_out) AS n_outs
  FROM events
  GROUP BY release
),
later_days AS (
  SELECT e.release, day_of(e.ended) AS day, count(*) AS n, max(l.n_outs) AS n_outs,
    day_of(max(l.happened)) AS last_day
  FROM events e
  JOIN latest l ON l.release = e.release
  WHERE day_of(e.ended) > day_of(l.happened)
  GROUP BY e.release, day_of(e.ended)
),
followed AS (
  SELECT release, day, n, n_outs,
    day - coalesce(lag(day) OVER (PARTITION BY release ORDER BY day ASC NULLS FIRST),
    last_day) > 366 AS is_cut
  FROM later_days
),
kept AS (
  SELECT release, day, n, n_outs,
    sum(CASE WHEN is_cut THEN 1 ELSE 0 END) OVER (PARTITION BY release
      ORDER BY day ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS cuts
  FROM followed
),
later AS (
  SELECT release, CAST(sum(n) AS BIGINT) AS n_later_outs, max(CASE WHEN cuts = 0 THEN day END) AS last_day,
    min(CASE WHEN cuts = 0 THEN day END) AS next_day,
    sum(CASE WHEN cuts = 0 THEN n ELSE 0 END) >= 2
      AND sum(CASE WHEN cuts = 0 THEN n ELSE 0 END) * 50 >= max(n_outs) AS is_cohort
  FROM kept
  GROUP BY release
),
out_days AS (
  SELECT e.release, day_of(e.booked_out) AS day
  FROM events e
  JOIN latest l ON l.release = e.release
  WHERE day_of(e.booked_out) <= day_of(l.happened)
  GROUP BY e.release, day_of(e.booked_out)
),
out_gaps AS (
  SELECT release, day, CASE WHEN lead(day) OVER (PARTITION BY release
    ORDER BY day ASC NULLS FIRST) - day > 366 THEN day END AS cut_day FROM out_days
),
cut AS (
  SELECT release, max(cut_day) AS cut_day FROM out_gaps GROUP BY release
),
first_outs AS (
  SELECT o.release, min(o.day) AS first_out_day
  FROM out_gaps o
  JOIN cut c ON c.release = o.release
  WHERE c.cut_day IS NULL OR o.day > c.cut_day
  GROUP BY o.release
),
judged AS (
  SELECT l.*, s.released_at AS stated_at, s.covers_from, a.last_day, a.n_later_outs,
    coalesce(a.is_cohort, FALSE) AS is_cohort, b.first_out_day,
    coalesce(a.is_cohort AND (s.released_at IS NULL OR a.next_day <= day_of(s.released_at)),
      FALSE) AS is_of_begun
  FROM latest l
  LEFT JOIN later a ON a.release = l.release
  LEFT JOIN first_outs b ON b.release = l.release
  LEFT JOIN release_settings s ON s.release = l.release
)
SELECT release,
  coalesce(stated_at, CASE WHEN is_cohort THEN (last_day + 1) * 86400000000 - 1 END,
    (day_of(happened) + 1) * 86400000000 - 1) AS released_at,
  CASE WHEN stated_at IS NOT NULL THEN 'setting' WHEN is_cohort THEN 'latest book-out'
    ELSE 'latest event' END AS released_at_from,
  first_event, latest_book_out, coalesce(earliest, stated_at) AS earliest,
    coalesce(n_later_outs, 0) AS n_later_outs,
  CASE
    WHEN covers_from IS NOT NULL THEN covers_from
    WHEN NOT is_of_begun AND first_out_day IS NOT NULL
      THEN (greatest(day_of(first_event), first_out_day) + 1) * 86400000000
  END AS covered_from,
  CASE
    WHEN stated_at IS NOT NULL AND (covers_from IS NOT NULL OR NOT is_of_begun) THEN stated_at
    ELSE day_of(happened) * 86400000000 - 1
  END AS covered_until,
  covers_from IS NOT NULL AS is_cover_stated
FROM judged
ORDER BY release ASC NULLS FIRST
