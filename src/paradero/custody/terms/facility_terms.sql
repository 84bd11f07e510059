-- facility_terms: what lists of facilities state of capacity, guaranteed minimum, per diem, contract,
--   authorization and inspections, each with the days for which the row states it
-- inputs: facility_rows
-- kept: table
--
-- One row per row of a list and thing that it states. `term`: `capacity` (people), `guaranteed minimum`
-- (people), `per diem` (dollars for a person and day), `contract`, `authorization`, `last inspection`,
-- `previous inspection`, `next inspection`. `value` is the number, `said` the words (a rating, an
-- authorization), `standard` the standard of an inspection. `from_lo`, `to_hi`: for which time the row
-- states it. A contract from its beginning to its expiry, both days included (a side that is not stated is
-- null); an inspection on its day; all else on the day of the list (`listed_lo` to `listed_hi`), and on no
-- other: lists do not say since when, nor until when. Both are null where the list has no date. `why`: why
-- the number is missing where the list has the column and the cell is not blank (`withheld`; `unreadable`:
-- AS NEEDED, rates in steps, Not ICE Funded, each in the rejects as printed). A blank cell states nothing
-- and has no row.
WITH listed AS (
  SELECT *, us_of(coalesce(list_date, list_date_lo)) AS listed_lo,
    day_hi(us_of(coalesce(list_date, list_date_hi))) AS listed_hi
  FROM facility_rows
),
said AS (
  SELECT row_id, release, source, detention_facility_code, detention_facility, listed_lo, listed_hi,
    'capacity' AS term, CAST(capacity AS DOUBLE) AS value, CAST(NULL AS STRING) AS said,
    CAST(NULL AS STRING) AS standard, listed_lo AS from_lo, listed_hi AS to_hi, capacity_why_missing AS why
  FROM listed
  WHERE capacity IS NOT NULL OR capacity_why_missing IN ('withheld', 'unreadable')
  UNION ALL
  SELECT row_id, release, source, detention_facility_code, detention_facility, listed_lo, listed_hi,
    'guaranteed minimum', CAST(guaranteed_minimum AS DOUBLE), CAST(NULL AS STRING), CAST(NULL AS STRING),
    listed_lo, listed_hi, guaranteed_minimum_why_missing
  FROM listed
  WHERE guaranteed_minimum IS NOT NULL OR guaranteed_minimum_why_missing IN ('withheld', 'unreadable')
  UNION ALL
  SELECT row_id, release, source, detention_facility_code, detention_facility, listed_lo, listed_hi,
    'per diem', CAST(per_diem AS DOUBLE), CAST(NULL AS STRING), CAST(NULL AS STRING), listed_lo, listed_hi,
    per_diem_why_missing
  FROM listed
  WHERE per_diem IS NOT NULL OR per_diem_why_missing IN ('withheld', 'unreadable')
  UNION ALL
  SELECT row_id, release, source, detention_facility_code, detention_facility, listed_lo, listed_hi,
    'contract', CAST(NULL AS DOUBLE), CAST(NULL AS STRING), inspection_standard_owed,
    us_of(coalesce(contract_begin, contract_begin_lo)),
    day_hi(us_of(coalesce(contract_expiry, contract_expiry_hi))), CAST(NULL AS STRING)
  FROM listed
  WHERE coalesce(contract_begin, contract_begin_lo, contract_expiry, contract_expiry_lo) IS NOT NULL
  UNION ALL
  SELECT row_id, release, source, detention_facility_code, detention_facility, listed_lo, listed_hi,
    'authorization', CAST(NULL AS DOUBLE), authorization_status, CAST(NULL AS STRING), listed_lo, listed_hi,
    CAST(NULL AS STRING)
  FROM listed
  WHERE authorization_status IS NOT NULL
  UNION ALL
  SELECT row_id, release, source, detention_facility_code, detention_facility, listed_lo, listed_hi,
    'last inspection', CAST(NULL AS DOUBLE), last_inspection_rating, last_inspection_standard,
    us_of(coalesce(last_inspection_date, last_inspection_date_lo)),
    day_hi(us_of(coalesce(last_inspection_date, last_inspection_date_hi))),
    CASE WHEN last_inspection_date_why_missing IN ('withheld', 'unreadable')
      THEN last_inspection_date_why_missing END
  FROM listed
  WHERE coalesce(last_inspection_date, last_inspection_date_lo) IS NOT NULL
    OR last_inspection_rating IS NOT NULL
  UNION ALL
  SELECT row_id, release, source, detention_facility_code, detention_facility, listed_lo, listed_hi,
    'previous inspection', CAST(NULL AS DOUBLE), previous_inspection_rating, previous_inspection_standard,
    us_of(coalesce(previous_inspection_date, previous_inspection_date_lo)),
    day_hi(us_of(coalesce(previous_inspection_date, previous_inspection_date_hi))),
    CASE WHEN previous_inspection_date_why_missing IN ('withheld', 'unreadable')
      THEN previous_inspection_date_why_missing END
  FROM listed
  WHERE coalesce(previous_inspection_date, previous_inspection_date_lo) IS NOT NULL
    OR previous_inspection_rating IS NOT NULL
  UNION ALL
  SELECT row_id, release, source, detention_facility_code, detention_facility, listed_lo, listed_hi,
    'next inspection', CAST(NULL AS DOUBLE), CAST(NULL AS STRING), CAST(NULL AS STRING),
    us_of(coalesce(next_inspection_date, next_inspection_date_lo)),
    day_hi(us_of(coalesce(next_inspection_date, next_inspection_date_hi))), CAST(NULL AS STRING)
  FROM listed
  WHERE coalesce(next_inspection_date, next_inspection_date_lo) IS NOT NULL
)
SELECT row_id, release, source, detention_facility_code, detention_facility, term, value, said, standard,
  from_lo, to_hi, why, listed_lo, listed_hi
FROM said
ORDER BY row_id ASC NULLS LAST, term ASC NULLS LAST
