-- removal_period: departures within the removal period, and those of which that cannot be said
-- inputs: detention_rows, removal_rows, stint_spans, removals, rule_versions
-- kept: view
--
-- Every row with a departed date and a final order date, of detentions or removals, is taken by its own
-- words. Shown not to be late: by the latest that the departure and the earliest that the order can mean.
-- Never shown to be: the day on which the period began is not in the records. An order after the departure
-- shows nothing (`final-order-after-departure` asks about it). Where rows of one person with the same day of
-- departure state different order dates, it has to hold by the earliest of them. Rows of one person with the
-- same day of departure are one event, at the first of them in file order.
WITH departures AS (
  SELECT s.person_no, d.row_id, us_of(d.departed_date) AS departed, us_of(d.final_order_date) AS ordered
  FROM detention_rows d
  JOIN stint_spans s ON s.row_id = d.row_id
  WHERE d.departed_date IS NOT NULL
  UNION ALL
  SELECT r.person_no, m.row_id, us_of(m.departed_date), us_of(m.final_order_date)
  FROM removal_rows m
  JOIN removals r ON r.row_id = m.row_id
  WHERE m.departed_date IS NOT NULL
),
events AS (
  SELECT person_no, day_of(departed) AS day, min(departed) AS departed, min(row_id) AS row_id,
    min(ordered) AS ordered, count(DISTINCT day_of(ordered)) > 1 AS is_disputed
  FROM departures
  GROUP BY person_no, day_of(departed), CASE WHEN person_no IS NULL THEN row_id END
),
measured AS (
  SELECT v.variant, v.limit_us, e.*,
    CASE WHEN e.ordered <= recorded_hi(e.departed) THEN recorded_hi(e.departed) - e.ordered END AS greatest_us
  FROM events e
  CROSS JOIN rule_versions v
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, departed AS event_lo, recorded_hi(departed) AS event_hi,
  TRUE AS is_bound, CASE WHEN greatest_us <= limit_us THEN FALSE END AS is_shown,
  CAST(NULL AS BIGINT) AS margin_lo,
  CASE WHEN greatest_us <= limit_us THEN greatest_us - limit_us END AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts,
  CASE WHEN greatest_us <= limit_us THEN NULL WHEN ordered IS NULL OR greatest_us IS NULL THEN 'final_order'
    WHEN is_disputed THEN 'disputed; period' ELSE 'period' END AS shown_facts,
  ordered + limit_us AS turns_at
FROM measured
