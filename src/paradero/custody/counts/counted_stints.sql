-- counted_stints: what headcounts count, grouped by facility
-- inputs: counted_spans
-- kept: view
--
-- Other groupings (custody/groupings/) take the place of this one when a headcount is asked for by state,
-- citizenship, sex …
SELECT s.*, s.detention_facility_code AS group_value
FROM counted_spans s
