-- gaps: what lies between one stint and the next of the same stay: a gap, a meeting, or an overlap
-- inputs: stint_spans, stay_spans
-- kept: table
--
-- `gap_us` = the next stint's book-in minus this stint's book-out, in microseconds; below zero the two overlap. Only where both are recorded.
WITH placed AS (
  SELECT s.person_no, s.stay_book_in, s.place, s.row_id, s.book_in, s.book_out, s.detention_facility_code, s.detention_release_reason,
    lead(s.row_id) OVER same_stay AS next_row, lead(s.book_in) OVER same_stay AS next_book_in,
    lead(s.detention_facility_code) OVER same_stay AS next_facility_code
  FROM stint_spans s
  WHERE s.kept
  WINDOW same_stay AS (PARTITION BY s.person_no, s.stay_book_in ORDER BY s.place ASC NULLS FIRST)
)
SELECT p.person_no, g.stay_row, p.row_id AS from_row, p.next_row AS to_row, p.detention_facility_code AS from_facility_code,
  p.next_facility_code AS to_facility_code, p.book_out AS left_at, p.next_book_in AS arrived_at, p.next_book_in - p.book_out AS gap_us
FROM placed p
JOIN stay_spans g ON g.person_no = p.person_no AND g.stay_book_in IS NOT DISTINCT FROM p.stay_book_in
WHERE p.next_row IS NOT NULL AND p.next_book_in IS NOT NULL AND p.book_out IS NOT NULL
ORDER BY p.place ASC NULLS LAST
