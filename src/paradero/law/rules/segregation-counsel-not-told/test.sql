-- segregation_counsel_not_told: placements in segregation of people with counsel, who was not told
-- inputs: placements, rule_versions
-- kept: view
--
-- One event per row of a release that says of anybody whether there is counsel. Bound: it says yes; not
-- bound: no. Shown: it says that counsel was not told; shown not to be: that counsel was told. Other words
-- and blanks say nothing.
WITH told AS (
  SELECT DISTINCT release FROM placements WHERE attorney_of_record IS NOT NULL
),
answered AS (
  SELECT p.row_id, p.facility, p.placed,
    CASE upper(trim(p.attorney_of_record)) WHEN 'YES' THEN TRUE WHEN 'NO' THEN FALSE END AS is_bound,
    CASE upper(trim(p.attorney_notification)) WHEN 'NO' THEN TRUE WHEN 'YES' THEN FALSE END AS is_shown
  FROM placements p
  JOIN told t ON t.release = p.release
)
SELECT v.variant, CAST(NULL AS BIGINT) AS person_no, a.facility AS subject, a.row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, a.placed AS event_lo, recorded_hi(a.placed) AS event_hi, a.is_bound,
  a.is_shown, CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CASE WHEN a.is_bound IS NULL THEN 'attorney_of_record' END AS bound_facts,
  CASE WHEN a.is_shown IS NULL THEN 'attorney_notification' END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM answered a
CROSS JOIN rule_versions v
