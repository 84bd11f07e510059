-- releases: one row per release, with the instant at which its open ends are censored
-- inputs: detention_rows, arrest_rows, removal_rows, release_settings
-- kept: table
--
-- `released_at` is the setting of the casefile where it gives one (`released_at_from` = 'setting'), else the last microsecond of the latest
-- day on which a book-in (the stay's, where the stint's is missing), an arrest or a departure is recorded ('latest event'; book-outs can be scheduled for
-- the future, and are taken only where nothing else is recorded). `latest_book_out` is what the uwchr headcount takes for a missing book-out. `earliest` is
-- the earliest instant that any row states: what is begun before it, the release cannot show.
WITH events AS (
  SELECT release, us_of(coalesce(book_in_date_time, stay_book_in_date_time)) AS happened, us_of(book_in_date_time) AS began,
    us_of(book_out_date_time) AS booked_out, least(us_of(stay_book_in_date_time), us_of(stay_book_out_date_time)) AS stayed
  FROM detention_rows
  UNION ALL
  SELECT release, us_of(apprehension_date_time), us_of(apprehension_date_time), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM arrest_rows
  UNION ALL
  SELECT release, us_of(departed_date), us_of(departed_date), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM removal_rows
),
latest AS (
  SELECT release, coalesce(max(happened), max(booked_out)) AS happened, coalesce(min(began), min(happened), min(booked_out)) AS first_event,
    max(booked_out) AS latest_book_out, min(least(happened, booked_out, stayed)) AS earliest
  FROM events
  GROUP BY release
)
SELECT l.release,
  coalesce(s.released_at, (day_of(l.happened) + 1) * 86400000000 - 1) AS released_at,
  CASE WHEN s.released_at IS NULL THEN 'latest event' ELSE 'setting' END AS released_at_from,
  l.first_event, l.latest_book_out, coalesce(l.earliest, s.released_at) AS earliest
FROM latest l
LEFT JOIN release_settings s ON s.release = l.release
ORDER BY l.release ASC NULLS FIRST
