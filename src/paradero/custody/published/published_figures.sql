-- published_figures: every published count of people by place and day as it stands, under the instant or day
--   that it counts
-- inputs: facility_day_rows, national_day_rows
-- kept: view
--
-- `what` is `midnight` or `day` (any part of it); `day` the day that the counted midnight ends: UWCHR's n,
-- counted at the midnight that begins its day, is of the day before. `at_place` is the facility code, or
-- `everywhere` for national series. Columns of one source are series of their own. One source may state a
-- figure more than
-- once: `published_series` has those it states alike, `repeated_figures` those it states otherwise.
SELECT row_id, source, 'n_detained' AS series, 'day' AS what, detention_facility_code AS at_place,
  day_of(us_of(date)) AS day, n_detained AS published
FROM facility_day_rows WHERE n_detained IS NOT NULL
UNION ALL
SELECT row_id, source, 'n_detained_at_midnight', 'midnight', detention_facility_code, day_of(us_of(date)),
  n_detained_at_midnight
FROM facility_day_rows WHERE n_detained_at_midnight IS NOT NULL
UNION ALL
SELECT row_id, source, 'n', 'midnight', detention_facility_code, day_of(us_of(date)) - 1, n
  FROM facility_day_rows WHERE n IS NOT NULL
UNION ALL
SELECT row_id, source, 'daily_pop', 'day', detention_facility_code, day_of(us_of(date)), daily_pop
  FROM facility_day_rows WHERE daily_pop IS NOT NULL
UNION ALL
SELECT row_id, source, 'midnight_pop', 'midnight', detention_facility_code, day_of(us_of(date)), midnight_pop
FROM facility_day_rows WHERE midnight_pop IS NOT NULL
UNION ALL
SELECT row_id, source, 'daily_pop', 'day', 'everywhere', day_of(us_of(date)), daily_pop FROM national_day_rows
  WHERE daily_pop IS NOT NULL
UNION ALL
SELECT row_id, source, 'midnight_pop', 'midnight', 'everywhere', day_of(us_of(date)), midnight_pop
  FROM national_day_rows WHERE midnight_pop IS NOT NULL
