-- counted_stints: the stints as headcounts count them, grouped by facility
-- inputs: stint_spans
-- kept: view
--
-- Other groupings (custody/groupings/) take the place of this one when a headcount is asked for by state, citizenship, sex …
SELECT s.*, s.detention_facility_code AS group_value
FROM stint_spans s
