-- disciplinary_segregation_beyond_30_days: placements in disciplinary segregation that lasted longer than the
--   limit
-- inputs: placements, rule_versions
-- kept: view
--
-- One event per row whose reason is discipline or whose log marks it as disciplinary, and per row that does
-- not say, or says both, in a release that says it of others. Shown and shown not to be as in
-- segregation_beyond_15_days. Bound under the construction `standard-binds` alone. A time in segregation that
-- began otherwise may have become disciplinary later: a log that marks it so states only the whole placement,
-- so nothing is shown of it where the whole is longer than the limit.
WITH said AS (
  SELECT row_id, release, facility, placed, released, is_inverted, length_lo_us, length_hi_us,
    CASE WHEN days_apart <> 0 THEN stated_days * 86400000000 END AS stated_us,
    upper(trim(placement_reason)) = 'DISCIPLINARY' AS says_reason,
    CASE upper(trim(is_disciplinary)) WHEN 'Y' THEN TRUE WHEN 'YES' THEN TRUE
      WHEN 'N' THEN FALSE WHEN 'NO' THEN FALSE END AS says_mark,
    coalesce(placement_reason IS NULL AND is_disciplinary IS NULL
      OR (upper(trim(placement_reason)) = 'DISCIPLINARY' AND upper(trim(is_disciplinary)) IN ('N', 'NO')),
      FALSE) AS is_silent
  FROM placements
),
telling AS (
  SELECT DISTINCT release FROM said WHERE says_reason OR says_mark
),
measured AS (
  SELECT v.variant, v.construction, v.limit_us, s.*
  FROM said s
  JOIN telling t ON t.release = s.release
  CROSS JOIN rule_versions v
  WHERE s.is_silent OR s.says_mark OR s.says_reason
),
answered AS (
  SELECT *,
    CASE WHEN NOT is_silent AND construction = 'standard-binds' THEN TRUE END AS is_bound,
    CASE
      WHEN is_inverted THEN NULL
      WHEN length_lo_us > limit_us AND coalesce(stated_us > limit_us, TRUE) AND coalesce(says_reason, FALSE)
        THEN TRUE
      WHEN length_hi_us <= limit_us AND coalesce(stated_us <= limit_us, TRUE) THEN FALSE
    END AS is_shown
  FROM measured
)
SELECT variant, CAST(NULL AS BIGINT) AS person_no, facility AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row,
  CASE WHEN is_shown THEN placed + limit_us ELSE placed END AS event_lo,
  CASE WHEN is_shown IS FALSE THEN recorded_hi(released) ELSE recorded_hi(placed) + limit_us END AS event_hi,
  is_bound, is_shown,
  CASE WHEN is_shown IS NOT NULL THEN length_lo_us - limit_us END AS margin_lo,
  CASE WHEN is_shown IS NOT NULL THEN length_hi_us - limit_us END AS margin_hi,
  CASE
    WHEN is_bound THEN NULL
    WHEN is_silent AND coalesce(construction, '') <> 'standard-binds' THEN 'standard; reason'
    WHEN is_silent THEN 'reason'
    ELSE 'standard'
  END AS bound_facts,
  CASE
    WHEN is_shown IS NOT NULL THEN NULL
    WHEN placed IS NULL THEN 'placement_date'
    WHEN released IS NULL THEN 'release_date'
    ELSE 'exact_times'
  END AS shown_facts,
  placed + limit_us AS turns_at
FROM answered
