-- voluntary_departure_late: departures recorded as voluntary later than the time for it
-- inputs: removal_rows, removals, rule_versions
-- kept: view
--
-- Every removal row with a departed date. Bound: case status or category says voluntary departure, and
-- neither says removed, deported or excluded; not bound: none of them says voluntary, and at least the status
-- is there. Late: by the earliest departure and the latest order that the dates can mean; not late: the other
-- way round. An order after the departure shows nothing. Repeated rows of one removal are one event.
WITH stated AS (
  SELECT r.person_no, m.row_id, us_of(m.departed_date) AS departed, us_of(m.final_order_date) AS ordered,
    upper(m.case_status) AS status, upper(coalesce(m.case_status, '') || '|' || coalesce(m.case_category, '')
      || '|' || coalesce(m.processing_disposition, '')) AS said
  FROM removal_rows m
  JOIN removals r ON r.row_id = m.row_id
  WHERE m.departed_date IS NOT NULL AND r.copy = 1
),
judged AS (
  SELECT *,
    CASE
      WHEN contains(said, 'VOLUNTARY DEPARTURE') AND NOT contains(said, 'REMOVED') THEN TRUE
      WHEN status IS NOT NULL AND NOT contains(said, 'VOLUNTARY') THEN FALSE
    END AS is_bound
  FROM stated
),
measured AS (
  SELECT v.variant, v.limit_us, j.*,
    CASE WHEN ordered <= recorded_hi(departed) THEN departed - recorded_hi(ordered) END AS least_us,
    CASE WHEN ordered <= recorded_hi(departed) THEN recorded_hi(departed) - ordered END AS greatest_us
  FROM judged j
  CROSS JOIN rule_versions v
  WHERE coalesce(j.is_bound, TRUE)
),
answered AS (
  SELECT *, CASE WHEN least_us > limit_us THEN TRUE WHEN greatest_us <= limit_us THEN FALSE END AS is_shown
  FROM measured
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, departed AS event_lo, recorded_hi(departed) AS event_hi, is_bound,
  is_shown, least_us - limit_us AS margin_lo, greatest_us - limit_us AS margin_hi,
  CASE WHEN is_bound IS NULL THEN 'departure_kind' END AS bound_facts,
  CASE WHEN is_shown IS NOT NULL THEN NULL WHEN greatest_us IS NULL THEN 'final_order' ELSE 'exact_times'
    END AS shown_facts,
  ordered + limit_us AS turns_at
FROM answered
