-- per_diem_days: what the people held on the day of a list come to at the per diem that it states
-- inputs: facility_terms, headcounts
-- kept: view
--
-- One row per per diem of a list with a date and each release whose headcount (definition `ddp-midnight`) of
-- the facility on that day is known: `n_lo` to `n_hi` people, and `dollars_lo` to `dollars_hi` for them.
-- With a guaranteed minimum in the same row (`guaranteed`) the facility is paid for no fewer than that:
-- `guaranteed_lo`, `guaranteed_hi`. One day alone: a list does not say since when its rate holds, nor until
-- when. What is paid besides (transport, medical care, steps of a rate) is not in it.
WITH rates AS (
  SELECT p.row_id, p.detention_facility_code, p.value AS per_diem, p.listed_lo, g.value AS guaranteed
  FROM facility_terms p
  LEFT JOIN facility_terms g ON g.row_id = p.row_id AND g.term = 'guaranteed minimum'
  WHERE p.term = 'per diem' AND p.value IS NOT NULL AND day_of(p.listed_lo) = day_of(p.listed_hi)
)
SELECT r.row_id, r.detention_facility_code, r.listed_lo, h.release, r.per_diem, r.guaranteed, h.n_lo, h.n_hi,
  h.n_lo * r.per_diem AS dollars_lo, h.n_hi * r.per_diem AS dollars_hi,
  CASE WHEN r.guaranteed IS NOT NULL THEN greatest(CAST(h.n_lo AS DOUBLE), r.guaranteed) * r.per_diem
    END AS guaranteed_lo,
  CASE WHEN r.guaranteed IS NOT NULL THEN greatest(CAST(h.n_hi AS DOUBLE), r.guaranteed) * r.per_diem
    END AS guaranteed_hi
FROM rates r
JOIN headcounts h ON h.group_value = r.detention_facility_code AND h.definition = 'ddp-midnight'
  AND day_number(h.date) = day_of(r.listed_lo)
