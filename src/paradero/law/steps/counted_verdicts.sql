-- counted_verdicts: the verdicts under orders whose time is disputed, each way of counting where it matters
-- inputs: open_verdicts, order_terms
-- kept: table
--
-- `open_verdicts` are those of order_verdicts. A construction that is one way of counting a disputed time
-- (`whole_variant`: the same for all ways together) has a verdict where all together are open and one of the
-- ways is not: elsewhere it changes nothing.
WITH ways AS (
  SELECT v.*, w.verdict AS whole_verdict,
    max(CASE WHEN v.verdict <> 'undetermined' THEN 1 ELSE 0 END) OVER (PARTITION BY t.whole_variant,
      v.event_no, v.other_row) AS is_settled_by_one
  FROM open_verdicts v
  JOIN order_terms t ON t.variant = v.variant
  JOIN open_verdicts w ON w.variant = t.whole_variant AND w.event_no = v.event_no
    AND coalesce(w.other_row, -1) = coalesce(v.other_row, -1)
),
told AS (
  SELECT variant, event_no, other_row
  FROM ways
  WHERE whole_verdict = 'undetermined' AND is_settled_by_one = 1
)
SELECT v.*
FROM open_verdicts v
JOIN order_terms t ON t.variant = v.variant
LEFT JOIN told ON told.variant = v.variant AND told.event_no = v.event_no
  AND coalesce(told.other_row, -1) = coalesce(v.other_row, -1)
WHERE t.whole_variant IS NULL OR told.variant IS NOT NULL
ORDER BY v.variant ASC NULLS LAST, v.event_no ASC NULLS LAST, v.other_row ASC NULLS LAST
