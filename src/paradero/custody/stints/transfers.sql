-- transfers: both sides of each move within a stay: who booked the person out, who booked the person in, and
--   whether the books meet
-- inputs: stint_spans, stay_ends, reason_kinds, settings
-- kept: table
--
-- One row for each kept stint that was followed by another of its stay, and for each last stint of a stay
-- that is unaccounted because it was transferred and never arrived. `status`: `signed` (the next book-in
-- follows the book-out within the setting gap_us), `late` (later than that), `early` (the next custodian
-- signed before this one let go: overlap), `no book-out` (the next custodian signed, this one never let go),
-- `no book-in`, `cannot be judged` (a side is missing otherwise than blank, or given to the day or minute
-- only, so that the gap may be on either side of the limits; one minute at both sides is a hand-over),
-- `unsigned` (booked out as transferred, and nobody ever signed). `said_transferred`: the book-out's reason
-- says so; where it says something else and a next custodian signed all the same, the reason is contradicted.
-- `covered_until`: the greatest book-out of all kept stints of the person that come before the next one, so
-- that a stint which spans the gap is not overlooked.
WITH covered AS (
  SELECT s.person_no, s.stay_book_in, s.place, s.row_id, s.release, s.book_in, s.book_out, s.book_in_why,
    s.book_out_why, s.detention_facility_code, s.detention_release_reason,
    max(s.book_out) OVER (
      PARTITION BY s.person_no
        ORDER BY s.place ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS covered_before
  FROM stint_spans s
  WHERE s.kept
),
placed AS (
  SELECT *, first_value(row_id) OVER same_stay AS stay_row, lead(row_id) OVER same_stay AS next_row,
    lead(book_in) OVER same_stay AS next_book_in, lead(book_in_why) OVER same_stay AS next_book_in_why,
    lead(detention_facility_code) OVER same_stay AS next_facility_code,
      lead(covered_before) OVER same_stay AS covered_until
  FROM covered
  WINDOW same_stay AS (PARTITION BY person_no, stay_book_in ORDER BY place ASC NULLS FIRST)
),
never_arrived AS (
  SELECT stay_row FROM stay_ends WHERE end_kind = 'unaccounted' AND end_reason = 'transferred, no arrival'
)
SELECT w.person_no, w.release, w.stay_row, w.row_id AS from_row, w.next_row AS to_row,
  w.detention_facility_code AS from_facility_code, w.next_facility_code AS to_facility_code,
  w.book_out AS left_at, w.next_book_in AS arrived_at, w.next_book_in - w.book_out AS gap_us, w.covered_until,
  coalesce(k.kind = 'transferred', FALSE) AS said_transferred, w.detention_release_reason,
  CASE
    WHEN w.next_row IS NULL THEN 'unsigned'
    WHEN w.book_out_why IN ('withheld', 'unreadable', 'not_in_release', 'day_or_month')
      THEN 'cannot be judged'
    WHEN w.book_out IS NULL THEN 'no book-out'
    WHEN w.next_book_in_why IN ('withheld', 'unreadable', 'not_in_release', 'day_or_month')
      THEN 'cannot be judged'
    WHEN w.next_book_in IS NULL THEN 'no book-in'
    WHEN recorded_hi(w.next_book_in) < w.book_out THEN 'early'
    WHEN w.next_book_in - recorded_hi(w.book_out) > t.gap_us THEN 'late'
    -- one minute or second at both sides is a hand-over; one day at both sides may be either
    WHEN w.next_book_in + recorded_hi(w.next_book_in) - day_hi(w.next_book_in) >= day_hi(w.book_out)
      AND recorded_hi(w.next_book_in) - w.book_out <= t.gap_us THEN 'signed'
    ELSE 'cannot be judged'
  END AS status
FROM placed w
LEFT JOIN reason_kinds k ON k.reason = w.detention_release_reason
LEFT JOIN never_arrived e ON e.stay_row = CASE WHEN w.next_row IS NULL THEN w.stay_row END
CROSS JOIN settings t
WHERE w.next_row IS NOT NULL OR e.stay_row IS NOT NULL
ORDER BY w.place ASC NULLS LAST
