-- missions: the missions of some days, each with its airports in order and what of it was withheld
SELECT row_id, CAST(epoch_us(CAST(mission_date AS TIMESTAMP)) AS BIGINT) AS day,
  CAST(mission_number AS VARCHAR) AS number, CAST(tail_number AS VARCHAR) AS tail_number,
  CAST(trunc(mission_passengers) AS BIGINT) AS passengers, coalesce(redactions, '') AS redactions,
  [start_airport, stop_1, stop_2, stop_3, stop_4, stop_5, stop_6, stop_7, stop_8, end_airport] AS stops
FROM mission_rows
WHERE mission_date IS NOT NULL AND epoch_us(CAST(mission_date AS TIMESTAMP)) >= $lo
  AND epoch_us(CAST(mission_date AS TIMESTAMP)) < $hi
ORDER BY row_id

-- manifests: the passengers of some days by mission, airports and whether they were removed, as a number at
-- least (without those struck from the list) and at most
SELECT release, CAST(epoch_us(CAST(mission_date AS TIMESTAMP)) AS BIGINT) // 86400000000 * 86400000000 AS day,
  coalesce(mission_id, mission_number) AS mission, upper(trim(pickup_airport)) AS pickup,
  upper(trim(dropoff_airport)) AS dropoff, upper(left(trim(coalesce(removal_or_transfer, '')), 1)) AS rt,
  CAST(sum(coalesce(passenger_count, 1)) AS BIGINT) AS most,
  CAST(sum(CASE WHEN upper(coalesce(strike_from_list, '')) IN ('', 'N', 'NO', 'FALSE', '0')
    THEN coalesce(passenger_count, 1) ELSE 0 END) AS BIGINT) AS least,
  min(row_id) AS first_row, count(*) AS n_rows
FROM passenger_rows
WHERE mission_date IS NOT NULL AND epoch_us(CAST(mission_date AS TIMESTAMP)) >= $lo
  AND epoch_us(CAST(mission_date AS TIMESTAMP)) < $hi
GROUP BY ALL
ORDER BY day, release, mission NULLS FIRST, pickup NULLS FIRST, dropoff NULLS FIRST, rt

-- moves: how many people left one facility and arrived at another at the same two times
SELECT from_facility_code, to_facility_code, left_at, arrived_at, count(*) AS n, min(from_row) AS from_row,
  min(to_row) AS to_row
FROM transfers
WHERE to_row IS NOT NULL AND left_at >= $lo AND left_at < $hi
GROUP BY ALL
ORDER BY left_at, arrived_at NULLS FIRST, from_facility_code NULLS FIRST, to_facility_code NULLS FIRST

-- removals: how many people were removed on a day to a country, or where none is said by citizenship
SELECT r.departed, r.departure_country,
  CASE WHEN r.departure_country IS NULL THEN w.citizenship_country END AS citizenship, count(*) AS n,
  min(r.row_id) AS first_row
FROM removals r
LEFT JOIN removal_rows w ON w.row_id = r.row_id
WHERE r.copy = 1 AND r.departed >= $lo AND r.departed < $hi
GROUP BY ALL
ORDER BY r.departed, r.departure_country NULLS FIRST, citizenship NULLS FIRST

-- facility_places: where each facility is, as most rows of lists give it, ties to the earliest
WITH said AS (
  SELECT detention_facility_code AS code, CAST(latitude AS DOUBLE) AS lat, CAST(longitude AS DOUBLE) AS lon,
    count(*) AS n, min(row_id) AS first_row
  FROM facility_rows
  WHERE detention_facility_code IS NOT NULL AND latitude IS NOT NULL AND longitude IS NOT NULL
  GROUP BY ALL
), chosen AS (
  SELECT *, row_number() OVER (PARTITION BY code ORDER BY n DESC, first_row) AS choice FROM said
)
SELECT code, lat, lon FROM chosen WHERE choice = 1 AND abs(lat) <= 90 AND abs(lon) <= 180 ORDER BY code
