-- How many events have which verdict under a rule, for each version and construction.
SELECT version, construction,
  count(*) FILTER (verdict = 'violated') AS violated,
  count(*) FILTER (verdict = 'complied') AS complied,
  count(*) FILTER (verdict = 'undetermined') AS undetermined,
  count(*) FILTER (verdict = 'not_bound') AS not_bound,
  count(*) FILTER (verdict = 'violated' OR (verdict = 'undetermined' AND may_be_violated)) AS worst_case
FROM query_table($table) v
WHERE ($places IS NULL OR v.file_row_number IN (SELECT unnest($places)))
  AND ($release IS NULL OR v.person_no IN (SELECT person_no FROM persons WHERE release = $release))
  AND ($event IS NULL OR v.event_row = $row OR v.other_row = $row)
  AND ($facility IS NULL OR v.subject = $facility
    OR v.event_row IN (SELECT row_id FROM facility_stints WHERE detention_facility_code = $facility)
    OR v.other_row IN (SELECT row_id FROM facility_stints WHERE detention_facility_code = $facility))
GROUP BY version, construction
ORDER BY version, construction
