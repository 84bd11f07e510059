-- The verdicts of orders on events stated in files, which are numbered below zero.
SELECT variant, event_no, verdict, margin_lo, margin_hi
FROM query_table($table)
WHERE event_no < 0
ORDER BY variant, event_no DESC
