-- inspection_overdue: rows of lists by which a facility's inspection was overdue on the day of the list
-- inputs: facility_rows, rule_versions
-- kept: view
--
-- One event per row of a list that calls the inspection of a facility Annual (version `annual`) or Biennial
-- (version `biennial`). Shown: by the earliest day of the list and the latest of the last inspection more
-- than the limit lies between them; not shown: the other way round. An inspection dated after the list shows
-- nothing.
WITH owed AS (
  SELECT row_id, detention_facility_code, upper(trim(inspection_frequency)) AS frequency,
    us_of(coalesce(last_inspection_date, last_inspection_date_lo)) AS last_lo,
    day_hi(us_of(coalesce(last_inspection_date, last_inspection_date_hi))) AS last_hi,
    us_of(coalesce(list_date, list_date_lo)) AS listed_lo,
    day_hi(us_of(coalesce(list_date, list_date_hi))) AS listed_hi
  FROM facility_rows
  WHERE upper(trim(inspection_frequency)) IN ('ANNUAL', 'BIENNIAL')
),
measured AS (
  SELECT v.variant, v.limit_us, o.*, o.listed_lo - o.last_hi AS least_us,
    o.listed_hi - o.last_lo AS greatest_us
  FROM owed o
  JOIN rule_versions v ON upper(v.version) = o.frequency
),
judged AS (
  SELECT *, CASE WHEN greatest_us < 0 THEN NULL WHEN least_us > limit_us THEN TRUE
    WHEN greatest_us <= limit_us THEN FALSE END AS is_shown
  FROM measured
)
SELECT variant, CAST(NULL AS BIGINT) AS person_no, detention_facility_code AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, listed_lo AS event_lo, listed_hi AS event_hi, TRUE AS is_bound, is_shown,
  CASE WHEN is_shown IS NOT NULL THEN least_us - limit_us END AS margin_lo,
  CASE WHEN is_shown IS NOT NULL THEN greatest_us - limit_us END AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts,
  CASE WHEN is_shown IS NOT NULL THEN NULL WHEN listed_lo IS NULL THEN 'list_date'
    WHEN last_lo IS NULL THEN 'last_inspection' ELSE 'exact_dates' END AS shown_facts,
  last_hi + limit_us AS turns_at
FROM judged
