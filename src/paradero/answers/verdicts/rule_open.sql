-- What is open under a rule and may be a violation, for each set of facts that would settle it.
SELECT version, construction, bound_facts, shown_facts, in_force IS NULL AS in_force_open, count(*) AS n,
  min(event_row) AS event_row, min(event_lo) AS lo, max(coalesce(event_hi, event_lo)) AS hi,
  min(subject) AS subject
FROM query_table($table)
WHERE verdict = 'undetermined' AND may_be_violated
GROUP BY version, construction, bound_facts, shown_facts, in_force IS NULL
ORDER BY version, construction NULLS FIRST, bound_facts NULLS FIRST, shown_facts NULLS FIRST, in_force_open
