-- stint_lengths: how long each stint lasted, as bounds, with its facility: who was held longest where
-- inputs: stint_spans, persons, facilities, releases
-- kept: view
--
-- Likely duplicates and exact repetitions are left out; rows without a person id are there, of nobody.
-- `length_lo_us`: from the latest instant that the book-in can mean to the earliest that a stated book-out
-- can (the release instant, where it is scheduled for later); 0 without a book-out, since nothing shows
-- custody after the book-in. `length_hi_us`: the other way round; without a book-out up to the release
-- instant. Null where there is no book-in. Of a date whose order of day and month is not known, book-in and
-- book-out are null here and the bounds hold for both readings. The clock is the one recorded: an hour more
-- or less where it was changed.
WITH spans AS (
  SELECT s.*, coalesce(s.book_in, s.book_in_lo) AS in_lo,
    coalesce(recorded_hi(s.book_in), recorded_hi(s.book_in_hi)) AS in_hi,
    coalesce(s.book_out, s.book_out_lo) AS out_lo,
    coalesce(recorded_hi(s.book_out), recorded_hi(s.book_out_hi)) AS out_hi
  FROM stint_spans s
  WHERE (s.kept OR s.person_no IS NULL) AND NOT s.duplicate_exact
)
SELECT s.release, p.unique_identifier, s.detention_facility_code, f.detention_facility, f.type_detailed,
  s.book_in, s.book_out, s.book_out_why,
  CASE WHEN s.in_hi IS NULL THEN NULL WHEN s.out_lo IS NULL THEN 0
    ELSE greatest(least(s.out_lo, r.released_at) - s.in_hi, 0) END AS length_lo_us,
  CASE WHEN s.out_hi IS NULL THEN greatest(r.released_at - s.in_lo, 0)
    ELSE greatest(s.out_hi - s.in_lo, 0) END AS length_hi_us,
  s.row_id
FROM spans s
JOIN releases r ON r.release = s.release
LEFT JOIN persons p ON p.person_no = s.person_no
LEFT JOIN facilities f ON f.detention_facility_code = s.detention_facility_code
