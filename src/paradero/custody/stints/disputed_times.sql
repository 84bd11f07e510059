-- disputed_times: rows of detentions whose begin or end another row of the same person contradicts, or the
--   row by itself
-- inputs: stint_spans, overlapping_persons, facilities
-- kept: table
--
-- What stands here is in doubt, and no verdict may rest on it alone. All rows of a person are compared,
-- likely duplicates included. Readings surely differ where no instant that either can mean as recorded is
-- common to both. `has_two_ends`: another row at the same facility (or where either names none) may have the
-- same book-in and surely has another book-out; `out_lo`, `out_hi` are the earliest and latest of them.
-- `is_inverted`: booked out before booked in. `is_doubled`: another row, at another facility or surely with
-- another book-in, shares time with this one on whatever clocks the two were read: 6 hours of slack across
-- facilities, 1 where lists name one state for both, and 1 more for readings of a night in October or
-- November that may have come twice; `in_hi` is the latest book-in of them, `is_rebooked` says that one of
-- them is at the same facility. `stay_end_lo`, `stay_end_hi`: where rows of one stay begin state ends that
-- surely differ, or a row of it reaches more than 6 hours beyond a stated end, the earliest stated end and
-- the latest time that any row states. `other_row`, `stay_other_row`: a row that contradicts this one, null
-- where it is this row itself. A missing time contradicts nothing.
WITH given AS (
  SELECT s.person_no, s.row_id, s.place, s.detention_facility_code AS code, s.book_in, s.book_out,
    s.stay_book_in, s.stay_book_out,
    coalesce(recorded_hi(s.book_out) < s.book_in, FALSE) AS is_inverted
  FROM stint_spans s
  WHERE s.person_no IS NOT NULL
),
watched AS (
  SELECT g.*, f.state
  FROM given g
  JOIN overlapping_persons s ON s.person_no = g.person_no
  LEFT JOIN facilities f ON f.detention_facility_code = g.code AND f.n_states = 1
  WHERE g.book_in IS NOT NULL AND g.book_out IS NOT NULL
),
pairs AS (
  SELECT a.row_id AS row_a, b.row_id AS row_b, a.book_in AS in_a, b.book_in AS in_b, a.book_out AS out_a,
    b.book_out AS out_b,
    a.is_inverted OR b.is_inverted AS is_inverted, coalesce(a.code <> b.code, FALSE) AS is_elsewhere,
      coalesce(a.code = b.code, FALSE) AS is_here,
    recorded_hi(a.book_in) < b.book_in OR recorded_hi(b.book_in) < a.book_in AS begins_differ,
    recorded_hi(a.book_out) < b.book_out OR recorded_hi(b.book_out) < a.book_out AS ends_differ,
    CASE WHEN a.code = b.code THEN 0 WHEN a.state = b.state THEN 3600000000 ELSE 21600000000 END
      + CASE WHEN substr(CAST(date_of(day_of(least(a.book_out, b.book_out))) AS STRING), 6, 2) IN ('10', '11')
          AND least(a.book_out, b.book_out) % 86400000000 < 7200000000 THEN 3600000000 ELSE 0 END AS slack_us
  FROM watched a
  JOIN watched b ON b.person_no = a.person_no AND b.row_id > a.row_id
),
found AS (
  SELECT *, NOT is_elsewhere AND NOT begins_differ AND ends_differ AS has_two_ends,
    NOT is_inverted AND (is_elsewhere OR begins_differ) AND recorded_hi(in_a) + slack_us < out_b
      AND recorded_hi(in_b) + slack_us < out_a AS is_doubled
  FROM pairs
),
both_ways AS (
  SELECT row_a AS row_id, row_b AS other_row, in_b AS other_in, out_b AS other_out, has_two_ends, is_doubled,
    is_doubled AND is_here AS is_rebooked
  FROM found
  WHERE has_two_ends OR is_doubled
  UNION ALL
  SELECT row_b, row_a, in_a, out_a, has_two_ends, is_doubled, is_doubled AND is_here
  FROM found
  WHERE has_two_ends OR is_doubled
),
by_row AS (
  SELECT row_id, min(other_row) AS other_row, max(CASE WHEN is_doubled THEN other_in END) AS other_in,
    min(CASE WHEN has_two_ends THEN other_out END) AS other_out_lo,
      max(CASE WHEN has_two_ends THEN other_out END) AS other_out_hi,
    max(CASE WHEN has_two_ends THEN 1 ELSE 0 END) = 1 AS has_two_ends,
      max(CASE WHEN is_doubled THEN 1 ELSE 0 END) = 1 AS is_doubled,
    max(CASE WHEN is_rebooked THEN 1 ELSE 0 END) = 1 AS is_rebooked
  FROM both_ways
  GROUP BY row_id
),
stays AS (
  SELECT person_no, stay_book_in, min(recorded_hi(stay_book_out)) AS first_hi, min(stay_book_out) AS end_lo,
    greatest(max(stay_book_out), max(CASE WHEN NOT is_inverted
      THEN greatest(book_in, book_out) END)) AS end_hi,
    max(stay_book_out) AS last_end, max(CASE WHEN NOT is_inverted
      THEN greatest(book_in, book_out) END) AS last_seen
  FROM given
  WHERE stay_book_in IS NOT NULL
  GROUP BY person_no, stay_book_in
),
disputed_stays AS (
  SELECT * FROM stays WHERE last_end > first_hi OR last_seen > first_hi + 21600000000
),
of_stays AS (
  SELECT g.person_no, g.row_id, g.stay_book_in, d.end_lo, d.end_hi,
    coalesce(g.stay_book_out = d.end_lo, FALSE) AS says_first,
    coalesce(greatest(g.stay_book_out, CASE WHEN NOT g.is_inverted
      THEN greatest(g.book_in, g.book_out) END) = d.end_hi, FALSE) AS says_last
  FROM given g
  JOIN disputed_stays d ON d.person_no = g.person_no AND d.stay_book_in = g.stay_book_in
),
extremes AS (
  SELECT person_no, stay_book_in, min(CASE WHEN says_first THEN row_id END) AS first_row,
    min(CASE WHEN says_last THEN row_id END) AS last_row
  FROM of_stays
  GROUP BY person_no, stay_book_in
),
by_stay AS (
  SELECT s.row_id, s.end_lo, s.end_hi, CASE WHEN s.says_first
    AND s.row_id <> e.last_row THEN e.last_row WHEN s.row_id <> e.first_row THEN e.first_row END AS other_row
  FROM of_stays s
  JOIN extremes e ON e.person_no = s.person_no AND e.stay_book_in = s.stay_book_in
),
named AS (
  SELECT row_id FROM by_row UNION SELECT row_id FROM by_stay UNION SELECT row_id FROM given WHERE is_inverted
)
SELECT g.row_id, r.other_row, coalesce(r.has_two_ends, FALSE) AS has_two_ends, g.is_inverted,
  coalesce(r.is_doubled, FALSE) AS is_doubled,
  coalesce(r.is_rebooked, FALSE) AS is_rebooked,
  CASE WHEN r.is_doubled THEN greatest(g.book_in, r.other_in) END AS in_hi,
  CASE WHEN r.has_two_ends THEN least(g.book_out, r.other_out_lo) END AS out_lo,
    CASE WHEN r.has_two_ends THEN greatest(g.book_out, r.other_out_hi) END AS out_hi,
  s.end_lo AS stay_end_lo, s.end_hi AS stay_end_hi, s.other_row AS stay_other_row
FROM named n
JOIN given g ON g.row_id = n.row_id
LEFT JOIN by_row r ON r.row_id = g.row_id
LEFT JOIN by_stay s ON s.row_id = g.row_id
ORDER BY g.row_id ASC NULLS LAST
