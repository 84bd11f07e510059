-- facility_type: what headcounts count, grouped by the type of the facility, as facility lists give it
-- inputs: counted_spans, facilities
-- kept: view
SELECT s.*, f.type_detailed AS group_value
FROM counted_spans s
LEFT JOIN facilities f ON f.detention_facility_code = s.detention_facility_code
