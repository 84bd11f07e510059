-- recorded_events: events that the records state, in the form of the events of a casefile: departures and book-outs for transfer
-- inputs: stint_spans, removals, transfers
-- kept: view
--
-- Every row that states a departed date is an event of its own, also where two rows state one departure: a removal whose departure lies in its day and whose
-- other phases come after it. A transfer leaves at its book-out. The release says nothing of the phases that have no bounds here.
WITH departures AS (
  SELECT row_id AS event_row, person_no, 'removal' AS kind, departed AS lo, recorded_hi(departed) AS hi FROM stint_spans WHERE departed IS NOT NULL AND kept
  UNION ALL
  SELECT row_id, person_no, 'removal', departed, recorded_hi(departed) FROM removals WHERE departed IS NOT NULL AND copy = 1
  UNION ALL
  SELECT from_row, person_no, 'transfer', left_at, recorded_hi(left_at) FROM transfers WHERE left_at IS NOT NULL AND to_row IS NOT NULL
),
phases AS (
  SELECT 'departure' AS phase UNION ALL SELECT 'leaves_airspace' UNION ALL SELECT 'landing' UNION ALL SELECT 'hand_over'
)
SELECT CASE WHEN d.kind = 'transfer' THEN d.event_row + 4611686018427387904 ELSE d.event_row END AS event_no,
  d.event_row, d.person_no, CAST(NULL AS STRING) AS subject, d.kind, p.phase, TRUE AS happened,
  d.lo, CASE WHEN p.phase = 'departure' THEN d.hi END AS hi
FROM departures d
CROSS JOIN phases p
WHERE d.kind = 'removal' OR p.phase <> 'leaves_airspace'
