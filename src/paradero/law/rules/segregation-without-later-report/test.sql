-- segregation_without_later_report: long placements of which the release has a 72-hour report and none after
-- inputs: placements, rule_versions
-- kept: view
--
-- One event per row whose report type is 72 Hour, in a release that has other types too, and per row without
-- a type there. Longer than the limit as in segregation_beyond_15_days. Shown: longer, and no other row of
-- the release may tell of the same placement (`alike`), and no row of it lacks the placement's day or place:
-- such a row may be the later report.
WITH typed AS (
  SELECT release, max(CASE WHEN placed IS NULL OR facility IS NULL THEN 1 ELSE 0 END) = 1 AS has_strays
  FROM placements
  GROUP BY release
  HAVING count(DISTINCT CASE WHEN upper(trim(report_type)) LIKE '72%' THEN '72' ELSE upper(trim(report_type))
    END) > 1
),
measured AS (
  SELECT v.variant, v.limit_us, p.row_id, p.facility, p.placed_first, p.placed_last, p.released_last, p.alike,
    p.is_inverted OR p.other_release AS is_doubted, t.has_strays,
    held_lo(p.placed_last, p.released_first, v.shift_us) AS least_us,
    held_hi(p.placed_first, p.released_last, v.shift_us) AS greatest_us,
    CASE WHEN p.report_type IS NOT NULL THEN TRUE END AS is_bound,
    CASE WHEN p.days_apart <> 0 THEN p.stated_days * 86400000000 END AS stated_us
  FROM placements p
  JOIN typed t ON t.release = p.release
  CROSS JOIN rule_versions v
  WHERE p.report_type IS NULL OR upper(trim(p.report_type)) IN ('72 HOUR', '72 HOURS', '72-HOUR', '72-HOURS')
),
answered AS (
  SELECT *,
    CASE
      WHEN is_doubted THEN NULL
      WHEN least_us > limit_us AND coalesce(stated_us > limit_us, TRUE) THEN TRUE
      WHEN greatest_us <= limit_us AND coalesce(stated_us <= limit_us, TRUE) THEN FALSE
    END AS is_long
  FROM measured
),
judged AS (
  SELECT *, CASE WHEN NOT is_long THEN FALSE WHEN is_long AND alike = 1 AND NOT has_strays THEN TRUE
    END AS is_shown
  FROM answered
)
SELECT variant, CAST(NULL AS BIGINT) AS person_no, facility AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, placed_first AS event_lo,
  recorded_hi(placed_last) + limit_us AS event_hi, is_bound, is_shown,
  CASE WHEN is_shown IS NOT NULL THEN least_us - limit_us END AS margin_lo,
  CASE WHEN is_shown IS NOT NULL THEN greatest_us - limit_us END AS margin_hi,
  CASE WHEN is_bound IS NULL THEN 'report_type' END AS bound_facts,
  CASE
    WHEN is_shown IS NOT NULL THEN NULL
    WHEN is_long THEN 'later_report'
    WHEN placed_last IS NULL THEN 'placement_date'
    WHEN released_last IS NULL THEN 'release_date'
    ELSE 'exact_times'
  END AS shown_facts,
  placed_first + limit_us AS turns_at
FROM judged
