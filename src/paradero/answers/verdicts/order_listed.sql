-- The verdicts of orders that are asked for: where none are named, all on events stated in files, which are
-- numbered below zero, and of those on records the violated and the undetermined.
-- Types are said here, since the rule that an order binds to may give others.
WITH placed AS (
  SELECT v.file_row_number AS place
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
  ORDER BY v.variant, v.event_no >= 0, abs(v.event_no), v.other_row
  LIMIT $most OFFSET $skipped
)
SELECT v.variant, v.event_no, p.release, p.unique_identifier, CAST(v.subject AS VARCHAR) AS subject,
  CAST(v.event_row AS BIGINT) AS event_row, CAST(v.other_row AS BIGINT) AS other_row,
  CAST(v.at_lo AS BIGINT) AS at_lo, CAST(v.at_hi AS BIGINT) AS at_hi, v.is_bound, v.in_force,
  CAST(v.is_shown AS BOOLEAN) AS is_shown, v.verdict, v.margin_lo, v.margin_hi, v.unknown_bits,
  v.moment_decides, v.act_decides, CAST(v.rule_facts AS VARCHAR) AS rule_facts, v.people_lo, v.people_hi
FROM query_table($table) v
JOIN placed ON placed.place = v.file_row_number
LEFT JOIN persons p ON p.person_no = v.person_no
ORDER BY v.variant, v.event_no >= 0, abs(v.event_no), v.other_row
