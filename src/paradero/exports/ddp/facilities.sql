-- ddp_facilities: one row a facility, with what lists say of its place and how many it held in the last 365
-- days of the facility-day populations
WITH last_year AS (
  SELECT p.detention_facility_code AS code, CAST(count(*) FILTER (n_detained >= 1) AS INTEGER) AS days_daily,
    CAST(count(*) FILTER (n_detained_at_midnight >= 1) AS INTEGER) AS days_midnight,
    avg(n_detained) AS daily, avg(n_detained_at_midnight) AS midnight, max(n_detained) AS most_daily,
    max(n_detained_at_midnight) AS most_midnight
  FROM ddp_facility_days p, ddp_window w
  WHERE p.date > w.last_day - 365
  GROUP BY p.detention_facility_code
)
SELECT p.code AS detention_facility_code, p.name, p.address, p.city, p.county,
  CAST(NULL AS VARCHAR) AS county_fips_code, CAST(NULL AS VARCHAR) AS core_based_statistical_area,
  CAST(NULL AS VARCHAR) AS core_based_statistical_area_code,
  CAST(NULL AS VARCHAR) AS core_based_statistical_area_type,
  CAST(NULL AS VARCHAR) AS combined_statistical_area, CAST(NULL AS VARCHAR) AS combined_statistical_area_code,
  p.state, p.state_fips_code, p.zip,
  p.address || ', ' || p.city || ', ' || p.state || ' ' || p.zip AS address_full, p.latitude, p.longitude,
  CAST(NULL AS VARCHAR) AS field_office, CAST(NULL AS VARCHAR) AS federal_court_district_of_confinement,
  CAST(NULL AS VARCHAR) AS federal_court_circuit_of_confinement,
  y.days_daily AS days_with_detentions_daily_last_year,
  y.days_midnight AS days_with_detentions_midnight_last_year,
  y.daily AS average_daily_population_last_year, y.midnight AS average_midnight_population_last_year,
  y.most_daily AS max_daily_population_last_year, y.most_midnight AS max_midnight_population_last_year
FROM ddp_places p
LEFT JOIN last_year y ON y.code = p.code
ORDER BY p.name ASC NULLS LAST, p.code
