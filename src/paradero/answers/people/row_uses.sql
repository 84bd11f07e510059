-- person: the number of the person whose row it is, none where the row has no person id
SELECT person_no FROM row_persons WHERE row_id = $row AND person_no IS NOT NULL

-- uses: in which built tables a row of an original stands, in which column, how often: they lie by person,
--   and rows of nobody in particular by themselves
SELECT 'stint_spans' AS table_name, 'row_id' AS column_name,
  (SELECT count(*) FROM stint_spans WHERE person_no = $person AND row_id = $row)
    + (SELECT count(*) FROM stint_spans WHERE place = -1 - $row) AS n
UNION ALL SELECT 'stay_spans', 'stay_row', count(*) FROM stay_spans
  WHERE person_no = $person AND stay_row = $row
UNION ALL SELECT 'arrests', 'row_id',
  (SELECT count(*) FROM arrests WHERE person_no = $person AND row_id = $row)
    + (SELECT count(*) FROM arrests WHERE person_no IS NULL AND row_id = $row)
UNION ALL SELECT 'removals', 'row_id',
  (SELECT count(*) FROM removals WHERE person_no = $person AND row_id = $row)
    + (SELECT count(*) FROM removals WHERE person_no IS NULL AND row_id = $row)
UNION ALL SELECT 'transfers', 'from_row', count(*) FROM transfers
  WHERE person_no = $person AND from_row = $row
UNION ALL SELECT 'transfers', 'to_row', count(*) FROM transfers WHERE person_no = $person AND to_row = $row
UNION ALL SELECT 'unaccounted', 'last_row', count(*) FROM unaccounted
  WHERE person_no = $person AND last_row = $row
UNION ALL SELECT 'unaccounted', 'next_row', count(*) FROM unaccounted
  WHERE person_no = $person AND next_row = $row
UNION ALL SELECT 'conflicts', 'row_a', count(*) FROM conflicts WHERE person_no = $person AND row_a = $row
UNION ALL SELECT 'conflicts', 'row_b', count(*) FROM conflicts WHERE person_no = $person AND row_b = $row
UNION ALL SELECT 'contradictions', 'row_id', count(*) FROM contradictions WHERE row_id = $row

-- persons: whose row it is
SELECT release, unique_identifier FROM persons
WHERE person_no = $person AND unique_identifier IS NOT NULL

-- rejects: the cells of a row that could not be read, or are stray
SELECT column_name, value, expected, problem FROM rejects
WHERE source = $source AND source_sheet = $sheet AND source_row = $row
ORDER BY ALL

-- printed: of which facility and day a row publishes figures
SELECT detention_facility_code AS facility, CAST(date AS DATE) AS day FROM facility_day_rows
WHERE row_id = $row AND detention_facility_code IS NOT NULL AND date IS NOT NULL

-- compared_days: what a row publishes of that facility and day, beside the counts of the releases
SELECT detention_facility_code AS facility, CAST(date AS DATE) AS day, definition, release,
  CAST(published AS DOUBLE) AS published, CAST(n_lo AS DOUBLE) AS n_lo, CAST(n_hi AS DOUBLE) AS n_hi, status
FROM facility_day_comparisons
WHERE detention_facility_code = $facility AND CAST(date AS DATE) = $day AND published_row = $row
  AND published IS NOT NULL
ORDER BY definition, release

-- compared_averages: what a row publishes as the average of days, beside that of the releases
SELECT detention_facility_code AS facility, CAST(NULL AS DATE) AS day, definition, release, adp AS published,
  person_days_lo / days AS n_lo, person_days_hi / days AS n_hi, status
FROM adp_comparisons WHERE published_row = $row AND adp IS NOT NULL
ORDER BY definition, release
