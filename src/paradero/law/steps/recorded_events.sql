-- recorded_events: events that the records state, in the form of the events of a casefile: removals and
--   book-outs for transfer
-- inputs: stint_spans, removals, transfers, reason_kinds, detention_rows, removal_rows, order_terms,
--   order_clock
-- kept: view
--
-- Every row that states a departed date is an event of its own, also where two rows state one departure or a
-- row has no person id: a removal whose departure lies in its day and whose other phases come after it. It is
-- a removal where its case status says removed, deported or excluded; not where a text of the row says
-- voluntary departure, return, withdrawal or expulsion: such rows are none of these events; else it is not
-- known whether it happened. A transfer leaves at its book-out, and happened where the next book-in of the
-- same stated stay is at another facility, both being known; where either is not recorded, the next one came
-- more than 6 hours (the most that clocks lie apart) before the book-out, either book-in is missing, so that
-- which is next is not known, or a row says transferred and no next custodian is recorded, it is not known.
-- The clock of the records names no zone, and an order's does: bounds are widened by `order_clock` (by which
-- every zone of the United States lies about it).
WITH departed AS (
  SELECT d.row_id AS event_row, s.person_no, us_of(d.departed_date) AS departed,
    upper(coalesce(d.case_status, '')) AS status, upper(coalesce(d.case_status, '') || ' '
      || coalesce(d.case_category, '') || ' ' || coalesce(d.stay_release_reason, '')) AS words
  FROM detention_rows d
  JOIN stint_spans s ON s.row_id = d.row_id
  WHERE d.departed_date IS NOT NULL AND (s.kept OR s.person_no IS NULL)
  UNION ALL
  SELECT m.row_id, r.person_no, us_of(m.departed_date),
    upper(coalesce(m.case_status, '')), upper(coalesce(m.case_status, '') || ' '
      || coalesce(m.case_category, '') || ' ' || coalesce(m.processing_disposition, ''))
  FROM removal_rows m
  JOIN removals r ON r.row_id = m.row_id
  WHERE m.departed_date IS NOT NULL AND r.copy = 1
),
dated AS (
  SELECT event_row, person_no, 'removal' AS kind, departed AS lo, recorded_hi(departed) AS hi,
    CASE WHEN contains(status, 'DEPORTED/REMOVED')
      OR contains(status, 'EXCLUDED/REMOVED') THEN TRUE END AS happened
  FROM departed
  WHERE NOT (contains(words, 'VOLUNTARY') OR contains(words, 'VR UNDER') OR contains(words, 'VR WITNESSED')
    OR contains(words, 'WITHDRAW')
    OR contains(words, 'TITLE 42') OR contains(words, 'TITLE 50') OR contains(words, 'EXPULSION')
      OR contains(words, 'EXPELLED'))
  UNION ALL
  SELECT t.from_row, t.person_no, 'transfer', t.left_at, recorded_hi(t.left_at),
    CASE WHEN s.stay_book_in IS NOT NULL AND t.from_facility_code <> t.to_facility_code
      AND s.book_in IS NOT NULL AND recorded_hi(t.arrived_at) + 21600000000 >= t.left_at THEN TRUE END
  FROM transfers t
  JOIN stint_spans s ON s.row_id = t.from_row
  WHERE t.left_at IS NOT NULL AND t.to_row IS NOT NULL
  UNION ALL
  SELECT s.row_id, s.person_no, 'transfer', s.book_out, recorded_hi(s.book_out), CAST(NULL AS BOOLEAN)
  FROM stint_spans s
  JOIN reason_kinds k ON k.reason = s.detention_release_reason AND k.kind = 'transferred'
  LEFT JOIN transfers t ON t.from_row = s.row_id AND t.to_row IS NOT NULL
  WHERE s.book_out IS NOT NULL AND t.from_row IS NULL AND (s.kept OR s.person_no IS NULL)
),
phases AS (
  SELECT 'departure' AS phase UNION ALL SELECT 'leaves_airspace' UNION ALL SELECT 'landing'
    UNION ALL SELECT 'hand_over'
)
SELECT CASE WHEN d.kind = 'transfer' THEN d.event_row + 4611686018427387904 ELSE d.event_row END AS event_no,
  d.event_row, d.person_no, CAST(NULL AS STRING) AS subject, d.kind, p.phase, d.happened,
  d.lo - c.ahead_us AS lo, CASE WHEN p.phase = 'departure' THEN d.hi + c.behind_us END AS hi
FROM dated d
CROSS JOIN phases p
CROSS JOIN order_clock c
WHERE (d.kind = 'removal' OR p.phase <> 'leaves_airspace') AND d.kind IN (SELECT kind FROM order_terms)
