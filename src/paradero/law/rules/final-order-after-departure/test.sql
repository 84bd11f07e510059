-- final_order_after_departure: rows that date the final order of removal after the departure that they state
-- inputs: detention_rows, removal_rows, arrest_rows, stint_spans, removals, arrests, rule_versions
-- kept: view
--
-- Every row of detentions, removals or arrests with a departed date is taken by its own words; nothing is
-- brought in from another row. Both dates are taken as days, as written. Shown: the final order is of a later
-- day than the departure; shown not to be: of the same or an earlier day. No order date shows nothing. Rows
-- of one person with the same two dates are one event, at the first of them in file order; rows without an
-- order date stand only where no other row of the person with the same departed date has one. Where rows of
-- one person with the same departed date or the same stay answer differently, nothing is shown, and
-- `other_row` is one that says otherwise.
WITH said AS (
  SELECT s.person_no, d.row_id, s.stay_book_in, us_of(d.departed_date) AS departed,
    us_of(d.final_order_date) AS ordered
  FROM detention_rows d
  JOIN stint_spans s ON s.row_id = d.row_id
  WHERE d.departed_date IS NOT NULL
  UNION ALL
  SELECT r.person_no, m.row_id, CAST(NULL AS BIGINT), us_of(m.departed_date), us_of(m.final_order_date)
  FROM removal_rows m
  JOIN removals r ON r.row_id = m.row_id
  WHERE m.departed_date IS NOT NULL
  UNION ALL
  SELECT a.person_no, w.row_id, CAST(NULL AS BIGINT), us_of(w.departed_date), us_of(w.final_order_date)
  FROM arrest_rows w
  JOIN arrests a ON a.row_id = w.row_id
  WHERE w.departed_date IS NOT NULL
),
dated AS (
  SELECT *, day_of(ordered) > day_of(departed) AS says_shown FROM said
),
beside AS (
  SELECT *,
    coalesce(min(CASE WHEN says_shown THEN row_id END) OVER of_day,
      min(CASE WHEN says_shown THEN row_id END) OVER of_stay) AS shown_row,
    coalesce(min(CASE WHEN NOT says_shown THEN row_id END) OVER of_day,
      min(CASE WHEN NOT says_shown THEN row_id END) OVER of_stay) AS unshown_row
  FROM dated
  WINDOW of_day AS (PARTITION BY person_no, day_of(departed), CASE WHEN person_no IS NULL THEN row_id END),
    of_stay AS (PARTITION BY person_no, stay_book_in, CASE WHEN person_no IS NULL
      OR stay_book_in IS NULL THEN row_id END)
),
statements AS (
  SELECT person_no, departed, ordered, min(row_id) AS row_id,
    min(CASE WHEN shown_row IS NULL OR unshown_row IS NULL THEN NULL WHEN says_shown THEN unshown_row
      ELSE shown_row END) AS other_row
  FROM beside
  GROUP BY person_no, departed, ordered, CASE WHEN person_no IS NULL THEN row_id END
),
standing AS (
  SELECT *, max(CASE WHEN ordered IS NULL THEN 0 ELSE 1
    END) OVER (PARTITION BY coalesce(person_no, -1 - row_id), departed) AS is_dated
  FROM statements
)
SELECT v.variant, s.person_no, CAST(NULL AS STRING) AS subject, s.row_id AS event_row,
  CASE WHEN s.ordered IS NOT NULL THEN s.other_row END AS other_row,
  s.departed AS event_lo, recorded_hi(s.departed) AS event_hi, TRUE AS is_bound,
  CASE WHEN s.other_row IS NULL THEN day_of(s.ordered) > day_of(s.departed) END AS is_shown,
  (day_of(s.ordered) - day_of(s.departed)) * 86400000000 AS margin_lo,
    (day_of(s.ordered) - day_of(s.departed)) * 86400000000 AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts, CASE WHEN s.ordered IS NULL THEN 'order_date'
    WHEN s.other_row IS NOT NULL THEN 'disputed' END AS shown_facts,
  (day_of(s.departed) + 1) * 86400000000 AS turns_at
FROM standing s
CROSS JOIN rule_versions v
WHERE s.ordered IS NOT NULL OR s.is_dated = 0
