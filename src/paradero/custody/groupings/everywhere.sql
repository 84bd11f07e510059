-- everywhere: the stints as headcounts count them, grouped by nothing: all facilities together
-- inputs: stint_spans
-- kept: view
SELECT s.*, 'everywhere' AS group_value
FROM stint_spans s
