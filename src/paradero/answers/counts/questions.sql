-- lengths_counted: how many stints there are, and how many of them have no book-out
SELECT count(*) AS n,
  count(*) FILTER (WHERE book_out IS NULL AND book_out_why IS DISTINCT FROM 'day_or_month') AS n_open
FROM lengths
WHERE ($codes IS NULL OR list_contains($codes, detention_facility_code))
  AND ($release IS NULL OR release = $release)

-- lengths: stints by what the record shows of their length, the longest first
SELECT * FROM lengths
WHERE ($codes IS NULL OR list_contains($codes, detention_facility_code))
  AND ($release IS NULL OR release = $release)
ORDER BY length_lo_us DESC NULLS LAST, length_hi_us DESC NULLS LAST, row_id
LIMIT $limit

-- codes_of_type: the facilities whose type has the text in it
SELECT detention_facility_code AS code, detention_facility AS name FROM facilities
WHERE contains(upper(type_detailed), upper(trim($text)))

-- compared_counted: how many comparisons with a capacity there are
SELECT count(*) AS n FROM compared WHERE $all_rows OR status = 'above'

-- compared: counts beside capacities, the most people beyond one first
SELECT * FROM compared WHERE $all_rows OR status = 'above'
ORDER BY over_by DESC, detention_facility_code, counted_by
LIMIT $limit

-- stated: how many facilities there are, and how many of them have a stated capacity
SELECT count(*) AS n, count(capacity) AS n_stated FROM facilities

-- workbooks: the workbooks of detention statistics
SELECT DISTINCT w.source, s.file_name
FROM workbook_days w
JOIN sources s ON s.source = w.source
ORDER BY ALL

-- changed_counted: how many changes there are, from each workbook to the next or between those named
SELECT count(*) AS n FROM changed c
WHERE ($one IS NULL AND $other IS NULL AND is_next)
  OR (($one IS NOT NULL OR $other IS NOT NULL)
    AND ($one IS NULL OR c.source = $one) AND ($other IS NULL OR c.later_source = $other))

-- changed: what changed, in the order of the workbooks, the largest difference first
SELECT c.*, a.file_name AS earlier_file, b.file_name AS later_file
FROM changed c
JOIN sources a ON a.source = c.source
JOIN sources b ON b.source = c.later_source
WHERE ($one IS NULL AND $other IS NULL AND is_next)
  OR (($one IS NOT NULL OR $other IS NOT NULL)
    AND ($one IS NULL OR c.source = $one) AND ($other IS NULL OR c.later_source = $other))
ORDER BY c.as_of, c.later_as_of, c.change, abs(later_less_earlier) DESC NULLS LAST, c.name, c.city,
  c.column_name, c.earlier_row, c.later_row
LIMIT $limit
