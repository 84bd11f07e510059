-- facilities: every facility that a list or a row names by a code
SELECT detention_facility_code AS code, detention_facility AS name, city, state, type_detailed AS kind,
  CAST(coalesce(n_stints, 0) AS BIGINT) AS n_stints
FROM facilities WHERE detention_facility_code IS NOT NULL ORDER BY detention_facility_code

-- map_places: where lists say that facilities are; `apart` is how many degrees their rows lie apart
SELECT r.detention_facility_code AS code, min(f.detention_facility) AS name,
  median(r.latitude) AS lat, median(r.longitude) AS lon,
  greatest(max(r.latitude) - min(r.latitude), max(r.longitude) - min(r.longitude)) AS apart
FROM facility_rows r
LEFT JOIN facilities f ON f.detention_facility_code = r.detention_facility_code
WHERE r.detention_facility_code IS NOT NULL AND r.latitude BETWEEN -90 AND 90
  AND r.longitude BETWEEN -180 AND 180
GROUP BY ALL ORDER BY code

-- map_days: the last day of each month that each release counts people on, of the days that it looks at: a
--   definition may count days before its first event, or after its end
SELECT h.release, max(CAST(h.date AS DATE)) AS day
FROM headcounts h JOIN releases r ON r.release = h.release
WHERE h.definition = 'ddp-midnight'
  AND day_number(CAST(h.date AS DATE)) BETWEEN day_of(r.first_event) AND day_of(r.released_at)
GROUP BY h.release, date_trunc('month', h.date) ORDER BY h.release, day

-- map_counts: people at the midnight that ends a day by facility, without those of whom no row says where
SELECT group_value AS code, CAST(n_lo AS BIGINT) AS lo,
  CAST(n_hi - hi_less_lo_place_unknown AS BIGINT) AS hi, CAST(hi_less_lo_place_unknown AS BIGINT) AS nowhere
FROM headcounts
WHERE definition = 'ddp-midnight' AND release = $release AND CAST(date AS DATE) = CAST($day AS DATE)
  AND group_value IS NOT NULL
ORDER BY code

-- map_routes: transfers that left in the month of a day, by route: with both rows, and all that may be
SELECT from_facility_code AS origin, to_facility_code AS goal,
  CAST(count(*) FILTER (WHERE status IN ('signed', 'late', 'early')) AS BIGINT) AS lo,
  CAST(count(*) AS BIGINT) AS hi
FROM transfers
WHERE release = $release AND from_facility_code IS NOT NULL AND to_facility_code IS NOT NULL
  AND date_trunc('month', make_timestamp(left_at)) = date_trunc('month', CAST($day AS DATE))
GROUP BY ALL ORDER BY hi DESC, lo DESC, origin, goal
