-- repeated_figures: figures that one source publishes more than once for the same place and day (or average),
--   with different numbers
-- inputs: published_figures, restated_rows, facility_statistic_rows
-- kept: table
--
-- One row per row that states such a figure, with the first row of the source that states it otherwise.
-- `series` is the column, or `average` for the sum of the four averages that a workbook prints for a facility
-- (by sheet, fiscal year, name, city and state, in capitals). The source contradicts itself: neither number
-- is compared with anything.
WITH stated AS (
  SELECT f.row_id, f.source, f.series, f.at_place, f.day AS figure_day, f.day,
    CAST(f.published AS DOUBLE) AS published, f.at_place AS figure
  FROM published_figures f
  JOIN restated_rows r ON r.row_id = f.row_id
  WHERE f.at_place IS NOT NULL AND f.day IS NOT NULL
  UNION ALL
  SELECT row_id, source, 'average', name, 0, CAST(NULL AS BIGINT),
    male_crim + male_non_crim + female_crim + female_non_crim,
    coalesce(source_sheet, '') || '|' || coalesce(CAST(fiscal_year AS STRING), '') || '|' || upper(trim(name))
      || '|' || coalesce(upper(trim(city)), '') || '|'
      || coalesce(upper(trim(state)), '')
  FROM facility_statistic_rows WHERE name IS NOT NULL
),
differing AS (
  SELECT source, series, figure, figure_day FROM stated WHERE published IS NOT NULL
  GROUP BY source, series, figure, figure_day HAVING min(published) <> max(published)
),
kept AS (
  SELECT s.* FROM stated s
  JOIN differing d ON d.source = s.source AND d.series = s.series AND d.figure = s.figure
    AND d.figure_day = s.figure_day
  WHERE s.published IS NOT NULL
),
paired AS (
  SELECT a.row_id, a.source, a.series, a.at_place, a.day, a.figure, a.published, min(b.row_id) AS other_row
  FROM kept a
  JOIN kept b ON b.source = a.source AND b.series = a.series AND b.figure = a.figure
    AND b.figure_day = a.figure_day AND b.published <> a.published
  GROUP BY a.row_id, a.source, a.series, a.at_place, a.day, a.figure, a.published
)
SELECT p.row_id AS published_row, p.source, p.series, p.at_place, date_of(p.day) AS date, p.published,
  p.other_row, o.published AS other_published,
  'impossible: published twice, with different numbers' AS status
FROM paired p
JOIN kept o ON o.row_id = p.other_row AND o.series = p.series
ORDER BY published_row ASC NULLS LAST, series ASC NULLS LAST
