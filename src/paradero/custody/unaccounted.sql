-- unaccounted: every interval in which the records name no custodian though nothing ended custody
-- inputs: stay_ends, transfers, stay_spans, stint_spans, persons
-- kept: table
--
-- Ends of stays that are unaccounted (see stay_ends) and gaps between two stints of one stay longer than the setting `gap_us` (24 hours unless
-- changed). `since` and `until` in microseconds on the clock as recorded; `until` null: up to the release instant nothing is recorded.
-- `last_row` is the row that was booked out last (or never), `next_row` the row where the person is recorded again.
WITH found AS (
  SELECT e.person_no, e.stay_row, e.unaccounted_since AS since, e.unaccounted_until AS until, e.end_reason AS reason,
    l.row_id AS last_row, CAST(NULL AS BIGINT) AS next_row, l.detention_facility_code
  FROM stay_ends e
  JOIN stay_spans s ON s.stay_row = e.stay_row
  JOIN stint_spans l ON l.place = s.last_place
  WHERE e.end_kind = 'unaccounted'
  UNION ALL
  SELECT g.person_no, g.stay_row, g.left_at, g.arrived_at, 'gap between stints', g.from_row, g.to_row, g.from_facility_code
  FROM transfers g
  WHERE g.status = 'late'
)
SELECT f.person_no, p.release, p.unique_identifier, f.since, f.until, f.until - f.since AS length_us, f.reason, f.detention_facility_code,
  f.stay_row, f.last_row, f.next_row
FROM found f
JOIN persons p ON p.person_no = f.person_no
ORDER BY f.person_no ASC NULLS LAST, f.since ASC NULLS LAST, f.stay_row ASC NULLS LAST, f.last_row ASC NULLS LAST
