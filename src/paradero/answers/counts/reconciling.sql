-- summary: how many published figures of each source agree, are explained, or contradict the records
SELECT r.what, r.source, s.file_name, r.release, r.definition, r.status, r.n, r.person_days_apart,
  r.example_row
FROM reconciliation r
LEFT JOIN sources s ON s.source = r.source
ORDER BY r.what, s.file_name, r.source, r.release, r.definition, r.status

-- comparisons: every comparison in the same columns; published_row makes the order total
SELECT 'facility-day' AS what, status, detention_facility_code AS facility, CAST(date AS VARCHAR) AS "when",
  'records' AS against, definition, CAST(published AS DOUBLE) AS published,
  CAST(n AS DOUBLE) AS n, CAST(n_lo AS DOUBLE) AS n_lo, CAST(n_hi AS DOUBLE) AS n_hi, published_row,
    NULL AS other_row, release
FROM facility_day_comparisons
UNION ALL
SELECT 'average daily population', status, name, 'FY' || fiscal_year || ', ' || days || ' days', 'records',
  definition, adp, person_days / days, person_days_lo / days,
  person_days_hi / days, published_row, NULL, release
FROM adp_comparisons
UNION ALL
SELECT 'interval', status, name, earlier_as_of || ' to ' || as_of, 'earlier workbook', 'person-days',
  adp * days, earlier_adp * earlier_days, NULL, NULL, published_row, earlier_row, NULL
FROM adp_intervals
UNION ALL
SELECT 'average and series', status, name, 'FY' || fiscal_year || ', ' || days || ' days',
  other_source || ' ' || other_series, 'midnight', adp, series_average, NULL, NULL,
  published_row, NULL, NULL
FROM average_comparisons
UNION ALL
SELECT 'identity', status, at_place, CAST(date AS VARCHAR), 'yesterday + in - out', 'midnight', at_midnight,
  yesterday + book_in - book_out, NULL, NULL, published_row, NULL, NULL
FROM series_identities
UNION ALL
SELECT 'series', status, 'all', first_date || ' to ' || last_date, other_source || ' ' || other_series,
  what || ', ' || series, n, n_equal, NULL, NULL, example_row, NULL, NULL
FROM series_comparisons WHERE is_best
UNION ALL
SELECT 'repeated figure', status, at_place, CAST(date AS VARCHAR), 'another row of its source', series,
  published, other_published, NULL, NULL, published_row, other_row, NULL
FROM repeated_figures

-- comparisons_counted: how many comparisons there are of a status that begins so
SELECT count(*) AS n FROM comparisons
WHERE starts_with(status, $status) OR starts_with(status, $or_status)

-- comparisons_listed: the comparisons of a status that begins so, the largest difference first
SELECT * FROM comparisons
WHERE starts_with(status, $status) OR starts_with(status, $or_status)
ORDER BY abs(coalesce(published, 0) - coalesce(n, 0)) DESC, what, facility, "when", definition, release,
  published_row
LIMIT $limit OFFSET $offset
