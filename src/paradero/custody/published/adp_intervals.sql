-- adp_intervals: average daily populations between two of ICE's workbooks, and averages that cannot have come
--   about
-- inputs: facility_statistic_rows, workbook_days, repeated_figures
-- kept: table
--
-- The workbooks average from 1 October. Person-days = average x days; between one workbook of a fiscal year
-- and the next one that has the facility (by name and city), the difference of person-days over the
-- difference of days is the average of the interval. `status`: `possible`; `impossible: fewer person-days
-- than before` (a sum that can only grow has shrunk, by more than half a person-day); `not comparable: no
-- more days`. Averages that their workbook states otherwise too (repeated_figures) are left out.
WITH stated AS (
  SELECT f.row_id, f.source, f.name, f.city, d.first_row AS sheet_row, d.fiscal_year, d.days, d.as_of,
    0.5 AS rounding,
    f.male_crim + f.male_non_crim + f.female_crim + f.female_non_crim AS adp,
    upper(trim(f.name)) || '|' || coalesce(upper(trim(f.city)), '') AS facility_key
  FROM facility_statistic_rows f
  JOIN workbook_days d ON d.source = f.source AND d.source_sheet = f.source_sheet
  WHERE d.days > 0 AND d.fiscal_year IS NOT NULL
),
followed AS (
  SELECT *, lag(row_id) OVER of_year AS earlier_row, lag(days) OVER of_year AS earlier_days,
    lag(adp) OVER of_year AS earlier_adp,
    lag(as_of) OVER of_year AS earlier_as_of
  FROM stated
  LEFT JOIN (SELECT published_row FROM repeated_figures WHERE series = 'average') c
    ON c.published_row = row_id
  WHERE adp IS NOT NULL AND c.published_row IS NULL
  WINDOW of_year AS (PARTITION BY fiscal_year, facility_key
    ORDER BY days ASC NULLS FIRST, row_id ASC NULLS FIRST)
)
SELECT row_id AS published_row, earlier_row, source, name, city, fiscal_year, earlier_as_of, as_of,
  earlier_days, days, earlier_adp, adp,
  adp * days - earlier_adp * earlier_days AS interval_person_days,
  CASE WHEN days > earlier_days THEN (adp * days - earlier_adp * earlier_days) / (days - earlier_days)
    END AS interval_adp,
  CASE
    WHEN days <= earlier_days THEN 'not comparable: no more days'
    WHEN adp * days - earlier_adp * earlier_days < -rounding THEN 'impossible: fewer person-days than before'
    ELSE 'possible'
  END AS status
FROM followed
WHERE earlier_row IS NOT NULL
ORDER BY published_row ASC NULLS LAST
