-- area_of_responsibility: what headcounts count, grouped by the field office (area of responsibility) of the
--   facility, as facility lists give it
-- inputs: counted_spans, facilities
-- kept: view
SELECT s.*, f.area_of_responsibility AS group_value
FROM counted_spans s
LEFT JOIN facilities f ON f.detention_facility_code = s.detention_facility_code
