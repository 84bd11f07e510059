-- What is open under a rule, for each set of facts that would settle it. Types are
-- said as in rule_listed.
SELECT version, construction, CAST(bound_facts AS VARCHAR) AS bound_facts,
  CAST(shown_facts AS VARCHAR) AS shown_facts, in_force IS NULL AS in_force_open,
  may_be_violated, count(*) AS n,
  CAST(min(event_row) AS BIGINT) AS event_row, CAST(min(event_lo) AS BIGINT) AS lo,
  CAST(max(coalesce(event_hi, event_lo)) AS BIGINT) AS hi, CAST(min(subject) AS VARCHAR) AS subject
FROM query_table($table)
WHERE verdict = 'undetermined'
GROUP BY ALL
ORDER BY version, construction NULLS FIRST, bound_facts NULLS FIRST, shown_facts NULLS FIRST, in_force_open,
  may_be_violated
