-- recorded_places: where recorded transfers took people from and to, by each attribute that an order may
--   name
-- inputs: recorded_events, detention_rows, transfers, facilities
-- kept: table
--
-- The facility booked out of and that of the next book-in of the same stated stay, and their states by the
-- lists of facilities, which are all that the records say of the district and the circuit of a court; a state
-- on which lists disagree is none. What is not recorded is null; where the one or the other book-in is
-- missing, it is not recorded which facility comes next.
WITH moved AS (
  SELECT DISTINCT e.event_no, d.detention_facility_code AS from_code,
    CASE WHEN t.arrived_at IS NOT NULL AND d.book_in_date_time IS NOT NULL
      THEN t.to_facility_code END AS to_code
  FROM recorded_events e
  JOIN detention_rows d ON d.row_id = e.event_row
  LEFT JOIN transfers t ON t.from_row = e.event_row AND t.to_row IS NOT NULL
  WHERE e.kind = 'transfer'
),
sides AS (
  SELECT event_no, 'from' AS side, from_code AS code FROM moved
  UNION ALL SELECT event_no, 'to', to_code FROM moved
)
SELECT s.event_no, s.side, 'detention_facility_code' AS attribute, s.code AS value
FROM sides s
UNION ALL
SELECT s.event_no, s.side, a.attribute, CASE WHEN f.n_states = 1 THEN f.state END
FROM sides s
CROSS JOIN (SELECT 'state' AS attribute UNION ALL SELECT 'district' UNION ALL SELECT 'circuit') a
LEFT JOIN facilities f ON f.detention_facility_code = s.code
ORDER BY event_no ASC NULLS LAST, side ASC NULLS LAST, attribute ASC NULLS LAST
