-- headcount_groups: the groups that headcounts are counted in, numbered
-- inputs: counted_stints
-- kept: view
--
-- `group_no` rises with `group_value`; the rows that do not say their group (null) come first.
SELECT group_value, row_number() OVER (ORDER BY group_value ASC NULLS FIRST) AS group_no
FROM (SELECT DISTINCT group_value FROM counted_stints) g
