-- How many events have which verdict under a rule at each facility, for each version and construction: those
-- with a row of the facility, or on the facility itself. An event with rows of two facilities is counted at
-- both.
WITH held AS (
  SELECT v.version, v.construction, v.verdict, v.may_be_violated, e.detention_facility_code AS of_event,
    o.detention_facility_code AS of_other, f.detention_facility_code AS of_subject, count(*) AS n
  FROM read_parquet($file) v
  LEFT JOIN stint_spans e ON e.row_id = v.event_row
  LEFT JOIN stint_spans o ON o.row_id = v.other_row
  LEFT JOIN facilities f ON f.detention_facility_code = CAST(v.subject AS VARCHAR)
  GROUP BY ALL
),
placed AS (
  SELECT version, construction, verdict, may_be_violated, n,
    unnest(list_distinct([of_event, of_other, of_subject])) AS detention_facility_code
  FROM held
)
SELECT $rule AS rule, version, construction, detention_facility_code,
  CAST(coalesce(sum(n) FILTER (verdict = 'violated'), 0) AS BIGINT) AS violated,
  CAST(coalesce(sum(n) FILTER (verdict = 'complied'), 0) AS BIGINT) AS complied,
  CAST(coalesce(sum(n) FILTER (verdict = 'undetermined'), 0) AS BIGINT) AS undetermined,
  CAST(coalesce(sum(n) FILTER (verdict = 'not_bound'), 0) AS BIGINT) AS not_bound,
  CAST(coalesce(sum(n) FILTER (verdict = 'violated' OR (verdict = 'undetermined' AND may_be_violated)), 0)
    AS BIGINT) AS worst_case
FROM placed
GROUP BY version, construction, detention_facility_code
