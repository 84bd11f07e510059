-- books: the workbooks of detention statistics with their files, in the order of their fiscal years and days
SELECT d.source, s.file_name, d.fiscal_year, d.days, d.days_stated, d.days_found, d.fits, d.first_row,
  row_number() OVER (ORDER BY d.fiscal_year ASC NULLS FIRST, d.days ASC NULLS FIRST, d.first_row) AS book_no
FROM workbook_days d
JOIN sources s ON s.source = d.source

-- averages: the facilities of each workbook, and the sums that are sums of the same people
SELECT b.book_no, b.source, b.fiscal_year, b.days, f.row_id, f.name, f.city,
  upper(trim(f.name)) || '|' || coalesce(upper(trim(f.city)), '') AS facility,
  f.male_crim + f.male_non_crim + f.female_crim + f.female_non_crim AS by_sex,
  f.level_a + f.level_b + f.level_c + f.level_d AS by_level,
  f.threat_level_1 + f.threat_level_2 + f.threat_level_3 + f.no_threat_level AS by_threat, f.mandatory
FROM facility_statistic_rows f
JOIN watched_books b ON b.source = f.source

-- totals: the figures of each workbook that count from 1 October on, each under its table, row and column
--
-- Rows are told apart by their place in the table, since *Total* stands under each release reason; two
-- workbooks are compared only in tables of as many rows.
SELECT b.book_no, b.source, b.fiscal_year, c.row_id, c.source_column,
  trim(regexp_replace(c.title, ':?\s*FY\s?\d{2,4}.*$', '')) AS title,
  coalesce(c.row_label, '') AS row_label, coalesce(c.column_label, '') AS column_label, c.number,
  dense_rank() OVER (PARTITION BY c.source, c.source_sheet, c.title ORDER BY c.source_row) AS place,
  c.title ILIKE '%month%' AS by_month
FROM statistic_cells c
JOIN watched_books b ON b.source = c.source
WHERE c.number IS NOT NULL AND c.source_sheet ILIKE 'detention%'
  AND (c.title ILIKE '%initial book-ins by%' OR c.title ILIKE '%final book outs by%'
    OR c.title ILIKE '%final book-outs by%' OR c.title ILIKE '%initial bookins by%')
  AND c.column_label NOT ILIKE 'percent%'

-- fewer_person_days: averages since 1 October that would need fewer person-days than the workbook before
SELECT 'an average with fewer person-days than before' AS what, 'impossible' AS status, i.source,
  i.published_row AS row_id, i.earlier_row, coalesce(i.name || ', ' || i.city, i.name) AS about,
  round(i.earlier_adp * i.earlier_days, 3) AS earlier, round(i.adp * i.days, 3) AS later
FROM adp_intervals i
WHERE i.status LIKE 'impossible%'

-- other_days: workbooks whose averages are not over the days since 1 October that their date states
SELECT 'averages over other days than stated' AS what, 'impossible' AS status, b.source,
  b.first_row AS row_id, CAST(NULL AS BIGINT) AS earlier_row, 'days since 1 October' AS about,
  CAST(b.days_stated AS DOUBLE) AS earlier,
  CAST(b.days_found AS DOUBLE) AS later
FROM watched_books b
WHERE NOT b.fits

-- parts: averages of a facility that are of the same people and differ, by more than half a person-day
WITH pairs AS (
  SELECT *, 'security levels beside sex and criminality' AS what, by_level AS other FROM watched_averages
  UNION ALL SELECT *, 'threat levels beside sex and criminality', by_threat FROM watched_averages
)
SELECT what, 'impossible' AS status, source, row_id, CAST(NULL AS BIGINT) AS earlier_row,
  coalesce(name || ', ' || city, name) AS about, round(by_sex, 3) AS earlier,
  round(other, 3) AS later
FROM pairs WHERE abs(by_sex - other) * coalesce(days, 1) > 0.5
UNION ALL
SELECT 'more in mandatory detention than held', 'impossible', source, row_id, NULL,
  coalesce(name || ', ' || city, name), round(by_sex, 3),
  round(mandatory, 3)
FROM watched_averages WHERE (mandatory - by_sex) * coalesce(days, 1) > 0.5

-- vanished: facilities with people since 1 October that the next workbook of the year does not list
WITH gone AS (
  SELECT a.*, n.book_no AS next_no, n.source AS next_source
  FROM watched_averages a
  JOIN watched_books n ON n.book_no = a.book_no + 1 AND n.fiscal_year = a.fiscal_year
  WHERE a.by_sex > 0 AND NOT EXISTS (
    SELECT 1 FROM watched_averages l WHERE l.book_no = n.book_no AND l.facility = a.facility)
),
back AS (
  SELECT g.facility, g.book_no, min_by(l.row_id, l.book_no) AS back_row,
    min_by(l.source, l.book_no) AS back_source
  FROM gone g
  JOIN watched_averages l ON l.facility = g.facility AND l.fiscal_year = g.fiscal_year
    AND l.book_no > g.next_no
  GROUP BY g.facility, g.book_no
)
SELECT CASE WHEN b.back_row IS NULL THEN 'a facility that vanishes within the year'
    ELSE 'a facility that vanishes and returns' END AS what,
  CASE WHEN b.back_row IS NULL THEN 'doubtful' ELSE 'impossible' END AS status,
  coalesce(b.back_source, g.next_source) AS source, b.back_row AS row_id, g.row_id AS earlier_row,
  coalesce(g.name || ', ' || g.city, g.name) AS about, round(g.by_sex, 3) AS earlier,
  CAST(NULL AS DOUBLE) AS later
FROM gone g
LEFT JOIN back b ON b.facility = g.facility AND b.book_no = g.book_no

-- fallen: counts since 1 October that are lower than in the workbook before
WITH sizes AS (
  SELECT book_no, title, max(place) AS n_rows FROM watched_totals GROUP BY book_no, title
)
SELECT 'a count since 1 October that falls' AS what, 'impossible' AS status, l.source, l.row_id,
  e.row_id AS earlier_row,
  l.title || ': ' || l.row_label || ', ' || l.column_label AS about, e.number AS earlier, l.number AS later
FROM watched_totals l
JOIN watched_totals e ON e.book_no = l.book_no - 1 AND e.fiscal_year = l.fiscal_year AND e.title = l.title
  AND e.place = l.place AND e.row_label = l.row_label AND e.column_label = l.column_label
JOIN sizes a ON a.book_no = l.book_no AND a.title = l.title
JOIN sizes b ON b.book_no = e.book_no AND b.title = e.title AND b.n_rows = a.n_rows
WHERE l.number < e.number AND (NOT l.by_month OR l.column_label ILIKE 'total')

-- not_its_parts: totals of a table by months that are not the sum of the months
SELECT 'a total that is not the sum of its months' AS what, 'impossible' AS status, source, row_id,
  CAST(NULL AS BIGINT) AS earlier_row, any_value(title) || ': ' || any_value(row_label) AS about,
  sum(number) FILTER (column_label NOT ILIKE 'total') AS earlier,
  max(number) FILTER (column_label ILIKE 'total') AS later
FROM watched_totals
WHERE by_month
GROUP BY source, row_id, title, place
HAVING count(*) FILTER (column_label NOT ILIKE 'total') = 12
  AND count(*) FILTER (column_label ILIKE 'total') = 1
  AND abs(sum(number) FILTER (column_label NOT ILIKE 'total')
    - max(number) FILTER (column_label ILIKE 'total')) > 0.5
