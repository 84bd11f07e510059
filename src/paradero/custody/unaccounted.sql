-- unaccounted: every interval in which the records name no custodian though nothing ended custody
-- inputs: stay_ends, transfers, stay_spans, stint_spans, persons, settings
-- kept: table
--
-- Ends of stays that are unaccounted (see stay_ends), and late transfers (see transfers) from the greatest book-out before the next stint to its
-- book-in, where that is longer than the setting `gap_us` (24 hours unless changed). `until` null: up to the release instant nothing is recorded.
-- `last_row` is the row whose book-out (or, never booked out, whose book-in) begins the interval, `next_row` the row where the person is
-- recorded again.
WITH ended AS (
  SELECT e.person_no, e.stay_row, e.unaccounted_since AS since, e.unaccounted_until AS until, e.end_reason AS reason, l.row_id AS last_row,
    e.next_stay_row AS next_row, l.detention_facility_code
  FROM stay_ends e
  JOIN stay_spans s ON s.stay_row = e.stay_row
  JOIN stint_spans l ON l.place = s.last_place
  WHERE e.end_kind = 'unaccounted'
),
gaps AS (
  SELECT g.person_no, g.stay_row, g.covered_until AS since, g.arrived_at AS until, g.from_row, g.to_row AS next_row, g.from_facility_code
  FROM transfers g CROSS JOIN settings t
  WHERE g.status = 'late' AND g.arrived_at - day_hi(g.covered_until) > t.gap_us
),
last_held AS (
  SELECT g.from_row, min(k.row_id) AS last_row
  FROM gaps g
  JOIN stint_spans k ON k.person_no = g.person_no AND k.kept AND k.book_out = g.since
  GROUP BY g.from_row
),
found AS (
  SELECT person_no, stay_row, since, until, reason, last_row, next_row, detention_facility_code FROM ended
  UNION ALL
  SELECT g.person_no, g.stay_row, g.since, g.until, 'gap between stints', h.last_row, g.next_row, k.detention_facility_code
  FROM gaps g
  JOIN last_held h ON h.from_row = g.from_row
  JOIN stint_spans k ON k.row_id = h.last_row
)
SELECT f.person_no, p.release, p.unique_identifier, f.since, f.until, f.until - f.since AS length_us, f.reason, f.detention_facility_code,
  f.stay_row, f.last_row, f.next_row
FROM found f
JOIN persons p ON p.person_no = f.person_no
ORDER BY f.person_no ASC NULLS LAST, f.since ASC NULLS LAST, f.stay_row ASC NULLS LAST, f.last_row ASC NULLS LAST, f.next_row ASC NULLS LAST
