-- voluntary_departure_late: departures recorded as voluntary later than the time for it
-- inputs: removal_rows, removals, rule_versions
-- kept: view
--
-- Every removal row with a departed date, by its case status alone: the other texts say how a case began.
-- Bound: it says voluntary departure; not bound: it says removed, deported or excluded; else, and where
-- rows of the person with the same day of departure differ, not known. Late: by the earliest departure
-- and the latest order that the dates can mean; not late: the other way round. An order after the
-- departure shows nothing. Rows of a person with the same day of departure are one event, and of several
-- orders late is what is so by the last, not late what is so by the first.
WITH stated AS (
  SELECT r.person_no, m.row_id, us_of(m.departed_date) AS departed, us_of(m.final_order_date) AS ordered,
    upper(m.case_status) AS status
  FROM removal_rows m
  JOIN removals r ON r.row_id = m.row_id
  WHERE m.departed_date IS NOT NULL
),
judged AS (
  SELECT *,
    CASE
      WHEN contains(status, 'REMOVED') OR contains(status, 'DEPORTED') OR contains(status, 'EXCLUDED') THEN 0
      WHEN contains(status, 'VOLUNTARY DEPARTURE') THEN 1
      ELSE 2
    END AS way
  FROM stated
),
events AS (
  SELECT person_no, min(row_id) AS row_id, min(departed) AS departed, min(ordered) AS first_order,
    max(ordered) AS last_order,
    CASE WHEN min(way) = 1 AND max(way) = 1 THEN TRUE WHEN min(way) = 0 AND max(way) = 0 THEN FALSE
      END AS is_bound
  FROM judged
  GROUP BY person_no, day_of(departed), CASE WHEN person_no IS NULL THEN row_id END
),
measured AS (
  SELECT v.variant, v.limit_us, j.*,
    CASE WHEN last_order <= recorded_hi(departed) THEN departed - recorded_hi(last_order) END AS least_us,
    CASE WHEN last_order <= recorded_hi(departed) THEN recorded_hi(departed) - first_order END AS greatest_us
  FROM events j
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
  first_order + limit_us AS turns_at
FROM answered
