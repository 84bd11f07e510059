-- state: the stints as headcounts count them, grouped by the state of the facility, as facility lists give it (null: no list knows the code)
-- inputs: stint_spans, facilities
-- kept: view
SELECT s.*, f.state AS group_value
FROM stint_spans s
LEFT JOIN facilities f ON f.detention_facility_code = s.detention_facility_code
