-- facility_day_comparisons: published facility-day populations beside the computed ones, every facility-day
--   that either side has
-- inputs: facility_day_rows, headcounts, headcount_definitions, releases, repeated_figures
-- kept: view
--
-- Each published column is compared under the definition it was counted by: n_detained with ddp-any-time,
-- n_detained_at_midnight with ddp-midnight, n with uwchr, daily_pop with vera-24-hour, midnight_pop with
-- vera-midnight. They are compared only where the records cover facility and day; elsewhere there is no
-- count, and a published 0 agrees with nothing: `explained: outside the release` (not everybody held then is
-- in it for certain: the counted instant, or any part of the day, lies before `covered_from` or after
-- `covered_until` of the release, or outside the definition's days), `explained: facility not in the
-- records`. What the source itself publishes otherwise in another row is `cannot be judged: published twice,
-- with different numbers`. `status` otherwise: `agrees`; `explained: missing ends` (the published count lies
-- within the bounds), `explained: place unknown` (it does only if people of whom no row says where were
-- there); `conflict`; where the count is above the bounds and nobody states from when on the release has
-- everybody (`covers_from`), `cannot be judged: the release may lack people held since before it`; `not
-- published` (counted here, but the table has no row for it between its first and last date).
WITH said AS (
  SELECT row_id, source, detention_facility_code, us_of(date) AS date_us, 'ddp-any-time' AS definition,
    'n_detained' AS series, n_detained AS published
  FROM facility_day_rows WHERE n_detained IS NOT NULL
  UNION ALL
  SELECT row_id, source, detention_facility_code, us_of(date), 'ddp-midnight', 'n_detained_at_midnight',
    n_detained_at_midnight
  FROM facility_day_rows WHERE n_detained_at_midnight IS NOT NULL
  UNION ALL
  SELECT row_id, source, detention_facility_code, us_of(date), 'uwchr', 'n', n FROM facility_day_rows
    WHERE n IS NOT NULL
  UNION ALL
  SELECT row_id, source, detention_facility_code, us_of(date), 'vera-24-hour', 'daily_pop', daily_pop
    FROM facility_day_rows WHERE daily_pop IS NOT NULL
  UNION ALL
  SELECT row_id, source, detention_facility_code, us_of(date), 'vera-midnight', 'midnight_pop', midnight_pop
    FROM facility_day_rows WHERE midnight_pop IS NOT NULL
),
published AS (
  SELECT s.row_id, s.source, s.detention_facility_code, date_of(day_of(s.date_us)) AS date,
    day_of(s.date_us) AS day, s.definition, s.published,
    c.published_row IS NOT NULL AS is_disputed
  FROM said s
  LEFT JOIN repeated_figures c ON c.published_row = s.row_id AND c.series = s.series
),
reach AS (
  SELECT source, definition, min(date) AS first_date, max(date) AS last_date FROM published
    GROUP BY source, definition
),
recorded AS (
  SELECT DISTINCT release, definition, group_value FROM headcounts
),
covered AS (
  SELECT r.release, d.definition, coalesce(d.first_day, -1000000) AS first_day,
    coalesce(d.last_day, 1000000) AS last_day, r.covered_from, r.covered_until, r.is_cover_stated,
    CASE WHEN d.any_part THEN 0 ELSE d.at_us END AS from_us,
      CASE WHEN d.any_part THEN 86399999999 ELSE d.at_us END AS to_us
  FROM releases r CROSS JOIN headcount_definitions d
  WHERE r.release IN (SELECT release FROM headcounts)
),
compared AS (
  SELECT p.row_id AS published_row, p.source, r.release, p.definition, p.detention_facility_code, p.date,
    CAST(p.published AS BIGINT) AS published,
    coalesce(h.n, 0) AS n, coalesce(h.n_lo, 0) AS n_lo, coalesce(h.n_hi, 0) AS n_hi,
    CASE
      WHEN p.is_disputed THEN 'cannot be judged: published twice, with different numbers'
      WHEN NOT coalesce(
        p.day BETWEEN r.first_day AND r.last_day AND p.day * 86400000000 + r.from_us >= r.covered_from
          AND p.day * 86400000000 + r.to_us <= r.covered_until, FALSE
      ) THEN 'explained: outside the release'
      WHEN g.group_value IS NULL THEN 'explained: facility not in the records'
      WHEN p.published = coalesce(h.n, 0) THEN 'agrees'
      WHEN p.published >= coalesce(h.n_lo, 0) AND p.published <= coalesce(h.n_hi - h.hi_less_lo_place_unknown,
        0) THEN 'explained: missing ends'
      WHEN p.published >= coalesce(h.n_lo, 0) AND p.published <= coalesce(h.n_hi, 0)
        THEN 'explained: place unknown'
      WHEN p.published > coalesce(h.n_hi, 0) AND NOT r.is_cover_stated
        THEN 'cannot be judged: the release may lack people held since before it'
      ELSE 'conflict'
    END AS status
  FROM published p
  JOIN covered r ON r.definition = p.definition
  LEFT JOIN headcounts h ON h.release = r.release AND h.definition = p.definition
    AND h.group_value = p.detention_facility_code AND h.date = p.date
  LEFT JOIN recorded g ON g.release = r.release AND g.definition = p.definition
    AND g.group_value = p.detention_facility_code
),
missing AS (
  SELECT CAST(NULL AS BIGINT) AS published_row, a.source, h.release, h.definition,
    h.group_value AS detention_facility_code, h.date,
    CAST(NULL AS BIGINT) AS published, h.n, h.n_lo, h.n_hi, 'not published' AS status
  FROM headcounts h
  JOIN reach a ON a.definition = h.definition AND h.date >= a.first_date AND h.date <= a.last_date
  LEFT JOIN published p ON p.source = a.source AND p.definition = h.definition
    AND p.detention_facility_code = h.group_value AND p.date = h.date
  WHERE h.n > 0 AND p.row_id IS NULL
)
SELECT published_row, source, release, definition, detention_facility_code, date, published,
  CASE WHEN is_covered THEN n END AS n,
  CASE WHEN is_covered THEN n_lo END AS n_lo, CASE WHEN is_covered THEN n_hi END AS n_hi, status,
    CASE WHEN is_covered THEN published - n END AS difference
FROM (SELECT *, status IN ('agrees', 'explained: missing ends', 'explained: place unknown', 'conflict',
  'cannot be judged: the release may lack people held since before it') AS is_covered FROM compared) c
UNION ALL
SELECT *, CAST(NULL AS BIGINT) FROM missing
