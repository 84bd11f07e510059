-- unaccounted: every interval in which the records name no custodian though nothing ended custody
-- inputs: stay_ends, transfers, stay_spans, stint_spans, persons, releases, settings
-- kept: table
--
-- Ends of stays that are unaccounted (see stay_ends); late transfers (see transfers) from the greatest
-- book-out before the next stint to its book-in; and the parts of a stay's stated window before its first
-- book-in (`stay begun, not booked in`) and after its last book-out (`booked out, stay not ended`) in which
-- no other stint of the person tells; each of the latter three where longer than the setting `gap_us` (24
-- hours unless changed). `until` null: up to the release instant nothing is recorded. `length_lo_us` and
-- `length_hi_us` bound the length: a midnight can be any time of its day; without `until` the length so far
-- at the release instant, with no upper bound. `last_row` is the row whose book-out (or, never booked out,
-- whose book-in; before the first book-in, whose stay) begins the interval, `next_row` the row where the
-- person is recorded again.
WITH ended AS (
  SELECT e.person_no, e.stay_row, e.unaccounted_since AS since, e.unaccounted_until AS until,
    e.end_reason AS reason, l.row_id AS last_row,
    e.next_stay_row AS next_row, l.detention_facility_code
  FROM stay_ends e
  JOIN stay_spans s ON s.stay_row = e.stay_row
  JOIN stint_spans l ON l.place = s.last_place
  WHERE e.end_kind = 'unaccounted'
),
gaps AS (
  SELECT g.person_no, g.stay_row, g.covered_until AS since, g.arrived_at AS until, g.from_row,
    g.to_row AS next_row, g.from_facility_code
  FROM transfers g CROSS JOIN settings t
  WHERE g.status = 'late' AND g.arrived_at - recorded_hi(g.covered_until) > t.gap_us
),
last_held AS (
  SELECT g.from_row, min(k.row_id) AS last_row
  FROM gaps g
  JOIN stint_spans k ON k.person_no = g.person_no AND k.kept AND k.book_out = g.since
  GROUP BY g.from_row
),
wider AS (
  -- the stays whose stated window reaches further than their stints, and whose persons' rows have to be read
  -- one after another
  SELECT g.*, l.stay_book_out, l.detention_facility_code
  FROM stay_spans g
  JOIN stint_spans l ON l.place = g.last_place
  CROSS JOIN settings t
  WHERE g.stint_window_in - g.stay_book_in > t.gap_us OR l.stay_book_out - g.latest_book_out > t.gap_us
),
followed AS (
  -- how far the rows before and after each one tell where the person was; a row without book-out tells up to
  -- the next, one without book-in up to its book-out
  SELECT k.person_no, k.place, max(CASE WHEN k.book_in IS NULL
    THEN coalesce(k.book_out, 9223372036854775807) END) OVER (PARTITION BY k.person_no) AS told_anyhow,
    max(coalesce(k.book_out, 9223372036854775807)) OVER (
      PARTITION BY k.person_no
        ORDER BY k.place ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS told_before, max(coalesce(k.book_out, 9223372036854775807)) OVER (
      PARTITION BY k.person_no
        ORDER BY k.place ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS told_until, lead(k.book_in) OVER (PARTITION BY k.person_no
      ORDER BY k.place ASC NULLS FIRST) AS next_book_in, k.book_in
  FROM stint_spans k
  JOIN (SELECT DISTINCT person_no FROM wider) w ON w.person_no = k.person_no
  WHERE k.kept
),
windows AS (
  SELECT g.person_no, g.stay_row, g.last_row, CASE WHEN g.stay_book_in IS NOT NULL
    THEN greatest(g.stay_book_in, b.told_before) END AS begun, b.book_in AS first_book_in,
    CASE WHEN e.end_kind <> 'unaccounted' AND g.stay_book_out <= r.released_at
      THEN greatest(a.told_until, a.told_anyhow) END AS left_at,
    least(g.stay_book_out, a.next_book_in) AS ended,
      CASE WHEN a.next_book_in < g.stay_book_out THEN e.next_stay_row END AS next_row,
      g.detention_facility_code
  FROM wider g
  JOIN followed b ON b.person_no = g.person_no AND b.place = g.first_place
  JOIN followed a ON a.person_no = g.person_no AND a.place = g.last_place
  JOIN stay_ends e ON e.stay_row = g.stay_row
  JOIN persons p ON p.person_no = g.person_no
  JOIN releases r ON r.release = p.release
),
found AS (
  SELECT person_no, stay_row, since, until, reason, last_row, next_row, detention_facility_code FROM ended
  UNION ALL
  SELECT g.person_no, g.stay_row, g.since, g.until, 'gap between stints', h.last_row, g.next_row,
    k.detention_facility_code
  FROM gaps g
  JOIN last_held h ON h.from_row = g.from_row
  JOIN stint_spans k ON k.row_id = h.last_row
  UNION ALL
  SELECT w.person_no, w.stay_row, w.begun, w.first_book_in, 'stay begun, not booked in', w.stay_row,
    w.stay_row, CAST(NULL AS STRING)
  FROM windows w CROSS JOIN settings t
  WHERE w.begun < w.first_book_in AND w.first_book_in - recorded_hi(w.begun) > t.gap_us
  UNION ALL
  SELECT w.person_no, w.stay_row, w.left_at, w.ended, 'booked out, stay not ended', w.last_row, w.next_row,
    w.detention_facility_code
  FROM windows w CROSS JOIN settings t
  WHERE w.left_at < w.ended AND w.ended - recorded_hi(w.left_at) > t.gap_us
)
SELECT f.person_no, p.release, p.unique_identifier, f.since, f.until, f.until - f.since AS length_us,
  greatest(coalesce(f.until, r.released_at) - recorded_hi(f.since), 0) AS length_lo_us,
    recorded_hi(f.until) - f.since AS length_hi_us,
  f.reason, f.detention_facility_code, f.stay_row, f.last_row, f.next_row
FROM found f
JOIN persons p ON p.person_no = f.person_no
JOIN releases r ON r.release = p.release
ORDER BY f.person_no ASC NULLS LAST, f.since ASC NULLS LAST, f.stay_row ASC NULLS LAST,
  f.last_row ASC NULLS LAST, f.next_row ASC NULLS LAST
