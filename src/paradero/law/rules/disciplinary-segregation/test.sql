-- disciplinary_segregation: placements in disciplinary segregation that lasted longer than the limit
-- inputs: placements, rule_versions
-- kept: view
--
-- One event per row whose reason is discipline or whose log marks it as disciplinary, and per row that does
-- not say, or says two things (discipline, and a mark that is not yes; or a mark, and protective or medical
-- reasons; or rows of one placement that differ), in a release that says it of others. Shown and shown not to
-- be as in segregation_beyond_15_days. Bound under the construction `standard-binds` alone. A time in
-- segregation that began otherwise may have become disciplinary later: a log that marks it so states only the
-- whole placement, so nothing is shown of it where the whole is longer than the limit.
WITH words AS (
  SELECT *, upper(trim(placement_reason)) AS reason, upper(trim(is_disciplinary)) AS mark FROM placements
),
said AS (
  SELECT row_id, release, facility, placed_first, placed_last, released_first, released_last,
    is_inverted OR other_release AS is_doubted,
    CASE WHEN days_apart <> 0 THEN stated_days * 86400000000 END AS stated_us,
    reason = 'DISCIPLINARY' AS says_reason,
    CASE WHEN mark IN ('Y', 'YES') THEN TRUE WHEN mark IN ('N', 'NO') THEN FALSE END AS says_mark,
    coalesce(reason IS NULL AND mark IS NULL, FALSE) OR other_reason
      OR coalesce(reason = 'DISCIPLINARY' AND mark NOT IN ('Y', 'YES'), FALSE)
      OR coalesce(mark IN ('Y', 'YES')
        AND (contains(reason, 'PROTECTIVE') OR contains(reason, 'MEDICAL')), FALSE) AS is_silent
  FROM words
),
telling AS (
  SELECT DISTINCT release FROM said WHERE says_reason OR says_mark
),
measured AS (
  SELECT v.variant, v.construction, v.limit_us, s.*,
    held_lo(s.placed_last, s.released_first, v.shift_us) AS least_us,
    held_hi(s.placed_first, s.released_last, v.shift_us) AS greatest_us
  FROM said s
  JOIN telling t ON t.release = s.release
  CROSS JOIN rule_versions v
  WHERE s.is_silent OR s.says_mark OR s.says_reason
),
answered AS (
  SELECT *,
    CASE WHEN NOT is_silent AND construction = 'standard-binds' THEN TRUE END AS is_bound,
    CASE
      WHEN is_doubted THEN NULL
      WHEN least_us > limit_us AND coalesce(stated_us > limit_us, TRUE) AND coalesce(says_reason, FALSE)
        THEN TRUE
      WHEN greatest_us <= limit_us AND coalesce(stated_us <= limit_us, TRUE) THEN FALSE
    END AS is_shown
  FROM measured
)
SELECT variant, CAST(NULL AS BIGINT) AS person_no, facility AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row,
  CASE WHEN is_shown THEN placed_first + limit_us ELSE placed_first END AS event_lo,
  CASE WHEN is_shown IS FALSE THEN recorded_hi(released_last) ELSE recorded_hi(placed_last) + limit_us
    END AS event_hi,
  is_bound, is_shown,
  CASE WHEN is_shown IS NOT NULL THEN least_us - limit_us END AS margin_lo,
  CASE WHEN is_shown IS NOT NULL THEN greatest_us - limit_us END AS margin_hi,
  CASE
    WHEN is_bound THEN NULL
    WHEN is_silent AND coalesce(construction, '') <> 'standard-binds' THEN 'standard; reason'
    WHEN is_silent THEN 'reason'
    ELSE 'standard'
  END AS bound_facts,
  CASE
    WHEN is_shown IS NOT NULL THEN NULL
    WHEN placed_last IS NULL THEN 'placement_date'
    WHEN released_last IS NULL THEN 'release_date'
    ELSE 'exact_times'
  END AS shown_facts,
  placed_first + limit_us AS turns_at
FROM answered
