-- average_comparisons: the average daily populations of ICE's workbooks beside published midnights of the
--   same facility and days
-- inputs: facility_statistic_rows, workbook_days, facility_names, facility_day_rows, published_series,
--   repeated_figures
-- kept: table
--
-- One row per facility row of a workbook and published series of midnights: the average of the series over
-- the days that the workbook averages over, where it has all of them. Names are taken to codes by the tables
-- of facilities and of the series. `status`: `agrees` (within 1 % or half a person); `differs`; `explained:
-- outside the series` (it lacks some of the days, or states one of them otherwise too), `cannot be judged:
-- published twice, with different numbers` (the workbook contradicts itself), `explained: name fits no or
-- several codes`.
WITH stated AS (
  SELECT f.row_id, f.source, f.name, d.fiscal_year, d.first_day, d.days, d.as_of,
    f.male_crim + f.male_non_crim + f.female_crim + f.female_non_crim AS adp,
      upper(trim(f.name)) AS plain_name
  FROM facility_statistic_rows f
  JOIN workbook_days d ON d.source = f.source AND d.source_sheet = f.source_sheet
  WHERE d.days > 0
),
spelt AS (
  SELECT plain_name, detention_facility_code FROM facility_names WHERE n_codes = 1
  UNION
  SELECT w.plain_name, f.detention_facility_code
  FROM facility_day_rows f
  JOIN (SELECT DISTINCT plain_name FROM stated) w ON w.plain_name = upper(trim(f.detention_facility))
  WHERE f.detention_facility_code IS NOT NULL
),
names AS (
  SELECT plain_name, min(detention_facility_code) AS code FROM spelt GROUP BY plain_name
    HAVING count(DISTINCT detention_facility_code) = 1
),
series AS (
  SELECT DISTINCT source AS series_source, series FROM published_series
    WHERE what = 'midnight' AND at_place <> 'everywhere'
),
asked AS (
  SELECT DISTINCT first_day, days FROM stated
),
sums AS (
  SELECT p.source AS series_source, p.series, p.at_place AS code, a.first_day, a.days,
    CAST(sum(p.published) AS DOUBLE) AS person_days, count(*) AS n_days
  FROM published_series p
  JOIN asked a ON p.day >= a.first_day AND p.day < a.first_day + a.days
  WHERE p.what = 'midnight'
  GROUP BY p.source, p.series, p.at_place, a.first_day, a.days
)
SELECT s.row_id AS published_row, s.source, e.series_source AS other_source, e.series AS other_series, s.name,
  n.code AS detention_facility_code, s.fiscal_year, s.as_of, s.days, s.adp,
  CASE WHEN t.n_days = s.days THEN t.person_days / s.days END AS series_average,
  CASE
    WHEN c.published_row IS NOT NULL THEN 'cannot be judged: published twice, with different numbers'
    WHEN n.code IS NULL THEN 'explained: name fits no or several codes'
    WHEN t.n_days IS NULL OR t.n_days <> s.days THEN 'explained: outside the series'
    WHEN abs(s.adp * s.days - t.person_days) <= greatest(0.01 * s.adp * s.days, 0.5 * s.days) THEN 'agrees'
    ELSE 'differs'
  END AS status
FROM stated s
CROSS JOIN series e
LEFT JOIN names n ON n.plain_name = s.plain_name
LEFT JOIN (SELECT published_row FROM repeated_figures WHERE series = 'average') c
  ON c.published_row = s.row_id
LEFT JOIN sums t ON t.series_source = e.series_source AND t.series = e.series AND t.code = n.code
  AND t.first_day = s.first_day AND t.days = s.days
WHERE s.adp IS NOT NULL
ORDER BY published_row ASC NULLS LAST, other_source ASC NULLS LAST, other_series ASC NULLS LAST
