-- How many verdicts of orders are asked for: as many as order_listed has.
SELECT count(*) AS n
FROM query_table($table) v
WHERE ($places IS NULL OR v.file_row_number IN (SELECT unnest($places)))
  AND ($release IS NULL OR v.person_no IN (SELECT person_no FROM persons WHERE release = $release))
  AND ($event IS NULL OR list_contains($stated_events, v.event_no)
    OR v.event_row = $row OR v.other_row = $row)
  AND ($facility IS NULL OR v.subject = $facility
    OR v.event_row IN (SELECT row_id FROM facility_stints WHERE detention_facility_code = $facility)
    OR v.other_row IN (SELECT row_id FROM facility_stints WHERE detention_facility_code = $facility))
  AND list_contains($variants, v.variant)
  AND (list_contains($verdicts, v.verdict)
    OR ($verdicts IS NULL AND (v.verdict IN ('violated', 'undetermined') OR v.event_no < 0)))
  AND ($stated IS NULL OR (v.event_no < 0) = $stated)
