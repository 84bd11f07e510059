-- segregation_counsel_not_told: placements in segregation of people with counsel, who was not told
-- inputs: placements, rule_versions
-- kept: view
--
-- One event per row of a release that says of anybody whether there is counsel. Bound: it says yes; not
-- bound: no. Shown: it says that counsel was not told; shown not to be: that counsel was told. Other words
-- and blanks say nothing, nor do the rows of one placement that differ.
WITH told AS (
  SELECT DISTINCT release FROM placements WHERE attorney_of_record IS NOT NULL
),
answered AS (
  SELECT p.row_id, p.facility, p.placed_first, p.placed_last,
    CASE WHEN p.other_counsel THEN NULL WHEN upper(trim(p.attorney_of_record)) = 'YES' THEN TRUE
      WHEN upper(trim(p.attorney_of_record)) = 'NO' THEN FALSE END AS is_bound,
    CASE WHEN p.other_notice THEN NULL WHEN upper(trim(p.attorney_notification)) = 'NO' THEN TRUE
      WHEN upper(trim(p.attorney_notification)) = 'YES' THEN FALSE END AS is_shown
  FROM placements p
  JOIN told t ON t.release = p.release
)
SELECT v.variant, CAST(NULL AS BIGINT) AS person_no, a.facility AS subject, a.row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, a.placed_first AS event_lo, recorded_hi(a.placed_last) AS event_hi,
  a.is_bound,
  a.is_shown, CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CASE WHEN a.is_bound IS NULL THEN 'attorney_of_record' END AS bound_facts,
  CASE WHEN a.is_shown IS NULL THEN 'attorney_notification' END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM answered a
CROSS JOIN rule_versions v
