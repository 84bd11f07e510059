-- counted: how many facilities there are
SELECT count(*) AS n FROM listed_facilities

-- listed: the facilities by their codes
SELECT * FROM listed_facilities ORDER BY detention_facility_code NULLS LAST LIMIT $limit OFFSET $offset
