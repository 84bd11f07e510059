-- facilities: the facilities, as listed and as recorded
SELECT * FROM facilities ORDER BY detention_facility_code

-- operators: who operates a facility, as rows of lists name them
SELECT row_id, detention_facility_code AS code, operator AS name FROM facility_rows
WHERE operator IS NOT NULL AND detention_facility_code IS NOT NULL ORDER BY row_id

-- owners: who owns a facility, as rows of lists name them
SELECT row_id, detention_facility_code AS code, owner AS name FROM facility_rows
WHERE owner IS NOT NULL AND detention_facility_code IS NOT NULL ORDER BY row_id

-- missions: the vendors of missions and the aircraft they flew with, each pair with its first and last day
SELECT vendor, tail_number, min(mission_date) AS first_day, max(mission_date) AS last_day, count(*) AS n,
  array_agg(row_id ORDER BY row_id) AS found
FROM mission_rows
WHERE vendor IS NOT NULL AND tail_number IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2
