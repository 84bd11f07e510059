-- How many verdicts of a rule are asked for: as many as rule_listed has.
SELECT count(*) AS n
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
