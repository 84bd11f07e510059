-- bond_hearing_late: requests for a bond hearing that was held later than the limit
-- inputs: court_bond_rows, rule_versions
-- kept: view
--
-- One event per row of bond proceedings with a dated request. Late: from the latest instant of the request
-- to the earliest of the hearing more than the limit; in time: from the earliest to the latest no more. The
-- date of the decision says nothing of the hearing's: in some rows it comes before it. A hearing before its
-- request shows nothing.
WITH asked AS (
  SELECT row_id, idncase, us_of(coalesce(requested, requested_lo)) AS asked_lo,
    day_hi(us_of(coalesce(requested, requested_hi))) AS asked_hi,
    us_of(coalesce(hearing_date, hearing_date_lo)) AS heard_lo,
    day_hi(us_of(coalesce(hearing_date, hearing_date_hi))) AS heard_hi
  FROM court_bond_rows
  WHERE coalesce(requested, requested_lo) IS NOT NULL
),
measured AS (
  SELECT v.variant, v.limit_us, a.*, a.heard_lo - a.asked_hi AS least_us,
    a.heard_hi - a.asked_lo AS greatest_us
  FROM asked a
  CROSS JOIN rule_versions v
),
judged AS (
  SELECT *, CASE WHEN greatest_us < 0 THEN NULL WHEN least_us > limit_us THEN TRUE
    WHEN greatest_us <= limit_us THEN FALSE END AS is_shown
  FROM measured
)
SELECT variant, CAST(NULL AS BIGINT) AS person_no, idncase AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, asked_lo AS event_lo, asked_hi AS event_hi, TRUE AS is_bound, is_shown,
  CASE WHEN is_shown THEN least_us - limit_us END AS margin_lo,
  CASE WHEN is_shown IS NOT NULL THEN greatest_us - limit_us END AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts,
  CASE WHEN is_shown IS NOT NULL THEN NULL WHEN heard_lo IS NULL THEN 'hearing_date' ELSE 'exact_dates'
    END AS shown_facts,
  asked_hi + limit_us AS turns_at
FROM judged
