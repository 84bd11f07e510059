-- segregation_beyond_15_days: placements in segregation that lasted longer than the limit
-- inputs: placements, rule_versions
-- kept: view
--
-- One event per row of a segregation source, by its own dates (`placements`). Shown: by the latest placement
-- and the earliest release that the dates can mean. Shown not to be: by the earliest and the latest. Where
-- the length that the source states lies on the other side of the limit, its own dates are in doubt and
-- nothing is shown; nor is it by a release before the placement, nor where another row with the same id of a
-- placement states another release. Least and greatest time are of one clock, whose changes are allowed
-- for. The event is the instant at which the limit passed, or the release where that came first.
WITH measured AS (
  SELECT v.variant, v.limit_us, p.row_id, p.facility, p.placed_first, p.placed_last, p.released_last,
    p.is_inverted OR p.other_release AS is_doubted,
    held_lo(p.placed_last, p.released_first, v.shift_us) AS least_us,
    held_hi(p.placed_first, p.released_last, v.shift_us) AS greatest_us,
    CASE WHEN p.days_apart <> 0 THEN p.stated_days * 86400000000 END AS stated_us
  FROM placements p
  CROSS JOIN rule_versions v
),
answered AS (
  SELECT *,
    CASE
      WHEN is_doubted THEN NULL
      WHEN least_us > limit_us AND coalesce(stated_us > limit_us, TRUE) THEN TRUE
      WHEN greatest_us <= limit_us AND coalesce(stated_us <= limit_us, TRUE) THEN FALSE
    END AS is_shown
  FROM measured
)
SELECT variant, CAST(NULL AS BIGINT) AS person_no, facility AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row,
  CASE WHEN is_shown THEN placed_first + limit_us ELSE placed_first END AS event_lo,
  CASE WHEN is_shown IS FALSE THEN recorded_hi(released_last) ELSE recorded_hi(placed_last) + limit_us
    END AS event_hi,
  TRUE AS is_bound, is_shown,
  CASE WHEN is_shown IS NOT NULL THEN least_us - limit_us END AS margin_lo,
  CASE WHEN is_shown IS NOT NULL THEN greatest_us - limit_us END AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts,
  CASE
    WHEN is_shown IS NOT NULL THEN NULL
    WHEN placed_last IS NULL AND released_last IS NULL THEN 'placement_date; release_date'
    WHEN placed_last IS NULL THEN 'placement_date'
    WHEN released_last IS NULL THEN 'release_date'
    ELSE 'exact_times'
  END AS shown_facts,
  placed_first + limit_us AS turns_at
FROM answered
