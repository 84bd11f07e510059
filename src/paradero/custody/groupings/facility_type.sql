-- facility_type: the stints as headcounts count them, grouped by the type of the facility, as facility lists give it
-- inputs: stint_spans, facilities
-- kept: view
SELECT s.*, f.type_detailed AS group_value
FROM stint_spans s
LEFT JOIN facilities f ON f.detention_facility_code = s.detention_facility_code
