-- facility_day_comparisons: published facility-day populations beside the computed ones, every facility-day that either side has
-- inputs: facility_day_rows, headcounts, releases
-- kept: view
--
-- Each published column is compared under the definition it was counted by: n_detained with ddp-any-time, n_detained_at_midnight with
-- ddp-midnight, n with uwchr, daily_pop with vera-24-hour, midnight_pop with vera-midnight. They are compared only where the records cover facility and
-- day; elsewhere there is no count, and a published 0 agrees with nothing: `explained: outside the release` (before its first event or after its release
-- instant), `explained: facility not in the records`. `status` otherwise: `agrees`; `explained: missing ends` (the published count lies within the
-- bounds); `conflict`; `not published` (counted here, but the table has no row for it between its first and last date).
WITH said AS (
  SELECT row_id, source, detention_facility_code, us_of(date) AS date_us, 'ddp-any-time' AS definition, n_detained AS published
  FROM facility_day_rows WHERE n_detained IS NOT NULL
  UNION ALL
  SELECT row_id, source, detention_facility_code, us_of(date), 'ddp-midnight', n_detained_at_midnight
  FROM facility_day_rows WHERE n_detained_at_midnight IS NOT NULL
  UNION ALL
  SELECT row_id, source, detention_facility_code, us_of(date), 'uwchr', n FROM facility_day_rows WHERE n IS NOT NULL
  UNION ALL
  SELECT row_id, source, detention_facility_code, us_of(date), 'vera-24-hour', daily_pop FROM facility_day_rows WHERE daily_pop IS NOT NULL
  UNION ALL
  SELECT row_id, source, detention_facility_code, us_of(date), 'vera-midnight', midnight_pop FROM facility_day_rows WHERE midnight_pop IS NOT NULL
),
published AS (
  SELECT row_id, source, detention_facility_code, date_of(day_of(date_us)) AS date, day_of(date_us) AS day, definition, published FROM said
),
reach AS (
  SELECT source, definition, min(date) AS first_date, max(date) AS last_date FROM published GROUP BY source, definition
),
recorded AS (
  SELECT DISTINCT release, definition, group_value FROM headcounts
),
compared AS (
  SELECT p.row_id AS published_row, p.source, r.release, p.definition, p.detention_facility_code, p.date, CAST(p.published AS BIGINT) AS published,
    coalesce(h.n, 0) AS n, coalesce(h.n_lo, 0) AS n_lo, coalesce(h.n_hi, 0) AS n_hi,
    CASE
      WHEN r.first_event IS NULL OR p.day < day_of(r.first_event) OR p.day > day_of(r.released_at) THEN 'explained: outside the release'
      WHEN g.group_value IS NULL THEN 'explained: facility not in the records'
      WHEN p.published = coalesce(h.n, 0) THEN 'agrees'
      WHEN p.published >= coalesce(h.n_lo, 0) AND p.published <= coalesce(h.n_hi, 0) THEN 'explained: missing ends'
      ELSE 'conflict'
    END AS status
  FROM published p
  CROSS JOIN releases r
  LEFT JOIN headcounts h ON h.release = r.release AND h.definition = p.definition AND h.group_value = p.detention_facility_code AND h.date = p.date
  LEFT JOIN recorded g ON g.release = r.release AND g.definition = p.definition AND g.group_value = p.detention_facility_code
  WHERE r.release IN (SELECT release FROM headcounts)
),
missing AS (
  SELECT CAST(NULL AS BIGINT) AS published_row, a.source, h.release, h.definition, h.group_value AS detention_facility_code, h.date,
    CAST(NULL AS BIGINT) AS published, h.n, h.n_lo, h.n_hi, 'not published' AS status
  FROM headcounts h
  JOIN reach a ON a.definition = h.definition AND h.date >= a.first_date AND h.date <= a.last_date
  LEFT JOIN published p ON p.source = a.source AND p.definition = h.definition AND p.detention_facility_code = h.group_value AND p.date = h.date
  WHERE h.n > 0 AND p.row_id IS NULL
)
SELECT published_row, source, release, definition, detention_facility_code, date, published, CASE WHEN is_covered THEN n END AS n,
  CASE WHEN is_covered THEN n_lo END AS n_lo, CASE WHEN is_covered THEN n_hi END AS n_hi, status, CASE WHEN is_covered THEN published - n END AS difference
FROM (SELECT *, NOT (status IN ('explained: outside the release', 'explained: facility not in the records')) AS is_covered FROM compared) c
UNION ALL
SELECT *, CAST(NULL AS BIGINT) FROM missing
