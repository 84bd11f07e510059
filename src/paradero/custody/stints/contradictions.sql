-- contradictions: rows of one person that cannot all be true of where the person was, and how far each is
--   still certain beside the other
-- inputs: stint_spans, overlapping_persons
-- kept: table
--
-- One row for each stint and each other stint that contradicts it; likely duplicates take part. `kind`: `two
-- places` (the times that both certainly span, at different facilities, overlap), `two ends` (one facility
-- and day of book-in, and the other row books out earlier: within the stint, or both may begin at one
-- instant), `book-out before book-in` (the row contradicts itself; `other_row` null). Beside the other row
-- nothing is certain of the stint before `clear_from` and from `clear_to` on (microseconds on the clock as
-- recorded, null: no limit); where `clear_to` is not after the latest instant that its book-in can mean,
-- nothing is certain of it at all. A stint without book-out certainly spans the instant of its book-in;
-- against a later row it counts as going on.
WITH watched AS (
  SELECT s.person_no, s.place, s.row_id, s.detention_facility_code, s.book_in,
    recorded_hi(s.book_in) AS in_hi, s.book_out, recorded_hi(s.book_out) AS out_hi,
    coalesce(s.book_out, recorded_hi(s.book_in) + 1) AS shown_to,
      coalesce(s.book_out, 9223372036854775807) AS goes_on_to
  FROM stint_spans s
  JOIN overlapping_persons p ON p.person_no = s.person_no
  WHERE s.book_in IS NOT NULL AND coalesce(recorded_hi(s.book_out) >= s.book_in, TRUE)
),
paired AS (
  SELECT a.row_id, b.row_id AS other_row, a.in_hi, b.book_in AS other_in, b.in_hi AS other_in_hi,
    b.book_out AS other_out, b.out_hi AS other_out_hi,
    CASE
      WHEN a.detention_facility_code <> b.detention_facility_code
        AND greatest(a.in_hi, b.in_hi) < least(a.goes_on_to, b.shown_to) THEN 'two places'
      WHEN a.detention_facility_code = b.detention_facility_code AND day_of(a.book_in) = day_of(b.book_in)
        AND b.out_hi < a.goes_on_to
        AND (b.book_out > a.in_hi OR (a.book_in <= b.in_hi AND b.book_in <= a.in_hi)) THEN 'two ends'
    END AS kind
  FROM watched a
  JOIN watched b ON b.person_no = a.person_no AND b.row_id <> a.row_id
),
found AS (
  SELECT row_id, other_row, kind,
    CASE WHEN kind = 'two places' AND other_in_hi <= in_hi
      AND other_out IS NOT NULL THEN other_out_hi END AS clear_from,
    CASE WHEN kind = 'two ends' THEN other_out WHEN other_in_hi > in_hi
      OR other_out IS NULL THEN other_in END AS clear_to
  FROM paired
  WHERE kind IS NOT NULL
  UNION ALL
  SELECT row_id, CAST(NULL AS BIGINT), 'book-out before book-in', CAST(NULL AS BIGINT), book_out
  FROM stint_spans
  WHERE recorded_hi(book_out) < book_in
)
SELECT row_id, other_row, kind, clear_from, clear_to
FROM found
ORDER BY row_id ASC NULLS LAST, other_row ASC NULLS LAST, kind ASC NULLS LAST
