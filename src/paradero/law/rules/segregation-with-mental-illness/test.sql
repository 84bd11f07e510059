-- segregation_with_mental_illness: placements in segregation of people who are recorded with a mental illness
-- inputs: placements, rule_versions
-- kept: view
--
-- One event per row of a release that states the illness of anybody. Shown: the words are those of an
-- illness; shown not to be: they deny one. A blank, and words that are neither, show nothing, nor do the
-- rows of one placement that differ.
WITH told AS (
  SELECT DISTINCT release FROM placements WHERE mental_illness IS NOT NULL
),
answered AS (
  SELECT p.row_id, p.facility, p.placed_first, p.placed_last,
    CASE
      WHEN p.other_illness THEN NULL
      WHEN upper(trim(p.mental_illness)) IN ('MENTAL ILLNESS', 'SERIOUS MENTAL ILLNESS', 'YES', 'Y', 'TRUE',
        '1') THEN TRUE
      WHEN upper(trim(p.mental_illness)) IN ('NONE', 'NO', 'N', 'FALSE', '0') THEN FALSE
    END AS is_shown
  FROM placements p
  JOIN told t ON t.release = p.release
)
SELECT v.variant, CAST(NULL AS BIGINT) AS person_no, a.facility AS subject, a.row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, a.placed_first AS event_lo, recorded_hi(a.placed_last) AS event_hi,
  TRUE AS is_bound, a.is_shown, CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts, CASE WHEN a.is_shown IS NULL THEN 'mental_illness' END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM answered a
CROSS JOIN rule_versions v
