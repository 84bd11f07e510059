-- published_series: each published count of people by place and day once, where its source states it without
--   contradicting itself
-- inputs: published_figures, restated_rows
-- kept: table
--
-- Figures as in published_figures; of a figure that one source states more than once and alike the first row.
-- Those stated otherwise are in `repeated_figures` and not here. They lie by place: a page on one facility
-- reads its own.
SELECT row_id, source, series, what, at_place, day, published FROM (
  SELECT f.row_id, f.source, f.series, f.what, f.at_place, f.day, f.published
  FROM published_figures f
  LEFT JOIN restated_rows r ON r.row_id = f.row_id
  WHERE r.row_id IS NULL AND f.at_place IS NOT NULL AND f.day IS NOT NULL
  UNION ALL
  SELECT min(row_id) AS row_id, source, series, what, at_place, day, min(published) AS published
  FROM (SELECT f.* FROM published_figures f JOIN restated_rows r ON r.row_id = f.row_id) f
  WHERE at_place IS NOT NULL AND day IS NOT NULL
  GROUP BY source, series, what, at_place, day
  HAVING min(published) = max(published)
) stated
ORDER BY at_place ASC NULLS LAST, what ASC NULLS LAST, series ASC NULLS LAST, source ASC NULLS LAST,
  day ASC NULLS LAST, row_id ASC NULLS LAST
