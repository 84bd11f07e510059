-- series_comparisons: series of published figures held against each other, as dated and moved by a day either
--   way
-- inputs: published_series, repeated_figures
-- kept: table
--
-- Two series of one `what` (midnight, or any part of the day) are compared place by place where both have a
-- figure and not both are 0. Facilities added up are a series of `everywhere` too, for midnights (a day can
-- have one person at two places), but for days of which the source states a facility's figure otherwise too.
-- `shift` is by how many days the other series is moved: 0 as both say what they count, 1 where the other's
-- midnight of day d is compared with this one's of day d + 1. `is_best`: with this shift they are least apart
-- (ties to the smaller move, then to -1). `status`: of the best shift `agrees` (all equal) or `differs`, with
-- `: a day later` or `: a day earlier` where it is not 0; else `not the best shift`. `example_row` is the
-- first row of this series where the two differ.
WITH added_up AS (
  SELECT min(p.row_id) AS row_id, p.source, p.series || ', added up' AS series, p.what,
    'everywhere' AS at_place, p.day, CAST(sum(p.published) AS DOUBLE) AS published
  FROM published_series p
  LEFT JOIN (SELECT DISTINCT source, series, date FROM repeated_figures) c ON c.source = p.source
    AND c.series = p.series AND c.date = date_of(p.day)
  WHERE p.what = 'midnight' AND p.at_place <> 'everywhere' AND c.source IS NULL
  GROUP BY p.source, p.series, p.what, p.day
),
series AS (
  SELECT source, series, what, at_place = 'everywhere' AS is_national, max(day) AS last_day,
    min(day) AS first_day FROM published_series
  GROUP BY source, series, what, at_place = 'everywhere'
  UNION ALL
  SELECT source, series, what, TRUE, max(day), min(day) FROM added_up GROUP BY source, series, what
),
pairs AS (
  SELECT a.source, a.series, b.source AS other_source, b.series AS other_series, a.what, a.is_national
  FROM series a
  JOIN series b ON b.what = a.what AND b.is_national = a.is_national
    AND (a.source < b.source OR (a.source = b.source AND a.series < b.series))
    AND b.first_day <= a.last_day + 1 AND b.last_day >= a.first_day - 1
),
stated AS (
  -- only what is compared with anything
  SELECT p.row_id, p.source, p.series, p.at_place, p.day, CAST(p.published AS DOUBLE) AS published
  FROM published_series p
  JOIN (SELECT source, series FROM pairs UNION SELECT other_source, other_series FROM pairs) w
    ON w.source = p.source AND w.series = p.series
  UNION ALL
  SELECT row_id, source, series, at_place, day, published FROM added_up
),
shifts AS (
  SELECT *, explode(sequence(CAST(-1 AS BIGINT), CAST(1 AS BIGINT))) AS shift FROM pairs
),
compared AS (
  SELECT p.source, p.series, p.other_source, p.other_series, p.what, p.shift, count(*) AS n,
    count(CASE WHEN a.published = b.published THEN 1 END) AS n_equal,
    sum(abs(a.published - b.published)) AS people_apart, min(a.day) AS first_day, max(a.day) AS last_day,
    min(CASE WHEN a.published <> b.published THEN a.row_id END) AS example_row
  FROM shifts p
  JOIN stated a ON a.source = p.source AND a.series = p.series AND (a.at_place = 'everywhere') = p.is_national
  JOIN stated b ON b.source = p.other_source AND b.series = p.other_series AND b.at_place = a.at_place
    AND b.day = a.day - p.shift
  WHERE a.published > 0 OR b.published > 0
  GROUP BY p.source, p.series, p.other_source, p.other_series, p.what, p.shift
),
ranked AS (
  SELECT *, row_number() OVER (
    PARTITION BY source, series, other_source, other_series
      ORDER BY people_apart / n ASC NULLS LAST, abs(shift) ASC NULLS LAST, shift ASC NULLS LAST
  ) AS rank_no
  FROM compared
)
SELECT source, series, other_source, other_series, what, shift, date_of(first_day) AS first_date,
  date_of(last_day) AS last_date, n, n_equal, people_apart,
  rank_no = 1 AS is_best,
  CASE WHEN rank_no > 1 THEN 'not the best shift'
    ELSE CASE WHEN n_equal = n THEN 'agrees' ELSE 'differs' END || CASE shift WHEN 1 THEN ': a day later'
      WHEN -1 THEN ': a day earlier' ELSE '' END END AS status,
  example_row
FROM ranked
ORDER BY source ASC NULLS FIRST, series ASC NULLS FIRST, other_source ASC NULLS FIRST,
  other_series ASC NULLS FIRST, shift ASC NULLS FIRST
