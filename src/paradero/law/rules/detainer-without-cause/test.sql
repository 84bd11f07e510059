-- detainer_without_cause: detainers of which the record marks none of the four grounds of probable cause
-- inputs: detainer_rows, persons, rule_versions
-- kept: view
--
-- One event per detainer row that answers at least one of the four: a final order, proceedings pending, a
-- biometric match, statements or reliable evidence. Shown: all four are answered, and each with NO; shown not
-- to be: one is answered with YES. Other words, and blanks beside NO, show nothing.
WITH answered AS (
  SELECT d.row_id, d.release, d.unique_identifier, us_of(d.detainer_prepare_date) AS lodged,
    upper(trim(d.deportation_ordered_yes_no)) AS ordered,
    upper(trim(d.order_to_show_cause_served_yes_no)) AS charged,
    upper(trim(d.biometric_match_yes_no)) AS matched, upper(trim(d.statements_made_yes_no)) AS stated
  FROM detainer_rows d
)
SELECT v.variant, p.person_no, CAST(NULL AS STRING) AS subject, a.row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, a.lodged AS event_lo, recorded_hi(a.lodged) AS event_hi,
  TRUE AS is_bound,
  CASE
    WHEN a.ordered = 'YES' OR a.charged = 'YES' OR a.matched = 'YES' OR a.stated = 'YES' THEN FALSE
    WHEN a.ordered = 'NO' AND a.charged = 'NO' AND a.matched = 'NO' AND a.stated = 'NO' THEN TRUE
  END AS is_shown,
  CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi, CAST(NULL AS STRING) AS bound_facts,
  CASE
    WHEN a.ordered = 'YES' OR a.charged = 'YES' OR a.matched = 'YES' OR a.stated = 'YES'
      OR a.ordered = 'NO' AND a.charged = 'NO' AND a.matched = 'NO' AND a.stated = 'NO' THEN NULL
    ELSE 'grounds'
  END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM answered a
LEFT JOIN persons p ON p.release = a.release AND p.unique_identifier = a.unique_identifier
CROSS JOIN rule_versions v
WHERE coalesce(a.ordered, a.charged, a.matched, a.stated) IS NOT NULL
