-- The verdicts of a rule that are asked for: the violated and the undetermined where none are named. A rule
-- judges no event stated in a file.
SELECT v.*, p.release, p.unique_identifier
FROM query_table($table) v
LEFT JOIN persons p ON p.person_no = v.person_no
WHERE ($subject IS NULL OR v.subject = $subject OR p.unique_identifier = $subject)
  AND ($release IS NULL OR p.release = $release)
  AND ($event IS NULL OR v.event_row = $row OR v.other_row = $row)
  AND ($construction IS NULL OR v.construction = $construction)
  AND (list_contains($verdicts, v.verdict)
    OR ($verdicts IS NULL AND v.verdict IN ('violated', 'undetermined')))
  AND ($stated IS NULL OR NOT $stated)
ORDER BY variant, event_row, other_row, subject, event_lo
LIMIT $most
