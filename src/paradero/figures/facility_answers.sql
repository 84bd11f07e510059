-- stints: how many stints a release records at a facility and of how many people; rows that name no facility
-- (`n_nowhere`) may be of this one
SELECT release, count(*) FILTER (detention_facility_code = $facility) AS n_lo,
  count(*) FILTER (detention_facility_code = $facility OR detention_facility_code IS NULL) AS n_hi,
  count(DISTINCT unique_identifier) FILTER (detention_facility_code = $facility) AS n_with_id,
  count(*) FILTER (detention_facility_code IS NULL
    OR (detention_facility_code = $facility AND unique_identifier IS NULL)) AS n_may_be_others,
  count(*) FILTER (detention_facility_code = $facility AND book_out IS NULL) AS n_without_book_out,
  min(row_id) FILTER (detention_facility_code = $facility) AS first_row
FROM stint_lengths
GROUP BY release HAVING count(*) FILTER (detention_facility_code = $facility) > 0 ORDER BY release

-- lengths: how many stints at a facility were surely, and may have been, of each length
WITH bins(bin, place, from_us, until_us) AS (
  VALUES ('under-12-h', 1, 0, 43200000000), ('12-to-24-h', 2, 43200000000, 86400000000),
    ('1-to-3-days', 3, 86400000000, 259200000000), ('3-to-7-days', 4, 259200000000, 604800000000),
    ('7-to-30-days', 5, 604800000000, 2592000000000),
    ('30-days-or-more', 6, 2592000000000, 9223372036854775807),
    ('a-day-or-more', 7, 86400000000, 9223372036854775807)
)
SELECT l.release, b.bin,
  count(*) FILTER (l.detention_facility_code IS NOT NULL
    AND l.length_lo_us >= b.from_us AND l.length_hi_us < b.until_us) AS n_lo,
  count(*) FILTER (coalesce(l.length_lo_us, 0) < b.until_us
    AND (l.length_hi_us IS NULL OR l.length_hi_us >= b.from_us)) AS n_hi
FROM stint_lengths l CROSS JOIN bins b
WHERE l.detention_facility_code = $facility OR l.detention_facility_code IS NULL
GROUP BY l.release, b.bin, b.place
HAVING count(*) FILTER (l.detention_facility_code IS NOT NULL) > 0
ORDER BY l.release, b.place

-- deaths: the rows of a facility that say of the person that they died: on leaving it, or with the stay
-- that ends there
SELECT s.release, p.unique_identifier, s.row_id, s.book_out AS left_at, s.detention_release_reason,
  s.stay_release_reason, coalesce(here.kind, '') = 'death' AS is_of_stint
FROM stint_spans s
LEFT JOIN persons p ON p.person_no = s.person_no
LEFT JOIN reason_kinds here ON here.reason = s.detention_release_reason
LEFT JOIN reason_kinds stay ON stay.reason = s.stay_release_reason
WHERE s.detention_facility_code = $facility AND NOT s.duplicate_exact
  AND (coalesce(here.kind, '') = 'death' OR (coalesce(stay.kind, '') = 'death'
    AND coalesce(s.book_out = s.stay_book_out, s.book_out IS NULL)))
ORDER BY s.release, s.book_out, s.row_id

-- untold: rows of a facility that do not say how the person left it, and rows that name no facility
SELECT release, count(*) FILTER (detention_facility_code = $facility
    AND detention_release_reason IS NULL) AS n_without_reason,
  count(*) FILTER (detention_facility_code IS NULL) AS n_nowhere
FROM stint_spans GROUP BY release ORDER BY release

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
