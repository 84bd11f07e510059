-- segregation_out_of_standard: reports that say of their own placement whether it complied with standards
-- inputs: segregation_rows, rule_versions
-- kept: view
--
-- One event per row of a release that says it of any. Shown: No; shown not to be: Yes. Other words and blanks
-- show nothing.
WITH telling AS (
  SELECT DISTINCT release FROM segregation_rows WHERE compliance_with_standards IS NOT NULL
),
answered AS (
  SELECT s.row_id, s.facility, us_of(coalesce(s.placement_date, s.placement_date_lo)) AS placed_first,
    us_of(coalesce(s.placement_date, s.placement_date_hi)) AS placed_last,
    CASE upper(trim(s.compliance_with_standards)) WHEN 'NO' THEN TRUE WHEN 'N' THEN TRUE WHEN 'YES' THEN FALSE
      WHEN 'Y' THEN FALSE END AS is_shown
  FROM segregation_rows s
  JOIN telling t ON t.release = s.release
)
SELECT v.variant, CAST(NULL AS BIGINT) AS person_no, a.facility AS subject, a.row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, a.placed_first AS event_lo, recorded_hi(a.placed_last) AS event_hi,
  TRUE AS is_bound, a.is_shown, CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts, CASE WHEN a.is_shown IS NULL THEN 'compliance' END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM answered a
CROSS JOIN rule_versions v
