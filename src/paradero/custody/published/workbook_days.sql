-- workbook_days: over how many days each of ICE's workbooks averages its year-to-date populations
-- inputs: facility_statistic_rows
-- kept: table
--
-- An average daily population (ADP) is person-days since 1 October divided by days. `days_stated`: from 1
-- October to the day before the data pull that the sheet states. `days_found`: a number of days, of 366, by
-- which the sheet's averages by sex and criminality all become whole person-days (to a thousandth):
-- days_stated if it is one, else the smallest, the divisor that was really used whatever date is printed.
-- Null where none fits. `days` is days_found, else days_stated. `fits`: the two agree. `day_before` = the
-- last day averaged over, `first_day` = 1 October.
WITH sheets AS (
  SELECT source, source_sheet, min(row_id) AS first_row, max(fiscal_year) AS fiscal_year,
    max(day_of(us_of(as_of))) AS as_of_day,
    max(as_of_from) AS as_of_from, count(*) AS n_rows
  FROM facility_statistic_rows
  GROUP BY source, source_sheet
),
averages AS (
  SELECT source, source_sheet, male_crim AS adp FROM facility_statistic_rows WHERE male_crim IS NOT NULL
  UNION ALL SELECT source, source_sheet, male_non_crim FROM facility_statistic_rows
    WHERE male_non_crim IS NOT NULL
  UNION ALL SELECT source, source_sheet, female_crim FROM facility_statistic_rows
    WHERE female_crim IS NOT NULL
  UNION ALL SELECT source, source_sheet, female_non_crim FROM facility_statistic_rows
    WHERE female_non_crim IS NOT NULL
),
tried AS (
  SELECT source, source_sheet, adp, explode(sequence(CAST(1 AS BIGINT), CAST(366 AS BIGINT))) AS days
    FROM averages
),
fitting AS (
  SELECT source, source_sheet, days FROM tried
  GROUP BY source, source_sheet, days
  HAVING max(abs(adp * days - round(adp * days))) < 0.001 AND max(abs(adp - round(adp))) > 0.001
),
dated AS (
  SELECT *, day_number(CAST(CAST(fiscal_year - 1 AS STRING) || '-10-01' AS DATE)) AS first_day FROM sheets
),
counted AS (
  SELECT *, CASE WHEN as_of_day - first_day > 366 THEN 366 ELSE as_of_day - first_day END AS days_stated
    FROM dated
),
found AS (
  SELECT c.source, c.source_sheet, coalesce(max(CASE WHEN f.days = c.days_stated THEN f.days END),
    min(f.days)) AS days_found
  FROM counted c
  JOIN fitting f ON f.source = c.source AND f.source_sheet = c.source_sheet
  GROUP BY c.source, c.source_sheet
)
SELECT c.first_row, c.source, c.source_sheet, c.fiscal_year, date_of(c.as_of_day) AS as_of, c.as_of_from,
  c.n_rows, c.first_day, c.days_stated, f.days_found,
  coalesce(f.days_found, c.days_stated) AS days, f.days_found = c.days_stated AS fits
FROM counted c
LEFT JOIN found f ON f.source = c.source AND f.source_sheet = c.source_sheet
ORDER BY c.first_row ASC NULLS LAST
