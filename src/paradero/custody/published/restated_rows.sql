-- restated_rows: published rows that share their source, place and day with another row
-- inputs: facility_day_rows, national_day_rows
-- kept: table
--
-- The few rows of which some figure may be stated more than once: alike (published_series has it once) or
-- otherwise (repeated_figures).
WITH stated AS (
  SELECT row_id, source, detention_facility_code AS at_place, us_of(date) AS date_us FROM facility_day_rows
    WHERE detention_facility_code IS NOT NULL
  UNION ALL
  SELECT row_id, source, 'everywhere', us_of(date) FROM national_day_rows
),
several AS (
  SELECT source, at_place, date_us FROM stated WHERE date_us IS NOT NULL GROUP BY source, at_place, date_us
    HAVING count(*) > 1
)
SELECT s.row_id
FROM stated s
JOIN several m ON m.source = s.source AND m.at_place = s.at_place AND m.date_us = s.date_us
ORDER BY s.row_id ASC NULLS LAST
