-- persons: one row per person and release, numbered
-- inputs: detention_rows, arrest_rows, removal_rows
-- kept: table
--
-- `unique_identifier` is the release's own pseudonymous id; ids of different releases are different people
-- until linked. `person_no` numbers them in the order of release and id and is only a short name for joins:
-- it changes when sources are added.
WITH ids AS (
  SELECT release, unique_identifier FROM detention_rows WHERE unique_identifier IS NOT NULL
  UNION
  SELECT release, unique_identifier FROM arrest_rows WHERE unique_identifier IS NOT NULL
  UNION
  SELECT release, unique_identifier FROM removal_rows WHERE unique_identifier IS NOT NULL
)
SELECT row_number() OVER (ORDER BY release ASC NULLS FIRST, unique_identifier ASC NULLS FIRST) AS person_no,
  release, unique_identifier
FROM ids
ORDER BY person_no ASC NULLS LAST
