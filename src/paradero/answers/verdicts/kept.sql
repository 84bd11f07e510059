-- rule_counts: the verdicts of rules, counted as they are asked for, with the file that they are in
SELECT filename AS file, variant, version, construction, FALSE AS is_stated, verdict, may_be_violated,
  count(*) AS n, count(person_no) AS n_of_people
FROM read_parquet($files, filename = TRUE, union_by_name = TRUE)
GROUP BY ALL
ORDER BY ALL

-- order_counts: the same of orders; events stated in files are numbered below zero
SELECT filename AS file, variant, NULL AS version, NULL AS construction, event_no < 0 AS is_stated, verdict,
  may_be_violated, count(*) AS n, count(person_no) AS n_of_people
FROM read_parquet($files, filename = TRUE, union_by_name = TRUE)
GROUP BY ALL
ORDER BY ALL

-- places: the table that the places of all verdicts on somebody or something are gathered in
CREATE OR REPLACE TEMP TABLE subject_places (
  person_no BIGINT, subject VARCHAR, file VARCHAR, place BIGINT
)

-- places_of: the places of the verdicts of one file on a person of the records or a subject with a name
INSERT INTO subject_places
SELECT person_no, CAST(subject AS VARCHAR), $name, file_row_number
FROM read_parquet($file, file_row_number = TRUE)
WHERE person_no IS NOT NULL OR subject IS NOT NULL

-- places_ordered: the places in the order in which they are kept, those of people first
SELECT * FROM subject_places
ORDER BY person_no NULLS LAST, subject NULLS LAST, file, place

-- facility_counts: how many events have which verdict under each rule at each facility, for each version
-- under each construction, from the files of all rules (`judged_files`: name, rule); those with a row of the
-- facility, or on the facility itself. An event with rows of two facilities is counted at both.
WITH held AS (
  SELECT j.rule, v.version, v.construction, v.verdict, v.may_be_violated,
    e.detention_facility_code AS of_event, o.detention_facility_code AS of_other,
    f.detention_facility_code AS of_subject, count(*) AS n
  FROM read_parquet($files, filename = TRUE, union_by_name = TRUE) v
  JOIN judged_files j ON j.name = parse_filename(v.filename, TRUE)
  LEFT JOIN stint_spans e ON e.row_id = v.event_row
  LEFT JOIN stint_spans o ON o.row_id = v.other_row
  LEFT JOIN facilities f ON f.detention_facility_code = CAST(v.subject AS VARCHAR)
  GROUP BY ALL
),
placed AS (
  SELECT rule, version, construction, verdict, may_be_violated, n,
    unnest(list_distinct([of_event, of_other, of_subject])) AS detention_facility_code
  FROM held
)
SELECT rule, version, construction, detention_facility_code,
  CAST(coalesce(sum(n) FILTER (verdict = 'violated'), 0) AS BIGINT) AS violated,
  CAST(coalesce(sum(n) FILTER (verdict = 'complied'), 0) AS BIGINT) AS complied,
  CAST(coalesce(sum(n) FILTER (verdict = 'undetermined'), 0) AS BIGINT) AS undetermined,
  CAST(coalesce(sum(n) FILTER (verdict = 'not_bound'), 0) AS BIGINT) AS not_bound,
  CAST(coalesce(sum(n) FILTER (verdict = 'violated' OR (verdict = 'undetermined' AND may_be_violated)), 0)
    AS BIGINT) AS worst_case
FROM placed
GROUP BY rule, version, construction, detention_facility_code

-- facility_counts_ordered: the verdicts of all rules by facility, in the order in which they are kept
SELECT * FROM counted_at_facilities
ORDER BY detention_facility_code, rule, version NULLS LAST, construction NULLS LAST
