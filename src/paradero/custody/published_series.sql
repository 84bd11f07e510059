-- published_series: each published count of people by place and day once, where its source states it without contradicting itself
-- inputs: published_figures
-- kept: view
--
-- Figures as in published_figures; of a figure that one source states more than once and alike the first row. Those stated otherwise are in `repeated_figures` and not here.
SELECT min(row_id) AS row_id, source, series, what, at_place, day, min(published) AS published
FROM published_figures
WHERE at_place IS NOT NULL AND day IS NOT NULL
GROUP BY source, series, what, at_place, day
HAVING min(published) = max(published)
