-- facilities: every facility that a list or a row names by a code
SELECT detention_facility_code AS code, detention_facility AS name, city, state, type_detailed AS kind,
  CAST(coalesce(n_stints, 0) AS BIGINT) AS n_stints
FROM facilities WHERE detention_facility_code IS NOT NULL ORDER BY detention_facility_code
