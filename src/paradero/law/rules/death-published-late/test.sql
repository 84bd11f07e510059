-- death_published_late: listed deaths whose publication the list dates later than the limit
-- inputs: death_delays, rule_versions
-- kept: view
--
-- One event per row of a list that dates the publication of any of its deaths, by the bounds of
-- `death_delays`: late by the least that they allow, not late by the most. A publication that was made before
-- the death shows that one of the two dates is wrong, and nothing else.
WITH measured AS (
  SELECT v.variant, v.limit_us, d.*,
    CASE WHEN d.is_before THEN NULL WHEN d.after_lo_us > v.limit_us THEN TRUE
      WHEN d.after_hi_us <= v.limit_us THEN FALSE END AS is_shown
  FROM death_delays d
  CROSS JOIN rule_versions v
  WHERE d.step = 'published'
)
SELECT variant, person_no, subject, row_id AS event_row, CAST(NULL AS BIGINT) AS other_row,
  death_lo AS event_lo, death_hi AS event_hi, TRUE AS is_bound, is_shown,
  CASE WHEN is_shown IS NOT NULL THEN after_lo_us - limit_us END AS margin_lo,
  CASE WHEN is_shown IS NOT NULL THEN after_hi_us - limit_us END AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts,
  CASE WHEN is_shown IS NOT NULL THEN NULL WHEN lacks = 'death' THEN 'time_of_death'
    WHEN lacks = 'step' THEN 'report' ELSE 'exact_times' END AS shown_facts,
  death_hi + limit_us AS turns_at
FROM measured
