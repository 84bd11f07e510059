-- transfers: both sides of each move within a stay: who booked the person out, who booked the person in, and whether the books meet
-- inputs: stint_spans, stay_spans, stay_ends, reason_kinds, settings
-- kept: table
--
-- One row for each kept stint that was followed by another of its stay, and for each last stint whose book-out says that the person was transferred.
-- `status`: `signed` (the next book-in follows the book-out within the setting gap_us), `late` (later than that), `early` (the next
-- custodian signed before this one let go: overlap), `no book-out` (the next custodian signed, this one never let go),
-- `unsigned` (booked out as transferred, and nobody ever signed). `said_transferred`: the book-out's reason says so; where it says
-- something else (a release, a removal) and a next custodian signed all the same, the reason is contradicted.
WITH placed AS (
  SELECT s.person_no, s.stay_book_in, s.place, s.row_id, s.release, s.book_in, s.book_out, s.detention_facility_code, s.detention_release_reason,
    lead(s.row_id) OVER same_stay AS next_row, lead(s.book_in) OVER same_stay AS next_book_in,
    lead(s.detention_facility_code) OVER same_stay AS next_facility_code
  FROM stint_spans s
  WHERE s.kept
  WINDOW same_stay AS (PARTITION BY s.person_no, s.stay_book_in ORDER BY s.place ASC NULLS FIRST)
),
worded AS (
  SELECT p.*, k.kind AS reason_kind FROM placed p LEFT JOIN reason_kinds k ON k.reason = p.detention_release_reason
)
SELECT w.person_no, w.release, g.stay_row, w.row_id AS from_row, w.next_row AS to_row,
  w.detention_facility_code AS from_facility_code, w.next_facility_code AS to_facility_code,
  w.book_out AS left_at, w.next_book_in AS arrived_at, w.next_book_in - w.book_out AS gap_us,
  coalesce(w.reason_kind = 'transferred', FALSE) AS said_transferred, w.detention_release_reason,
  CASE
    WHEN w.next_row IS NULL THEN 'unsigned'
    WHEN w.book_out IS NULL THEN 'no book-out'
    WHEN w.next_book_in IS NULL THEN 'no book-in'
    WHEN w.next_book_in < w.book_out THEN 'early'
    WHEN w.next_book_in - w.book_out > t.gap_us THEN 'late'
    ELSE 'signed'
  END AS status
FROM worded w
JOIN stay_spans g ON g.person_no = w.person_no AND g.stay_book_in IS NOT DISTINCT FROM w.stay_book_in
LEFT JOIN stay_ends e ON e.stay_row = g.stay_row
CROSS JOIN settings t
WHERE w.next_row IS NOT NULL OR (e.end_kind = 'unaccounted' AND e.end_reason = 'transferred, no arrival')
ORDER BY w.place ASC NULLS LAST
