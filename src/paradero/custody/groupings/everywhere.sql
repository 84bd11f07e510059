-- everywhere: what headcounts count, grouped by nothing: all facilities together
-- inputs: counted_spans
-- kept: view
SELECT s.*, 'everywhere' AS group_value
FROM counted_spans s
