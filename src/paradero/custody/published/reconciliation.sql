-- reconciliation: how many published figures agree with the records, are explained, or contradict them
-- inputs: facility_day_comparisons, adp_comparisons, adp_intervals, series_comparisons, series_identities,
--   average_comparisons, repeated_figures
-- kept: table
--
-- One row per published source, definition, release and status. `what` is facility-day, average daily
-- population (year to date), or interval (an average de-cumulated between two workbooks), average and series
-- (an average beside published midnights), series (one published series against another, a row each, n the
-- figures compared) identity (what must hold within a series) or repeated figure (one that its source states
-- otherwise in another row). `example_row` is the earliest published row with that status; `paradero
-- reconcile` lists them all.
WITH outcomes AS (
  SELECT 'facility-day' AS what, source, release, definition, status, published_row, abs(difference) AS apart
    FROM facility_day_comparisons
  UNION ALL
  SELECT 'average daily population', source, release, definition, status, published_row, CAST(NULL AS BIGINT)
    FROM adp_comparisons
  UNION ALL
  SELECT 'interval', source, CAST(NULL AS STRING), CAST(NULL AS STRING), status, published_row,
    CAST(NULL AS BIGINT) FROM adp_intervals
  UNION ALL
  SELECT 'average and series', source, CAST(NULL AS STRING), other_series, status, published_row,
    CAST(round(abs(adp - series_average) * days) AS BIGINT)
  FROM average_comparisons
  UNION ALL
  SELECT 'identity', source, CAST(NULL AS STRING), CAST(NULL AS STRING), status, published_row,
    CAST(abs(residual) AS BIGINT) FROM series_identities
  WHERE NOT (status LIKE 'cannot be judged%')
  UNION ALL
  SELECT 'repeated figure', source, CAST(NULL AS STRING), series, status, published_row,
    CAST(round(abs(published - other_published)) AS BIGINT) FROM repeated_figures
)
SELECT what, source, release, definition, status, count(*) AS n, min(published_row) AS example_row,
  CAST(sum(apart) AS BIGINT) AS person_days_apart
FROM outcomes
GROUP BY what, source, release, definition, status
UNION ALL
SELECT 'series', source, CAST(NULL AS STRING), series, status, n, example_row, CAST(people_apart AS BIGINT)
  FROM series_comparisons WHERE is_best
ORDER BY what ASC NULLS LAST, source ASC NULLS LAST, release ASC NULLS LAST, definition ASC NULLS LAST,
  status ASC NULLS LAST
