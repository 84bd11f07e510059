-- ddp_places: where each facility is, as most lists say: of each attribute the value that most rows give,
-- ties to the earliest row
WITH said AS (
  SELECT detention_facility_code AS code, 'address' AS attribute, address AS said, row_id FROM facility_rows
  UNION ALL SELECT detention_facility_code, 'county', county, row_id FROM facility_rows
  UNION ALL SELECT detention_facility_code, 'zip', zip, row_id FROM facility_rows
  UNION ALL SELECT detention_facility_code, 'point', CAST(latitude AS VARCHAR) || ' '
    || CAST(longitude AS VARCHAR), row_id FROM facility_rows
),
votes AS (
  SELECT code, attribute, said, count(*) AS n, min(row_id) AS first_row
  FROM said WHERE code IS NOT NULL AND said IS NOT NULL
  GROUP BY code, attribute, said
),
chosen AS (
  SELECT *, row_number() OVER (PARTITION BY code, attribute ORDER BY n DESC, first_row) AS choice FROM votes
),
listed AS (
  SELECT code,
    max(said) FILTER (attribute = 'address') AS address, max(said) FILTER (attribute = 'county') AS county,
    max(said) FILTER (attribute = 'zip') AS zip, max(said) FILTER (attribute = 'point') AS point
  FROM chosen WHERE choice = 1 GROUP BY code
)
SELECT f.detention_facility_code AS code, f.detention_facility AS name, f.recorded_name,
  p.address, f.city, p.county, coalesce(t.abbreviation, f.state) AS state,
  coalesce(t.fips, a.fips) AS state_fips_code, p.zip,
  CAST(split_part(p.point, ' ', 1) AS DOUBLE) AS latitude,
  CAST(split_part(p.point, ' ', 2) AS DOUBLE) AS longitude
FROM facilities f
LEFT JOIN listed p ON p.code = f.detention_facility_code
LEFT JOIN ddp_states t ON t.name = f.state
LEFT JOIN ddp_states a ON a.abbreviation = f.state
