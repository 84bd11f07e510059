-- expedited_after_two_years: departures of people under an expedited order, by how long before it they came
-- inputs: departure_orders, rule_versions
-- kept: view
--
-- One event per departure (`departure_orders`) of which processing or category names expedited removal. Bound
-- under each construction where the text that it reads does and the entry status says without inspection:
-- whoever arrives at a port may be ordered removed at any time. Shown: by the latest that the entry and the
-- earliest that the order can mean, more than 731 days lie between; shown not to be: by the earliest entry
-- and the latest order at most 730, and the entry is not after the order. Two calendar years are 730 or 731
-- days. No order date, or no entry date, shows nothing. Where rows of one departure differ, it has to hold
-- for each of their dates.
WITH named AS (
  SELECT v.variant, v.limit_us, v.window_us, d.*,
    CASE WHEN v.construction = 'by-the-category' THEN d.by_category ELSE d.by_processing END
      AS order_kind,
    d.ordered_lo - d.entered_hi AS least_us, d.ordered_hi - d.entered_lo AS greatest_us
  FROM departure_orders d
  CROSS JOIN rule_versions v
  WHERE d.by_processing = 'expedited' OR d.by_category = 'expedited'
),
answered AS (
  SELECT *, CASE WHEN order_kind <> 'expedited' THEN FALSE WHEN order_kind = 'expedited' AND is_uninspected
      THEN TRUE END AS is_bound,
    CASE WHEN least_us > limit_us THEN TRUE WHEN greatest_us BETWEEN 0 AND window_us THEN FALSE
      END AS is_shown
  FROM named
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, departed_lo AS event_lo, departed_hi AS event_hi, is_bound, is_shown,
  least_us - window_us AS margin_lo, greatest_us - window_us AS margin_hi,
  CASE WHEN is_bound IS NOT NULL THEN NULL WHEN is_disputed THEN 'disputed'
    WHEN order_kind IS NULL THEN 'order_kind' ELSE 'entry' END AS bound_facts,
  CASE WHEN is_shown IS NOT NULL THEN NULL WHEN entered_lo IS NULL OR greatest_us < 0 THEN 'entry'
    WHEN ordered_lo IS NULL THEN 'order_date' ELSE 'exact_days' END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM answered
