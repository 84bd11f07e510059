-- recorded_attributes: what the records say of the persons of recorded events, one row per event and
--   attribute that a condition of an order asks for
-- inputs: order_events, detention_rows, removal_rows, stint_spans, removals, facilities, order_conditions,
--   recorded_places
-- kept: table
--
-- Words that say nothing (unknown, not available, other, …) are no value. Each from the very row that states
-- the event; `state` is that of the row's facility by the lists of facilities, where they agree, and all that
-- the records say of its `district` and `circuit` (a state is of one circuit, and of one to four districts);
-- `from_…` and `to_…` are the facilities, or these of them, before and after a transfer. What does not change
-- with time (citizenship, country of birth, gender, year of birth) is said by every row of the same person:
-- rows that differ contradict each other. Where the event's own row says nothing, neither do the others.
WITH asked AS (
  SELECT DISTINCT attribute FROM order_conditions
),
events AS (
  SELECT DISTINCT event_no, event_row, person_no FROM order_events WHERE event_row IS NOT NULL
),
lasting AS (
  SELECT s.person_no, d.citizenship_country, d.birth_country, d.gender,
    CAST(d.birth_year AS STRING) AS birth_year
  FROM detention_rows d
  JOIN stint_spans s ON s.row_id = d.row_id
  WHERE s.person_no IN (SELECT person_no FROM events)
  UNION
  SELECT m.person_no, r.citizenship_country, r.birth_country, r.gender,
    CAST(r.birth_year AS STRING) AS birth_year
  FROM removal_rows r
  JOIN removals m ON m.row_id = r.row_id
  WHERE m.person_no IN (SELECT person_no FROM events)
),
detained AS (
  SELECT e.event_no, d.citizenship_country, d.birth_country, d.gender,
    CAST(d.birth_year AS STRING) AS birth_year, d.case_status, d.case_category,
    d.final_order_yes_no, d.detention_facility_code, d.departure_country, d.final_program,
    d.docket_control_office, d.area_of_responsibility, CASE WHEN f.n_states = 1 THEN f.state END AS state
  FROM events e
  JOIN detention_rows d ON d.row_id = e.event_row
  LEFT JOIN facilities f ON f.detention_facility_code = d.detention_facility_code
),
removed AS (
  SELECT e.event_no, r.citizenship_country, r.birth_country, r.gender,
    CAST(r.birth_year AS STRING) AS birth_year, r.case_status, r.case_category,
    r.final_order_yes_no, CAST(NULL AS STRING) AS detention_facility_code, r.departure_country,
    r.final_program, CAST(NULL AS STRING) AS docket_control_office,
    CAST(NULL AS STRING) AS area_of_responsibility, CAST(NULL AS STRING) AS state
  FROM events e
  JOIN removal_rows r ON r.row_id = e.event_row
),
both_kinds AS (
  SELECT * FROM detained UNION ALL SELECT * FROM removed
),
listed AS (
  SELECT b.event_no, a.attribute,
    CASE a.attribute
      WHEN 'citizenship_country' THEN b.citizenship_country WHEN 'birth_country' THEN b.birth_country
        WHEN 'gender' THEN b.gender
      WHEN 'birth_year' THEN b.birth_year WHEN 'case_status' THEN b.case_status WHEN 'case_category'
        THEN b.case_category
      WHEN 'final_order_yes_no' THEN b.final_order_yes_no WHEN 'detention_facility_code'
        THEN b.detention_facility_code
      WHEN 'departure_country' THEN b.departure_country WHEN 'state' THEN b.state
      WHEN 'district' THEN b.state WHEN 'circuit' THEN b.state
      WHEN 'final_program' THEN b.final_program WHEN 'docket_control_office' THEN b.docket_control_office
      WHEN 'area_of_responsibility' THEN b.area_of_responsibility
    END AS value, 1 AS is_own
  FROM both_kinds b
  CROSS JOIN asked a
  UNION
  SELECT p.event_no, a.attribute, p.value, 1 AS is_own
  FROM recorded_places p
  JOIN asked a ON a.attribute = p.side || '_' || p.attribute
  UNION
  SELECT e.event_no, a.attribute,
    CASE a.attribute
      WHEN 'citizenship_country' THEN l.citizenship_country WHEN 'birth_country' THEN l.birth_country
        WHEN 'gender' THEN l.gender WHEN 'birth_year' THEN l.birth_year
    END AS value, 0 AS is_own
  FROM events e
  JOIN lasting l ON l.person_no = e.person_no
  CROSS JOIN asked a
),
told AS (
  SELECT event_no, attribute, value, is_own FROM listed
  WHERE value IS NOT NULL AND trim(upper(value)) NOT IN ('', 'UNKNOWN', 'UNSPECIFIED', 'NOT AVAILABLE',
    'NOT APPLICABLE', 'N/A', 'NA', 'NONE', 'NULL', 'OTHER')
)
SELECT DISTINCT t.event_no, t.attribute, t.value
FROM told t
JOIN told o ON o.event_no = t.event_no AND o.attribute = t.attribute AND o.is_own = 1
ORDER BY t.event_no ASC NULLS LAST, t.attribute ASC NULLS LAST, t.value ASC NULLS LAST
