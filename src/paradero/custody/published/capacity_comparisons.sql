-- capacity_comparisons: stated capacities beside the most people at one midnight, by the records and as
--   others printed it
-- inputs: facility_rows, facilities, headcounts, published_series, facility_statistic_rows, facility_names,
--   repeated_figures
-- kept: table
--
-- One row per facility with a stated capacity (the highest that any list states, `capacity_row`) and each
-- count of people there: `records` (ddp-midnight: n_lo, what the record shows), `published midnights`,
-- `published average` (the average daily population of a workbook). `most` is the greatest of them,
-- `on_date` the first day of it, `n_over` on how many days it was above. `status`: `above`, `not above` (by
-- these figures: a list states its capacity for its own day, `capacity_on`, where it has one). Figures that
-- their source states otherwise too are left out.
WITH stated AS (
  SELECT detention_facility_code AS code, max(capacity) AS capacity FROM facility_rows
    WHERE capacity > 0 AND detention_facility_code IS NOT NULL
  GROUP BY detention_facility_code
),
cited AS (
  SELECT s.code, s.capacity, min(f.row_id) AS capacity_row
  FROM stated s
  JOIN facility_rows f ON f.detention_facility_code = s.code AND f.capacity = s.capacity
  GROUP BY s.code, s.capacity
),
counted AS (
  SELECT group_value AS code, 'records: ' || release AS counted_by, CAST(n_lo AS DOUBLE) AS people,
    date AS on_date, CAST(NULL AS BIGINT) AS published_row
  FROM headcounts WHERE definition = 'ddp-midnight' AND n_lo > 0
  UNION ALL
  SELECT at_place, 'published midnights: ' || series || ' of ' || source, CAST(published AS DOUBLE),
    date_of(day), row_id
  FROM published_series WHERE what = 'midnight' AND published > 0
  UNION ALL
  SELECT n.detention_facility_code, 'published average: ' || w.source,
    w.male_crim + w.male_non_crim + w.female_crim + w.female_non_crim, CAST(NULL AS DATE), w.row_id
  FROM facility_statistic_rows w
  JOIN facility_names n ON n.plain_name = upper(trim(w.name)) AND n.n_codes = 1
  LEFT JOIN (SELECT published_row FROM repeated_figures WHERE series = 'average') c
    ON c.published_row = w.row_id
  WHERE c.published_row IS NULL
),
beside AS (
  SELECT c.code, c.capacity, c.capacity_row, o.counted_by, max(o.people) AS most,
    count(CASE WHEN o.people > c.capacity THEN 1 END) AS n_over,
    min(CASE WHEN o.people > c.capacity THEN o.on_date END) AS first_over
  FROM cited c
  JOIN counted o ON o.code = c.code
  WHERE o.people IS NOT NULL
  GROUP BY c.code, c.capacity, c.capacity_row, o.counted_by
),
dated AS (
  SELECT b.code, b.counted_by, min(o.on_date) AS on_date, min(o.published_row) AS published_row
  FROM beside b
  JOIN counted o ON o.code = b.code AND o.counted_by = b.counted_by AND o.people = b.most
  GROUP BY b.code, b.counted_by
)
SELECT b.code AS detention_facility_code, f.detention_facility, b.capacity, b.capacity_row,
  date_of(day_of(us_of(l.list_date))) AS capacity_on, b.counted_by,
  b.most, d.on_date, b.n_over, b.first_over,
  b.most - b.capacity AS over_by, d.published_row,
    CASE WHEN b.most > b.capacity THEN 'above' ELSE 'not above' END AS status
FROM beside b
JOIN dated d ON d.code = b.code AND d.counted_by = b.counted_by
LEFT JOIN facilities f ON f.detention_facility_code = b.code
LEFT JOIN facility_rows l ON l.row_id = b.capacity_row
ORDER BY b.code ASC NULLS LAST, b.counted_by ASC NULLS LAST
