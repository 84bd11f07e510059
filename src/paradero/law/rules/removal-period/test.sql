-- removal_period: departures within the removal period, and those of which that cannot be said
-- inputs: detention_rows, removal_rows, stint_spans, removals, rule_versions
-- kept: view
--
-- Every row with a departed date, of detentions or removals, is taken by its own words. Bound: the status
-- says removed and no text says voluntary departure, return, withdrawal or expulsion under Title 42 or 50;
-- where one does, not bound; else not known, and so where rows of the person within seven days of the
-- departure differ. A row whose status says neither contradicts none; one whose status nobody tells may, so
-- that no other shows beside it that it was no removal. Shown not to be late: by the latest that the
-- departure and the earliest that the order can mean. Never shown to be: the day on which the period began
-- is not in the records. An order after the departure shows nothing (`final-order-after-departure` asks
-- about it). Where rows of the person within seven days of the departure state different order dates, it has
-- to hold by the earliest of them. Rows of one person with the same day of departure are one event, at the
-- first of them in file order.
WITH departures AS (
  SELECT s.person_no, d.row_id, us_of(d.departed_date) AS departed, us_of(d.final_order_date) AS ordered,
    upper(d.case_status) AS status,
    upper(coalesce(d.case_status, '') || '|' || coalesce(d.case_category, '') || '|'
      || coalesce(d.stay_release_reason, '')) AS said
  FROM detention_rows d
  JOIN stint_spans s ON s.row_id = d.row_id
  WHERE d.departed_date IS NOT NULL
  UNION ALL
  SELECT r.person_no, m.row_id, us_of(m.departed_date), us_of(m.final_order_date), upper(m.case_status),
    upper(coalesce(m.case_status, '') || '|' || coalesce(m.case_category, '') || '|'
      || coalesce(m.processing_disposition, ''))
  FROM removal_rows m
  JOIN removals r ON r.row_id = m.row_id
  WHERE m.departed_date IS NOT NULL
),
read AS (
  SELECT *,
    CASE
      WHEN contains(said, 'VOLUNTARY') OR contains(said, 'VR UNDER') OR contains(said, 'VR WITNESSED')
        OR contains(said, 'WITHDRAW') OR contains(said, 'TITLE 42') OR contains(said, 'TITLE 50')
        OR contains(said, 'EXPULSION') OR contains(said, 'EXPELLED') THEN 0
      WHEN contains(status, 'REMOVED') THEN 1
      ELSE 2
    END AS way
  FROM departures
),
around AS (
  SELECT a.row_id, min(b.ordered) AS ordered, count(DISTINCT day_of(b.ordered)) > 1 AS is_disputed,
    min(b.way) AS way_lo, max(CASE WHEN b.way < 2 THEN b.way END) AS way_hi,
    max(CASE WHEN b.way = 2 AND b.status IS NULL THEN 1 ELSE 0 END) AS is_untold
  FROM read a
  JOIN read b ON b.person_no = a.person_no AND day_of(b.departed) BETWEEN day_of(a.departed) - 7
    AND day_of(a.departed) + 7
  GROUP BY a.row_id
),
events AS (
  SELECT r.person_no, min(r.departed) AS departed, min(r.row_id) AS row_id,
    min(coalesce(o.ordered, r.ordered)) AS ordered, max(coalesce(o.is_disputed, FALSE)) AS is_disputed,
    CASE WHEN min(coalesce(o.way_lo, r.way)) = 0 AND max(coalesce(o.way_hi, r.way)) = 0
        AND max(coalesce(o.is_untold, 0)) = 0 THEN FALSE
      WHEN min(coalesce(o.way_lo, r.way)) = 1 AND max(coalesce(o.way_hi, r.way)) = 1 THEN TRUE END AS is_bound
  FROM read r
  LEFT JOIN around o ON o.row_id = r.row_id
  GROUP BY r.person_no, day_of(r.departed), CASE WHEN r.person_no IS NULL THEN r.row_id END
),
measured AS (
  SELECT v.variant, v.limit_us, e.*,
    CASE WHEN e.ordered <= recorded_hi(e.departed) THEN recorded_hi(e.departed) - e.ordered END AS greatest_us
  FROM events e
  CROSS JOIN rule_versions v
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, departed AS event_lo, recorded_hi(departed) AS event_hi,
  is_bound, CASE WHEN greatest_us <= limit_us THEN FALSE END AS is_shown,
  CAST(NULL AS BIGINT) AS margin_lo,
  CASE WHEN greatest_us <= limit_us THEN greatest_us - limit_us END AS margin_hi,
  CASE WHEN is_bound IS NULL THEN 'departure_kind' END AS bound_facts,
  CASE WHEN greatest_us <= limit_us THEN NULL WHEN ordered IS NULL OR greatest_us IS NULL THEN 'final_order'
    WHEN is_disputed THEN 'disputed; period' ELSE 'period' END AS shown_facts,
  ordered + limit_us AS turns_at
FROM measured
