-- stints: how many stints a release records at a facility and of how many people; rows that name no facility
-- may be of this one, exact copies of rows without a person id may be of somebody else
WITH copies AS (
  SELECT release, count(*) AS n FROM stint_spans
  WHERE person_no IS NULL AND duplicate_exact
    AND (detention_facility_code = $facility OR detention_facility_code IS NULL)
  GROUP BY release
),
counted AS (
  SELECT release, count(*) FILTER (detention_facility_code = $facility) AS n_lo,
    count(*) FILTER (detention_facility_code = $facility OR detention_facility_code IS NULL) AS n_here,
    count(DISTINCT unique_identifier) FILTER (detention_facility_code = $facility) AS n_with_id,
    count(*) FILTER (detention_facility_code IS NULL
      OR (detention_facility_code = $facility AND unique_identifier IS NULL)) AS n_others,
    count(*) FILTER (detention_facility_code = $facility AND book_out IS NULL
      AND book_out_why IS DISTINCT FROM 'day_or_month') AS n_without_book_out,
    min(row_id) FILTER (detention_facility_code = $facility) AS first_row
  FROM stint_lengths GROUP BY release
)
SELECT c.release, c.n_lo, c.n_here + coalesce(k.n, 0) AS n_hi, c.n_with_id,
  c.n_others + coalesce(k.n, 0) AS n_may_be_others, c.n_without_book_out, c.first_row
FROM counted c
LEFT JOIN copies k ON k.release = c.release
WHERE c.n_lo > 0
ORDER BY c.release

-- lengths: how many stints at a facility were surely, and may have been, of each length
WITH bins(bin, place, from_us, until_us) AS (
  VALUES ('under-12-h', 1, 0, 43200000000), ('12-to-24-h', 2, 43200000000, 86400000000),
    ('1-to-3-days', 3, 86400000000, 259200000000), ('3-to-7-days', 4, 259200000000, 604800000000),
    ('7-to-30-days', 5, 604800000000, 2592000000000),
    ('30-days-or-more', 6, 2592000000000, 9223372036854775807),
    ('a-day-or-more', 7, 86400000000, 9223372036854775807)
),
copies AS (
  SELECT release, detention_facility_code, book_in, book_out, count(*) AS n FROM stint_spans
    WHERE person_no IS NULL AND duplicate_exact
  GROUP BY ALL
),
counted AS (
  SELECT l.release, l.detention_facility_code, l.length_lo_us, l.length_hi_us, 1 + coalesce(k.n, 0) AS n_hi
  FROM stint_lengths l
  LEFT JOIN copies k ON l.unique_identifier IS NULL AND k.release = l.release
    AND k.detention_facility_code IS NOT DISTINCT FROM l.detention_facility_code
    AND k.book_in IS NOT DISTINCT FROM l.book_in AND k.book_out IS NOT DISTINCT FROM l.book_out
  WHERE l.detention_facility_code = $facility OR l.detention_facility_code IS NULL
)
SELECT l.release, b.bin,
  count(*) FILTER (l.detention_facility_code IS NOT NULL
    AND l.length_lo_us >= b.from_us AND l.length_hi_us < b.until_us) AS n_lo,
  CAST(coalesce(sum(l.n_hi) FILTER (coalesce(l.length_lo_us, 0) < b.until_us
    AND (l.length_hi_us IS NULL OR l.length_hi_us >= b.from_us)), 0) AS BIGINT) AS n_hi
FROM counted l CROSS JOIN bins b
GROUP BY l.release, b.bin, b.place
HAVING count(*) FILTER (l.detention_facility_code IS NOT NULL) > 0
ORDER BY l.release, b.place

-- deaths: the rows of a facility that may record a death: on leaving it (`is_of_stint`), with the stay that
-- surely ends there (`is_of_stay`), or with a stay whose end is not said to be elsewhere
SELECT s.release, p.unique_identifier, s.row_id, coalesce(s.book_out, s.book_out_lo) AS left_at,
  s.detention_release_reason, s.stay_release_reason, s.duplicate_exact,
  coalesce(here.kind, '') = 'death' AS is_of_stint,
  coalesce(stay.kind, '') = 'death' AND coalesce(s.book_out = s.stay_book_out, FALSE) AS is_of_stay
FROM stint_spans s
LEFT JOIN persons p ON p.person_no = s.person_no
LEFT JOIN reason_kinds here ON here.reason = s.detention_release_reason
LEFT JOIN reason_kinds stay ON stay.reason = s.stay_release_reason
WHERE s.detention_facility_code = $facility AND (s.person_no IS NULL OR NOT s.duplicate_exact)
  AND (coalesce(here.kind, '') = 'death' OR (coalesce(stay.kind, '') = 'death'
    AND coalesce(s.book_out = s.stay_book_out, TRUE)))
ORDER BY s.release, left_at, s.row_id

-- untold: rows of a facility that do not say how the person left it, in words that are understood, and rows
-- that name no facility
SELECT s.release,
  count(*) FILTER (s.detention_facility_code = $facility
    AND s.detention_release_reason IS NULL) AS n_without_reason,
  count(*) FILTER (s.detention_facility_code = $facility
    AND s.detention_release_reason IS NOT NULL AND k.pattern IS NULL) AS n_not_understood,
  count(*) FILTER (s.detention_facility_code IS NULL) AS n_nowhere
FROM stint_spans s
LEFT JOIN reason_kinds k ON k.reason = s.detention_release_reason
GROUP BY s.release ORDER BY s.release

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
