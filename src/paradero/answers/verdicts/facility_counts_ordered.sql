-- The verdicts of all rules by facility, in the order in which they are kept.
SELECT * FROM counted_at_facilities
ORDER BY detention_facility_code, rule, version NULLS LAST, construction NULLS LAST
