-- rule_events: the events that a rule's test looks at, in the form of order_events
-- inputs: rule_test
-- kept: table
--
-- One row per event, named by its row; the kind is `rule`.
SELECT DISTINCT event_row AS event_no, event_row, person_no, subject, 'rule' AS kind, 'done' AS phase,
  TRUE AS happened,
  CAST(NULL AS BIGINT) AS lo, CAST(NULL AS BIGINT) AS hi
FROM rule_test
WHERE event_row IS NOT NULL
ORDER BY event_no ASC NULLS LAST
