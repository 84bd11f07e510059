-- segregation_report_late: reports on placements in segregation that were made later than the limit
-- inputs: placements, rule_versions
-- kept: view
--
-- One event per row whose report type is 72 Hour, and per row without one in a release that has them
-- elsewhere: whether that is such a report is not known. Late: by the earliest time at which the report can
-- have been made and the latest placement; not late: the other way round; 6 hours of slack each way. A report
-- that was made before the placement shows that one of the two dates is wrong, and nothing else.
WITH typed AS (
  SELECT DISTINCT release FROM placements WHERE report_type IS NOT NULL
),
reports AS (
  SELECT p.row_id, p.facility, p.placed_first, p.placed_last, p.report_lo_us - 21600000000 AS least_us,
    p.report_hi_us + 21600000000 AS greatest_us, p.report_lo_us IS NULL AS is_untold,
    CASE WHEN p.report_type IS NOT NULL THEN TRUE END AS is_bound
  FROM placements p
  JOIN typed t ON t.release = p.release
  WHERE p.report_type IS NULL OR upper(trim(p.report_type)) IN ('72 HOUR', '72 HOURS', '72-HOUR', '72-HOURS')
),
measured AS (
  SELECT v.variant, v.limit_us, r.*,
    CASE WHEN greatest_us < 0 THEN NULL WHEN least_us > v.limit_us THEN TRUE
      WHEN greatest_us <= v.limit_us THEN FALSE END AS is_shown
  FROM reports r
  CROSS JOIN rule_versions v
)
SELECT variant, CAST(NULL AS BIGINT) AS person_no, facility AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, placed_first AS event_lo, recorded_hi(placed_last) AS event_hi, is_bound,
  is_shown,
  CASE WHEN is_shown IS NOT NULL THEN least_us - limit_us END AS margin_lo,
  CASE WHEN is_shown IS NOT NULL THEN greatest_us - limit_us END AS margin_hi,
  CASE WHEN is_bound IS NULL THEN 'report_type' END AS bound_facts,
  CASE
    WHEN is_shown IS NOT NULL THEN NULL
    WHEN placed_last IS NULL THEN 'placement_date'
    WHEN is_untold THEN 'created_at'
    ELSE 'exact_times'
  END AS shown_facts,
  placed_first + limit_us AS turns_at
FROM measured
