-- stints: how many stints a release records at a facility and of how many people; rows that name no facility
-- may be of this one, exact copies of rows without a person id may be of somebody else
SELECT h.release, h.n_stints AS n_lo,
  h.n_stints + h.n_copies + coalesce(w.n_stints + w.n_copies, 0) AS n_hi, h.n_people AS n_with_id,
  h.n_without_id + h.n_copies + coalesce(w.n_stints + w.n_copies, 0) AS n_may_be_others,
  h.n_open_stints AS n_without_book_out, h.first_row
FROM facility_counts h
LEFT JOIN facility_counts w ON w.release = h.release AND w.detention_facility_code IS NULL
WHERE h.detention_facility_code = $facility AND h.n_stints > 0
ORDER BY h.release

-- lengths: how many stints at a facility were surely, and may have been, of each length
SELECT h.release, h.bin, h.n_lo, h.n_hi + coalesce(w.n_hi, 0) AS n_hi
FROM facility_lengths h
LEFT JOIN facility_lengths w ON w.release = h.release AND w.detention_facility_code IS NULL
  AND w.bin_no = h.bin_no
WHERE h.detention_facility_code = $facility
ORDER BY h.release, h.bin_no

-- deaths: the rows of a facility that may record a death: on leaving it (`is_of_stint`), with the stay that
-- surely ends there (`is_of_stay`), or with a stay whose end is not said to be elsewhere
WITH found AS (
  SELECT s.*, coalesce(here.kind, '') = 'death' AS is_of_stint,
    coalesce(stay.kind, '') = 'death' AS is_in_stay
  FROM facility_stints s
  LEFT JOIN reason_kinds here ON here.reason = s.detention_release_reason
  LEFT JOIN reason_kinds stay ON stay.reason = s.stay_release_reason
  WHERE s.detention_facility_code = $facility AND (s.person_no IS NULL OR NOT s.duplicate_exact)
    AND (coalesce(here.kind, '') = 'death' OR (coalesce(stay.kind, '') = 'death'
      AND coalesce(s.book_out = s.stay_book_out, TRUE)))
)
SELECT s.release, p.unique_identifier, s.row_id, coalesce(s.book_out, s.book_out_lo) AS left_at,
  s.detention_release_reason, s.stay_release_reason, s.duplicate_exact, s.is_of_stint,
  s.is_in_stay AND coalesce(s.book_out = s.stay_book_out, FALSE) AS is_of_stay
FROM found s
LEFT JOIN (
  SELECT person_no, unique_identifier FROM persons WHERE person_no IN (SELECT person_no FROM found)
) p ON p.person_no = s.person_no
ORDER BY s.release, left_at, s.row_id

-- untold: rows of a facility that do not say how the person left it, in words that are understood, and rows
-- that name no facility
SELECT release,
  CAST(coalesce(sum(n_without_reason) FILTER (detention_facility_code = $facility), 0) AS BIGINT)
    AS n_without_reason,
  CAST(coalesce(sum(n_not_understood) FILTER (detention_facility_code = $facility), 0) AS BIGINT)
    AS n_not_understood,
  CAST(coalesce(sum(n_rows) FILTER (detention_facility_code IS NULL), 0) AS BIGINT) AS n_nowhere
FROM facility_counts
GROUP BY release ORDER BY release

-- capacity: the stated capacities of facilities, or of one, and the most people counted there
SELECT detention_facility_code, counted_by, capacity, capacity_row, most, on_date, n_over, published_row,
  status
FROM capacity_comparisons WHERE $facility IS NULL OR detention_facility_code = $facility
ORDER BY most - capacity DESC, detention_facility_code, counted_by

-- without_capacity: how many facilities of the records no list states a capacity of
SELECT count(*) AS n FROM facilities f
WHERE NOT EXISTS (SELECT 1 FROM capacity_comparisons c
  WHERE c.detention_facility_code = f.detention_facility_code)

-- published: what others published of midnights at a facility, by day
SELECT series, source, row_id, date_of(day) AS day, published
FROM published_series WHERE at_place = $facility AND what = 'midnight'
ORDER BY series, source, day, row_id

-- names: the facilities of a release by code, with their names
SELECT detention_facility_code AS code, detention_facility AS name FROM facilities ORDER BY code
