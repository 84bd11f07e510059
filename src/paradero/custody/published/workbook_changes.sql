-- workbook_changes: what one of ICE's workbooks says of a facility and another does not, or says otherwise
-- inputs: facility_statistic_rows, workbook_days
-- kept: view
--
-- Workbooks (of one fiscal year or several) in the order of the day they were pulled; each is compared with
-- every later one, `is_next` where none lies between. Facilities go by name and city, in capitals. `change`:
-- `appears`, `disappears`, or `says otherwise` with the `column_name` and both texts; of figures
-- `later_less_earlier` is the growth. A name spelt another way appears and disappears.
WITH books AS (
  SELECT source, source_sheet, first_row, as_of, days,
    row_number() OVER (ORDER BY fiscal_year ASC NULLS FIRST, days ASC NULLS FIRST,
    first_row ASC NULLS FIRST) AS book_no FROM workbook_days
),
listed AS (
  SELECT b.book_no, b.as_of, f.*, upper(trim(f.name)) || '|'
    || coalesce(upper(trim(f.city)), '') AS facility_key
  FROM facility_statistic_rows f
  JOIN books b ON b.source = f.source AND b.source_sheet = f.source_sheet
),
once AS (
  SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY book_no, facility_key
    ORDER BY row_id ASC NULLS FIRST) AS copy_no FROM listed) c WHERE copy_no = 1
),
pairs AS (
  SELECT a.book_no, a.source, a.as_of, b.book_no AS later_book_no, b.source AS later_source,
    b.as_of AS later_as_of FROM books a JOIN books b ON b.book_no > a.book_no
),
said AS (
  SELECT book_no, facility_key, row_id, name, city, 'area_of_responsibility' AS column_name,
    CAST(area_of_responsibility AS STRING) AS said, CAST(NULL AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'type_detailed' AS column_name,
    CAST(type_detailed AS STRING) AS said, CAST(NULL AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'male_female' AS column_name,
    CAST(male_female AS STRING) AS said, CAST(NULL AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'average_length_of_stay' AS column_name,
    CAST(average_length_of_stay AS STRING) AS said, CAST(average_length_of_stay AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'male_crim' AS column_name,
    CAST(male_crim AS STRING) AS said, CAST(male_crim AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'male_non_crim' AS column_name,
    CAST(male_non_crim AS STRING) AS said, CAST(male_non_crim AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'female_crim' AS column_name,
    CAST(female_crim AS STRING) AS said, CAST(female_crim AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'female_non_crim' AS column_name,
    CAST(female_non_crim AS STRING) AS said, CAST(female_non_crim AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'mandatory' AS column_name,
    CAST(mandatory AS STRING) AS said, CAST(mandatory AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'guaranteed_minimum' AS column_name,
    CAST(guaranteed_minimum AS STRING) AS said, CAST(guaranteed_minimum AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'last_inspection_end_date' AS column_name,
    CAST(last_inspection_end_date AS STRING) AS said, CAST(NULL AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'last_inspection_standard' AS column_name,
    CAST(last_inspection_standard AS STRING) AS said, CAST(NULL AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'last_final_rating' AS column_name,
    CAST(last_final_rating AS STRING) AS said, CAST(NULL AS DOUBLE) AS figure FROM once
  UNION ALL
  SELECT book_no, facility_key, row_id, name, city, 'pending_inspection' AS column_name,
    CAST(pending_inspection AS STRING) AS said, CAST(NULL AS DOUBLE) AS figure FROM once
),
differing AS (
  SELECT p.*, a.row_id AS earlier_row, b.row_id AS later_row, b.name, b.city, b.column_name,
    a.said AS earlier_said, b.said AS later_said,
    b.figure - a.figure AS later_less_earlier, 'says otherwise' AS change
  FROM pairs p
  JOIN said a ON a.book_no = p.book_no
  JOIN said b ON b.book_no = p.later_book_no AND b.facility_key = a.facility_key
    AND b.column_name = a.column_name
  WHERE a.said IS DISTINCT FROM b.said
),
one_sided AS (
  SELECT p.*, a.row_id AS earlier_row, CAST(NULL AS BIGINT) AS later_row, a.name, a.city,
    CAST(NULL AS STRING) AS column_name, CAST(NULL AS STRING) AS earlier_said,
    CAST(NULL AS STRING) AS later_said, CAST(NULL AS DOUBLE) AS later_less_earlier, 'disappears' AS change
  FROM pairs p
  JOIN once a ON a.book_no = p.book_no
  LEFT JOIN once b ON b.book_no = p.later_book_no AND b.facility_key = a.facility_key
  WHERE b.row_id IS NULL
  UNION ALL
  SELECT p.*, CAST(NULL AS BIGINT), b.row_id, b.name, b.city, CAST(NULL AS STRING), CAST(NULL AS STRING),
    CAST(NULL AS STRING), CAST(NULL AS DOUBLE), 'appears'
  FROM pairs p
  JOIN once b ON b.book_no = p.later_book_no
  LEFT JOIN once a ON a.book_no = p.book_no AND a.facility_key = b.facility_key
  WHERE a.row_id IS NULL
),
found AS (
  SELECT * FROM differing UNION ALL SELECT * FROM one_sided
)
SELECT source, as_of, later_source, later_as_of, later_book_no = book_no + 1 AS is_next, change, name, city,
  column_name, earlier_said, later_said, later_less_earlier,
  earlier_row, later_row
FROM found
