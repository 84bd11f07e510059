-- expedited_on_another_charge: departures of people under an expedited order, by the charge
-- inputs: departure_orders, rule_versions
-- kept: view
--
-- One event per departure (`departure_orders`) of which processing or category names expedited removal
-- without a claim of fear. Bound under each construction by the text that it reads. Shown not to be: the
-- final charge is of section 212(a)(6)(C) or 212(a)(7); shown: of any other section of 212(a), 237(a) or the
-- old 241(a). A charge that is blank or no section shows nothing, and so where rows of one departure state
-- two.
WITH named AS (
  SELECT v.variant, d.*,
    CASE WHEN v.construction = 'by-the-category' THEN d.by_category ELSE d.by_processing END
      = 'expedited' AS is_bound,
    CASE
      WHEN substr(d.charge, 1, 4) IN ('212A', '237A', '241A') AND d.charge NOT LIKE '212A6C%'
        AND d.charge NOT LIKE '212A7%' THEN TRUE
      WHEN d.charge LIKE '212A6C%' OR d.charge LIKE '212A7%' THEN FALSE
    END AS is_shown
  FROM departure_orders d
  CROSS JOIN rule_versions v
  WHERE d.by_processing = 'expedited' OR d.by_category = 'expedited'
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, departed_lo AS event_lo, departed_hi AS event_hi, is_bound, is_shown,
  CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CASE WHEN is_bound IS NOT NULL THEN NULL WHEN is_disputed THEN 'disputed' ELSE 'order_kind'
    END AS bound_facts,
  CASE WHEN is_shown IS NOT NULL THEN NULL WHEN is_disputed THEN 'disputed' ELSE 'charge'
    END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM named
