-- timed_stints: from when to when each stint certainly and at most lasted, for the rules that measure stints
-- inputs: stint_spans, stint_flags, disputed_times
-- kept: view
--
-- Rows of a person that repeat another in all but the bond are left out; a second row of the same day is a
-- statement of its own, and so is every row without a person id. `book_out` is null where it is certainly
-- before the book-in. `first_out`, `last_out`: where another row of the person gives the same book-in
-- another book-out (`disputed_times`), the earliest and the latest of them, else the book-out. `short_out`
-- and `long_out` are the same two, and null where `is_doubled`: rows have the person here and elsewhere, or
-- booked in twice, at one time. A stint is longer than a limit only if it is from `book_in` to `short_out`
-- (held_lo), not longer only if it is not from `book_in` to `long_out` (held_hi). `other_row` is a row that
-- says otherwise. `open_facts` names what leaves the length open where neither is so: book_in, book_out,
-- disputed or exact_times.
WITH held AS (
  SELECT s.person_no, s.row_id, s.detention_facility_code, s.birth_year, s.book_in,
    CASE WHEN recorded_hi(s.book_out) < s.book_in THEN NULL ELSE s.book_out END AS book_out, d.other_row,
    coalesce(d.has_two_ends, FALSE) AS has_two_ends, coalesce(d.is_doubled, FALSE) AS is_doubled, d.out_lo,
    d.out_hi
  FROM stint_spans s
  LEFT JOIN stint_flags f ON f.row_id = s.row_id
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
  WHERE NOT coalesce(f.duplicate_likely_bond, FALSE)
),
ended AS (
  SELECT *, CASE WHEN has_two_ends THEN out_lo ELSE book_out END AS first_out,
    CASE WHEN book_out IS NOT NULL THEN greatest(book_out, out_hi) END AS last_out
  FROM held
)
SELECT person_no, row_id, detention_facility_code, birth_year, book_in, book_out, first_out, last_out,
  CASE WHEN NOT is_doubled THEN first_out END AS short_out,
  CASE WHEN NOT is_doubled THEN last_out END AS long_out, is_doubled, other_row,
  CASE
    WHEN book_in IS NULL AND book_out IS NULL THEN 'book_in; book_out'
    WHEN book_in IS NULL THEN 'book_in'
    WHEN has_two_ends OR is_doubled THEN 'disputed'
    WHEN book_out IS NULL THEN 'book_out'
    ELSE 'exact_times'
  END AS open_facts
FROM ended
