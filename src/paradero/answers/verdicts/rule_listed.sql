-- The verdicts of a rule that are asked for: the violated and the undetermined where none are named. A rule
-- judges no event stated in a file. Types are said here, since the tests of rules are written by anybody;
-- margins keep their own, so that whole numbers stay whole.
WITH placed AS (
  SELECT v.file_row_number AS place
  FROM query_table($table) v
  WHERE ($places IS NULL OR v.file_row_number IN (SELECT unnest($places)))
    AND ($release IS NULL OR v.person_no IN (SELECT person_no FROM persons WHERE release = $release))
    AND ($event IS NULL OR v.event_row = $row OR v.other_row = $row)
    AND ($facility IS NULL OR v.subject = $facility
      OR v.event_row IN (SELECT row_id FROM facility_stints WHERE detention_facility_code = $facility)
      OR v.other_row IN (SELECT row_id FROM facility_stints WHERE detention_facility_code = $facility))
    AND ($construction IS NULL OR v.construction = $construction)
    AND (list_contains($verdicts, v.verdict)
      OR ($verdicts IS NULL AND v.verdict IN ('violated', 'undetermined')))
    AND ($stated IS NULL OR NOT $stated)
  ORDER BY v.file_row_number
  LIMIT $most OFFSET $skipped
)
SELECT v.version, v.construction, p.release, p.unique_identifier, CAST(v.subject AS VARCHAR) AS subject,
  CAST(v.event_row AS BIGINT) AS event_row, CAST(v.other_row AS BIGINT) AS other_row,
  CAST(v.event_lo AS BIGINT) AS event_lo, CAST(v.event_hi AS BIGINT) AS event_hi,
  CAST(v.is_bound AS BOOLEAN) AS is_bound, v.in_force, CAST(v.is_shown AS BOOLEAN) AS is_shown, v.verdict,
  v.margin_lo, v.margin_hi, CAST(v.bound_facts AS VARCHAR) AS bound_facts,
  CAST(v.shown_facts AS VARCHAR) AS shown_facts, CAST(v.turns_at AS BIGINT) AS turns_at
FROM query_table($table) v
JOIN placed ON placed.place = v.file_row_number
LEFT JOIN persons p ON p.person_no = v.person_no
ORDER BY v.file_row_number
