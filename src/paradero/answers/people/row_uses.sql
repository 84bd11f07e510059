-- uses: in which built tables a row of an original stands, in which column, how often
SELECT 'stint_spans' AS table_name, 'row_id' AS column_name, count(*) AS n
FROM stint_spans WHERE row_id = $row
UNION ALL SELECT 'stay_spans', 'stay_row', count(*) FROM stay_spans WHERE stay_row = $row
UNION ALL SELECT 'arrests', 'row_id', count(*) FROM arrests WHERE row_id = $row
UNION ALL SELECT 'removals', 'row_id', count(*) FROM removals WHERE row_id = $row
UNION ALL SELECT 'transfers', 'from_row', count(*) FROM transfers WHERE from_row = $row
UNION ALL SELECT 'transfers', 'to_row', count(*) FROM transfers WHERE to_row = $row
UNION ALL SELECT 'unaccounted', 'last_row', count(*) FROM unaccounted WHERE last_row = $row
UNION ALL SELECT 'unaccounted', 'next_row', count(*) FROM unaccounted WHERE next_row = $row
UNION ALL SELECT 'conflicts', 'row_a', count(*) FROM conflicts WHERE row_a = $row
UNION ALL SELECT 'conflicts', 'row_b', count(*) FROM conflicts WHERE row_b = $row
UNION ALL SELECT 'contradictions', 'row_id', count(*) FROM contradictions WHERE row_id = $row

-- persons: whose row it is
SELECT p.release, p.unique_identifier FROM persons p JOIN (
  SELECT person_no FROM stint_spans WHERE row_id = $row
  UNION SELECT person_no FROM arrests WHERE row_id = $row
  UNION SELECT person_no FROM removals WHERE row_id = $row
) found ON found.person_no = p.person_no
WHERE p.unique_identifier IS NOT NULL
ORDER BY ALL

-- rejects: the cells of a row that could not be read, or are stray
SELECT column_name, value, expected, problem FROM rejects
WHERE source = $source AND source_sheet = $sheet AND source_row = $row
ORDER BY ALL
