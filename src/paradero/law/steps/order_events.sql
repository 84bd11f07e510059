-- order_events: the events that some term of an order asks about: those stated in files, and those that the
--   records state
-- inputs: stated_events, recorded_events, order_terms
-- kept: table
--
-- One row per event and phase. Events in files have numbers below zero.
WITH events AS (
  SELECT event_no, event_row, person_no, subject, kind, phase, happened, lo, hi FROM stated_events
  UNION ALL
  SELECT event_no, event_row, person_no, subject, kind, phase, happened, lo, hi FROM recorded_events
)
SELECT * FROM events
WHERE kind IN (SELECT kind FROM order_terms)
ORDER BY event_no ASC NULLS LAST, phase ASC NULLS LAST
