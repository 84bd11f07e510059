-- facilities: one row per facility code, with what most lists say of it
-- inputs: facility_rows, detention_rows
-- kept: table
--
-- Lists of facilities differ. Of each attribute the value that most rows give is taken, ties to the earliest
-- row in file order; `n_rows` counts the rows of lists that name the code (0: it occurs only in detention
-- rows, which give a name alone), `n_states` the different states they
-- give: more than one is a disagreement. `first_row` is the earliest of these rows.
WITH said AS (
  SELECT detention_facility_code AS code, 'name' AS attribute, detention_facility AS said, row_id
    FROM facility_rows
  UNION ALL SELECT detention_facility_code, 'city', city, row_id FROM facility_rows
  UNION ALL SELECT detention_facility_code, 'state', upper(state), row_id FROM facility_rows
  UNION ALL SELECT detention_facility_code, 'aor', area_of_responsibility, row_id FROM facility_rows
  UNION ALL SELECT detention_facility_code, 'type', type_detailed, row_id FROM facility_rows
  UNION ALL SELECT detention_facility_code, 'capacity', CAST(capacity AS STRING), row_id FROM facility_rows
),
votes AS (
  SELECT code, attribute, said, count(*) AS n, min(row_id) AS first_row FROM said
    WHERE code IS NOT NULL AND said IS NOT NULL
  GROUP BY code, attribute, said
),
chosen AS (
  SELECT *, row_number() OVER (PARTITION BY code, attribute
    ORDER BY n DESC NULLS LAST, first_row ASC NULLS LAST) AS choice,
    count(*) OVER (PARTITION BY code, attribute) AS n_values
  FROM votes
),
listed AS (
  SELECT code,
    max(CASE WHEN attribute = 'name' AND choice = 1 THEN said END) AS detention_facility,
    max(CASE WHEN attribute = 'city' AND choice = 1 THEN said END) AS city,
    max(CASE WHEN attribute = 'state' AND choice = 1 THEN said END) AS state,
    max(CASE WHEN attribute = 'aor' AND choice = 1 THEN said END) AS area_of_responsibility,
    max(CASE WHEN attribute = 'type' AND choice = 1 THEN said END) AS type_detailed,
    max(CASE WHEN attribute = 'capacity' AND choice = 1 THEN said END) AS capacity,
    max(CASE WHEN attribute = 'state' THEN n_values END) AS n_states
  FROM chosen GROUP BY code
),
rows_of AS (
  SELECT detention_facility_code AS code, count(*) AS n_rows, min(row_id) AS first_row FROM facility_rows
  WHERE detention_facility_code IS NOT NULL GROUP BY detention_facility_code
),
recorded AS (
  SELECT detention_facility_code AS code, detention_facility AS recorded_name, count(*) AS n,
    min(row_id) AS first_row
  FROM detention_rows WHERE detention_facility_code IS NOT NULL
    GROUP BY detention_facility_code, detention_facility
),
recorded_once AS (
  SELECT *, row_number() OVER (PARTITION BY code ORDER BY recorded_name IS NULL ASC NULLS LAST,
    n DESC NULLS LAST, first_row ASC NULLS LAST) AS choice,
    sum(n) OVER (PARTITION BY code) AS n_stints
  FROM recorded
),
codes AS (
  SELECT code FROM rows_of UNION SELECT code FROM recorded
)
SELECT c.code AS detention_facility_code, coalesce(l.detention_facility,
  d.recorded_name) AS detention_facility, d.recorded_name,
  l.city, l.state, l.area_of_responsibility, l.type_detailed, CAST(l.capacity AS DOUBLE) AS capacity,
  coalesce(r.n_rows, 0) AS n_rows, coalesce(l.n_states, 0) AS n_states, r.first_row,
    CAST(coalesce(d.n_stints, 0) AS BIGINT) AS n_stints
FROM codes c
LEFT JOIN rows_of r ON r.code = c.code
LEFT JOIN listed l ON l.code = c.code
LEFT JOIN recorded_once d ON d.code = c.code AND d.choice = 1
ORDER BY c.code ASC NULLS LAST
