-- removal_without_order: removals whose record says that there was no final order, or that it became final
--   after the departure
-- inputs: detention_rows, removal_rows, stint_spans, removals, rule_versions
-- kept: view
--
-- Every row with a departed date, of detentions or removals, is taken by its own words. Its case status, its
-- case category and a third text (the stay's release reason of a detention row, the processing disposition of
-- a removal row) say how the person left. Bound: the status says removed, deported or excluded, the category
-- is one of proceedings or of an order, the third text is there, and none says voluntary departure, return,
-- withdrawal or expulsion under Title 42 or 50, which need no order of removal; where one does, not bound;
-- else not known. Construction `by-the-word`: final_order_yes_no NO shows the thing, YES shows it not to be.
-- `by-the-date`: a final order date of a later day than the departure shows it, of the same or an earlier day
-- shows it not to be. A category or third text that names an order (final, reinstated, expedited, visa
-- waiver, administrative) contradicts the first: then nothing is shown. A blank shows nothing. Rows of one
-- person with the same day of departure and the same answer are one event, at the first of them in file
-- order; rows without an answer stand only where no other of them has one. Where rows of one person with the
-- same day of departure or the same stay answer differently, whether bound or whether shown, that answer is
-- not known of any of them, and `other_row` is one that says otherwise.
WITH departures AS (
  SELECT s.person_no, d.row_id, s.stay_book_in, us_of(d.departed_date) AS departed,
    d.final_order_yes_no AS order_word, us_of(d.final_order_date) AS ordered,
    d.case_status, d.case_category, d.stay_release_reason AS third_text
  FROM detention_rows d
  JOIN stint_spans s ON s.row_id = d.row_id
  WHERE d.departed_date IS NOT NULL
  UNION ALL
  SELECT r.person_no, m.row_id, CAST(NULL AS BIGINT), us_of(m.departed_date), m.final_order_yes_no,
    us_of(m.final_order_date), m.case_status, m.case_category, m.processing_disposition
  FROM removal_rows m
  JOIN removals r ON r.row_id = m.row_id
  WHERE m.departed_date IS NOT NULL
),
once AS (
  SELECT person_no, min(row_id) AS row_id, stay_book_in, departed, order_word, ordered, case_status,
    case_category, third_text
  FROM departures
  WHERE person_no IS NOT NULL
  GROUP BY person_no, stay_book_in, departed, order_word, ordered, case_status, case_category, third_text
  UNION ALL
  SELECT person_no, row_id, stay_book_in, departed, order_word, ordered, case_status, case_category,
    third_text FROM departures WHERE person_no IS NULL
),
texts AS (
  SELECT case_status AS text FROM once UNION SELECT case_category FROM once UNION SELECT third_text
    FROM once UNION SELECT order_word FROM once
),
spelled AS (
  SELECT text, upper(trim(text)) AS said FROM texts WHERE text IS NOT NULL
),
meanings AS (
  SELECT text, said,
    CASE
      WHEN contains(said, 'VOLUNTARY') OR contains(said, 'VR UNDER') OR contains(said, 'VR WITNESSED')
        OR contains(said, 'WITHDRAW') OR contains(said, 'TITLE 42')
        OR contains(said, 'TITLE 50') OR contains(said, 'EXPULSION')
          OR contains(said, 'EXPELLED') THEN 'left otherwise'
      WHEN contains(said, 'DEPORTED/REMOVED') OR contains(said, 'EXCLUDED/REMOVED') THEN 'removed'
      WHEN contains(said, 'NO FINAL ORDER') OR contains(said, 'UNDER ADJUDICATION')
        OR contains(said, 'HEARING NOT COMMENCED') OR contains(said, 'TERMINATED') THEN 'pending'
      WHEN contains(said, 'FINAL ORDER') OR contains(said, 'REINSTATE') OR contains(said, 'EXPEDITED')
        OR contains(said, 'FUGITIVE') OR contains(said, 'VISA WAIVER')
        OR contains(said, 'ADMINISTRATIVE DEPORT') OR contains(said, 'JUDICIAL DEPORT')
          OR contains(said, 'TRAVEL DOCUMENT') OR contains(said, 'WITHHOLDING') THEN 'order'
      ELSE 'other'
    END AS meaning
  FROM spelled
),
read AS (
  SELECT d.*, o.said AS order_said, c.meaning = 'order' OR t.meaning = 'order' AS names_order,
    CASE
      WHEN s.meaning = 'left otherwise' OR c.meaning = 'left otherwise'
        OR t.meaning = 'left otherwise' THEN FALSE
      WHEN s.meaning = 'removed' AND c.meaning IN ('order', 'pending') AND t.meaning IS NOT NULL THEN TRUE
    END AS says_bound
  FROM once d
  LEFT JOIN meanings s ON s.text = d.case_status
  LEFT JOIN meanings c ON c.text = d.case_category
  LEFT JOIN meanings t ON t.text = d.third_text
  LEFT JOIN meanings o ON o.text = d.order_word
),
answered AS (
  SELECT v.variant, r.*,
    CASE
      WHEN v.construction = 'by-the-date' AND day_of(r.ordered) <= day_of(r.departed) THEN FALSE
      WHEN v.construction = 'by-the-date' AND day_of(r.ordered) > day_of(r.departed)
        AND NOT coalesce(r.names_order, FALSE) THEN TRUE
      WHEN v.construction = 'by-the-word' AND r.order_said = 'YES' THEN FALSE
      WHEN v.construction = 'by-the-word' AND r.order_said = 'NO'
        AND NOT coalesce(r.names_order, FALSE) THEN TRUE
    END AS says_shown,
    CASE WHEN v.construction = 'by-the-date' THEN (day_of(r.ordered) - day_of(r.departed)) * 86400000000
      END AS past_us
  FROM read r
  CROSS JOIN rule_versions v
),
beside AS (
  SELECT *,
    coalesce(min(CASE WHEN says_bound THEN row_id END) OVER of_day,
      min(CASE WHEN says_bound THEN row_id END) OVER of_stay) AS bound_row,
    coalesce(min(CASE WHEN NOT says_bound THEN row_id END) OVER of_day,
      min(CASE WHEN NOT says_bound THEN row_id END) OVER of_stay) AS unbound_row,
    coalesce(min(CASE WHEN says_shown THEN row_id END) OVER of_day,
      min(CASE WHEN says_shown THEN row_id END) OVER of_stay) AS shown_row,
    coalesce(min(CASE WHEN NOT says_shown THEN row_id END) OVER of_day,
      min(CASE WHEN NOT says_shown THEN row_id END) OVER of_stay) AS unshown_row
  FROM answered
  WINDOW of_day AS (PARTITION BY variant, person_no, day_of(departed),
    CASE WHEN person_no IS NULL THEN row_id END),
    of_stay AS (PARTITION BY variant, person_no, stay_book_in, CASE WHEN person_no IS NULL
      OR stay_book_in IS NULL THEN row_id END)
),
settled AS (
  SELECT *, CASE WHEN bound_row IS NULL OR unbound_row IS NULL THEN says_bound END AS is_bound,
    CASE WHEN shown_row IS NULL OR unshown_row IS NULL THEN says_shown END AS is_shown,
    CASE WHEN shown_row IS NULL OR unshown_row IS NULL THEN NULL WHEN says_shown THEN unshown_row
      ELSE shown_row END AS other_shown,
    CASE WHEN bound_row IS NULL OR unbound_row IS NULL THEN NULL WHEN says_bound THEN unbound_row
      ELSE bound_row END AS other_bound
  FROM beside
),
worded AS (
  SELECT *, CASE WHEN NOT is_bound THEN 'not bound' WHEN is_bound IS NULL
    OR is_shown IS NULL THEN '?' WHEN is_shown THEN 'shown' ELSE 'not shown' END AS answer
  FROM settled
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY variant, person_no, day_of(departed), answer
    ORDER BY row_id ASC NULLS LAST) AS place,
    max(CASE WHEN answer IN ('shown', 'not shown') THEN 1 ELSE 0 END) OVER (PARTITION BY variant, person_no,
      day_of(departed)) AS is_answered
  FROM worded
  WHERE person_no IS NOT NULL
  UNION ALL
  SELECT *, 1, 0 FROM worded WHERE person_no IS NULL
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row,
  coalesce(other_shown, other_bound) AS other_row,
  departed AS event_lo, recorded_hi(departed) AS event_hi, is_bound, is_shown,
  CASE WHEN other_shown IS NULL THEN past_us END AS margin_lo,
    CASE WHEN other_shown IS NULL THEN past_us END AS margin_hi,
  CASE WHEN is_bound IS NULL THEN CASE WHEN other_bound IS NULL THEN 'departure_kind'
    ELSE 'disputed' END END AS bound_facts,
  CASE WHEN is_shown IS NULL THEN CASE WHEN other_shown IS NULL THEN 'final_order'
    ELSE 'disputed' END END AS shown_facts,
  departed AS turns_at
FROM ranked
WHERE place = 1 AND (answer <> '?' OR is_answered = 0)
