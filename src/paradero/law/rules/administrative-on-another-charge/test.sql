-- administrative_on_another_charge: departures of people under an administrative order, by the charge
-- inputs: departure_charges, rule_versions
-- kept: view
--
-- One event per departure whose processing or category names an administrative order of removal, as
-- `departure_charges` reads both and the charge. Bound under each construction by the text that it reads.
WITH named AS (
  SELECT v.variant, d.*,
    CASE WHEN v.construction = 'by-the-category' THEN d.in_category ELSE d.in_processing END AS is_bound
  FROM departure_charges d
  CROSS JOIN rule_versions v
  WHERE d.order_kind = 'administrative'
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, departed_lo AS event_lo, departed_hi AS event_hi, is_bound,
  is_on_another AS is_shown, CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CASE WHEN is_bound IS NULL THEN kind_fact END AS bound_facts,
  CASE WHEN is_on_another IS NULL THEN charge_fact END AS shown_facts, CAST(NULL AS BIGINT) AS turns_at
FROM named
