-- segregation_beyond_15_days: placements in segregation that lasted longer than the limit
-- inputs: placements, rule_versions
-- kept: view
--
-- One event per row of a segregation source, by its own dates (`placements`). Shown: by the latest placement
-- and the earliest release that the dates can mean. Shown not to be: by the earliest and the latest. Where
-- the length that the source states lies on the other side of the limit, its own dates are in doubt and
-- nothing is shown; a release before the placement shows nothing either. The event is the instant at which
-- the limit passed, or the release where that came first.
WITH measured AS (
  SELECT v.variant, v.limit_us, p.row_id, p.facility, p.placed, p.released, p.is_inverted, p.length_lo_us,
    p.length_hi_us,
    CASE WHEN p.days_apart <> 0 THEN p.stated_days * 86400000000 END AS stated_us
  FROM placements p
  CROSS JOIN rule_versions v
),
answered AS (
  SELECT *,
    CASE
      WHEN is_inverted THEN NULL
      WHEN length_lo_us > limit_us AND coalesce(stated_us > limit_us, TRUE) THEN TRUE
      WHEN length_hi_us <= limit_us AND coalesce(stated_us <= limit_us, TRUE) THEN FALSE
    END AS is_shown
  FROM measured
)
SELECT variant, CAST(NULL AS BIGINT) AS person_no, facility AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row,
  CASE WHEN is_shown THEN placed + limit_us ELSE placed END AS event_lo,
  CASE WHEN is_shown IS FALSE THEN recorded_hi(released) ELSE recorded_hi(placed) + limit_us END AS event_hi,
  TRUE AS is_bound, is_shown,
  CASE WHEN is_shown IS NOT NULL THEN length_lo_us - limit_us END AS margin_lo,
  CASE WHEN is_shown IS NOT NULL THEN length_hi_us - limit_us END AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts,
  CASE
    WHEN is_shown IS NOT NULL THEN NULL
    WHEN placed IS NULL AND released IS NULL THEN 'placement_date; release_date'
    WHEN placed IS NULL THEN 'placement_date'
    WHEN released IS NULL THEN 'release_date'
    ELSE 'exact_times'
  END AS shown_facts,
  placed + limit_us AS turns_at
FROM answered
