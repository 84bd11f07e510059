-- state: what headcounts count, grouped by the state of the facility, as facility lists give it (null: no
--   list knows the code)
-- inputs: counted_spans, facilities
-- kept: view
SELECT s.*, f.state AS group_value
FROM counted_spans s
LEFT JOIN facilities f ON f.detention_facility_code = s.detention_facility_code
