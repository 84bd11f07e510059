-- What is open under orders, for each event stated in a file, and of those on records
-- for each set of facts that would settle it. Where one row has no bound, all of them have none.
SELECT variant, CASE WHEN event_no < 0 THEN event_no END AS stated_no, is_bound, in_force, is_shown,
  unknown_bits, moment_decides, act_decides, rule_facts, may_be_violated, count(*) AS n,
  min(event_row) AS event_row,
  min(at_lo) AS lo, max(coalesce(at_hi, at_lo)) AS hi,
  CASE WHEN count(at_lo) = count(*) THEN min(at_lo) END AS at_lo,
  CASE WHEN count(at_hi) = count(*) THEN max(at_hi) END AS at_hi
FROM query_table($table)
WHERE verdict = 'undetermined'
GROUP BY ALL
ORDER BY ALL
