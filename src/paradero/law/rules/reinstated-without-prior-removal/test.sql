-- reinstated_without_prior_removal: departures under a reinstated order, by what the record says of an
--   earlier removal
-- inputs: departure_orders, rule_versions
-- kept: view
--
-- One event per departure (`departure_orders`) of which processing or category names a reinstated order.
-- Bound under each construction by the text that it reads. Shown: the record says that the person was not
-- deported before; shown not to be: that they were. A blank shows nothing, and so where rows of one
-- departure differ.
WITH named AS (
  SELECT v.variant, d.*,
    CASE WHEN v.construction = 'by-the-category' THEN d.by_category ELSE d.by_processing END
      = 'reinstated' AS is_bound,
    CASE
      WHEN NOT d.was_removed_before THEN TRUE
      WHEN d.was_removed_before THEN FALSE
    END AS is_shown
  FROM departure_orders d
  CROSS JOIN rule_versions v
  WHERE d.by_processing = 'reinstated' OR d.by_category = 'reinstated'
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, departed_lo AS event_lo, departed_hi AS event_hi, is_bound, is_shown,
  CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CASE WHEN is_bound IS NOT NULL THEN NULL WHEN is_disputed THEN 'disputed' ELSE 'order_kind'
    END AS bound_facts,
  CASE WHEN is_shown IS NOT NULL THEN NULL WHEN is_disputed THEN 'disputed' ELSE 'prior_removal'
    END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM named
