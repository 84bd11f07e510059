-- removed_during_appeal: removals of people whose case the record has with the Board
-- inputs: departure_orders, rule_versions
-- kept: view
--
-- One event per departure (`departure_orders`) whose category says under adjudication by the Board of
-- Immigration Appeals. Shown: removed; shown not to be: the person left otherwise. Where the way is not said
-- in full, or rows of one departure differ, nothing is shown.
SELECT v.variant, d.person_no, CAST(NULL AS STRING) AS subject, d.row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, d.departed_lo AS event_lo, d.departed_hi AS event_hi, TRUE AS is_bound,
  d.way = 'removed' AS is_shown, CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts,
  CASE WHEN d.way IS NOT NULL THEN NULL WHEN d.is_disputed THEN 'disputed' ELSE 'departure_kind'
    END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM departure_orders d
CROSS JOIN rule_versions v
WHERE d.by_category = 'appeal'
