-- releases: one row per release, with the instant at which its open ends are censored
-- inputs: detention_rows, arrest_rows, removal_rows, release_settings
-- kept: table
--
-- `released_at` is the setting of the casefile where it gives one (`released_at_from` = 'setting'), else the last microsecond of the latest
-- day on which a book-in, an arrest or a departure is recorded ('latest event'; book-outs can be scheduled for the future).
-- `latest_book_out` is what the uwchr headcount takes for a missing book-out.
WITH events AS (
  SELECT release, us_of(book_in_date_time) AS happened, us_of(book_out_date_time) AS booked_out FROM detention_rows
  UNION ALL
  SELECT release, us_of(apprehension_date_time), CAST(NULL AS BIGINT) FROM arrest_rows
  UNION ALL
  SELECT release, us_of(departed_date), CAST(NULL AS BIGINT) FROM removal_rows
),
latest AS (
  SELECT release, max(happened) AS happened, min(happened) AS first_event, max(booked_out) AS latest_book_out FROM events GROUP BY release
)
SELECT l.release,
  coalesce(s.released_at, (day_of(l.happened) + 1) * 86400000000 - 1) AS released_at,
  CASE WHEN s.released_at IS NULL THEN 'latest event' ELSE 'setting' END AS released_at_from,
  l.first_event, l.latest_book_out
FROM latest l
LEFT JOIN release_settings s ON s.release = l.release
ORDER BY l.release ASC NULLS FIRST
