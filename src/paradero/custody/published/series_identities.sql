-- series_identities: what must hold within a published series: held at midnight yesterday, plus those booked
--   in, less those booked out, is held at midnight today
-- inputs: facility_day_rows, national_day_rows, restated_rows
-- kept: view
--
-- One row per row of a national or facility-day series that states both a midnight and a count of the day, or
-- a midnight, book-ins and book-outs and has a row for the day before. `residual` = today's midnight less
-- yesterday's, less book-ins, plus book-outs. `status`: `adds up`; `impossible: does not add up`;
-- `impossible: fewer in the day than at its midnight`; `cannot be judged: no day before` (or no book-ins and
-- book-outs), or `: published twice, with different numbers` where another row of the source states the place
-- and day otherwise.
WITH given AS (
  SELECT row_id, source, 'everywhere' AS at_place, day_of(us_of(date)) AS day, daily_pop AS of_day,
    midnight_pop AS at_midnight, book_in, book_out
  FROM national_day_rows
  UNION ALL
  SELECT row_id, source, detention_facility_code, day_of(us_of(date)), coalesce(daily_pop, n_detained),
    coalesce(midnight_pop, n_detained_at_midnight), book_in, book_out
  FROM facility_day_rows
),
stated AS (
  SELECT g.*, r.row_id IS NOT NULL AS is_restated
  FROM given g
  LEFT JOIN restated_rows r ON r.row_id = g.row_id
),
differing AS (
  SELECT source, at_place, day FROM stated
  WHERE is_restated AND at_place IS NOT NULL AND day IS NOT NULL
  GROUP BY source, at_place, day
  HAVING min(of_day) <> max(of_day) OR min(at_midnight) <> max(at_midnight) OR min(book_in) <> max(book_in)
    OR min(book_out) <> max(book_out)
),
midnights AS (
  SELECT source, at_place, day, at_midnight FROM stated WHERE NOT is_restated AND at_midnight IS NOT NULL
  UNION ALL
  SELECT source, at_place, day, max(at_midnight) FROM stated WHERE is_restated GROUP BY source, at_place, day
    HAVING min(at_midnight) = max(at_midnight)
),
followed AS (
  SELECT t.*, y.at_midnight AS yesterday, t.at_midnight - y.at_midnight - t.book_in + t.book_out AS residual,
    d.day IS NOT NULL AS is_disputed
  FROM stated t
  LEFT JOIN differing d ON d.source = t.source AND d.at_place = t.at_place AND d.day = t.day
  LEFT JOIN midnights y ON y.source = t.source AND y.at_place = t.at_place AND y.day = t.day - 1
  WHERE t.at_midnight IS NOT NULL AND (t.of_day IS NOT NULL
    OR (t.book_in IS NOT NULL AND t.book_out IS NOT NULL))
)
SELECT row_id AS published_row, source, at_place, date_of(day) AS date, of_day, at_midnight, yesterday,
  book_in, book_out, residual,
  CASE
    WHEN is_disputed THEN 'cannot be judged: published twice, with different numbers'
    WHEN of_day < at_midnight THEN 'impossible: fewer in the day than at its midnight'
    WHEN residual = 0 THEN 'adds up'
    WHEN residual <> 0 THEN 'impossible: does not add up'
    WHEN book_in IS NULL OR book_out IS NULL THEN 'cannot be judged: no book-ins and book-outs'
    ELSE 'cannot be judged: no day before'
  END AS status
FROM followed
