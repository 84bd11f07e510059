-- facility_names: which code a facility's printed name stands for, where it stands for one
-- inputs: facility_rows, detention_rows
-- kept: view
--
-- Names in capitals, trimmed, from lists and detention rows. A name that detention rows give to one code
-- stands for that code even if lists know others. `n_codes` above 1: the name does not tell.
WITH spelt AS (
  SELECT upper(trim(detention_facility)) AS plain_name, detention_facility_code, TRUE AS recorded
    FROM detention_rows
  WHERE detention_facility IS NOT NULL AND detention_facility_code IS NOT NULL
  UNION
  SELECT upper(trim(detention_facility)), detention_facility_code, FALSE FROM facility_rows
  WHERE detention_facility IS NOT NULL AND detention_facility_code IS NOT NULL
),
counted AS (
  SELECT plain_name, count(DISTINCT CASE WHEN recorded THEN detention_facility_code END) AS n_recorded,
    count(DISTINCT detention_facility_code) AS n_all,
    max(CASE WHEN recorded THEN detention_facility_code END) AS recorded_code,
      max(detention_facility_code) AS any_code
  FROM spelt GROUP BY plain_name
)
SELECT plain_name, CASE WHEN n_recorded > 0 THEN n_recorded ELSE n_all END AS n_codes,
  coalesce(recorded_code, any_code) AS detention_facility_code
FROM counted
