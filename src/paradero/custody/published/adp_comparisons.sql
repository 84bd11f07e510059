-- adp_comparisons: the average daily populations of ICE's workbooks beside the midnights of the records
-- inputs: facility_statistic_rows, workbook_days, facility_names, headcounts, releases, repeated_figures
-- kept: table
--
-- One row per facility row of a workbook and release. `adp` is the sum of the four averages by sex and
-- criminality, over `days` days from 1 October (see workbook_days). Computed: persons at the midnight that
-- ends each of these days (ddp-midnight), added up and divided by days. The workbooks print names only:
-- `detention_facility_code` is the code whose name, in capitals, is equal and fits no other code. `status`:
-- `agrees` (within 1 % or half a person); `explained: missing ends` (within the bounds, half a person more);
-- `explained: outside the release` (not everybody held on all these days is in it for certain: see releases);
-- `explained: name not in the records`, `explained: name fits several codes`, `explained: facility not in the
-- records` (a list names its code, but no detention row does); `conflict`; `cannot be judged: published
-- twice, with different numbers` (the workbook contradicts itself), `: the release may lack people held since
-- before it` (above the bounds, and nobody states `covers_from`). Where the records do not cover facility and
-- days, nothing is computed.
WITH stated AS (
  SELECT f.row_id, f.source, f.name, f.city, f.state, d.fiscal_year, d.first_day, d.days, d.as_of, d.fits,
    f.male_crim + f.male_non_crim + f.female_crim + f.female_non_crim AS adp,
      upper(trim(f.name)) AS plain_name
  FROM facility_statistic_rows f
  JOIN workbook_days d ON d.source = f.source AND d.source_sheet = f.source_sheet
),
totals AS (
  SELECT h.release, h.group_value AS code, d.first_day, d.days, CAST(sum(h.n) AS BIGINT) AS person_days,
    CAST(sum(h.n_lo) AS BIGINT) AS person_days_lo, CAST(sum(h.n_hi) AS BIGINT) AS person_days_hi
  FROM headcounts h
  JOIN (SELECT DISTINCT first_day, days FROM workbook_days) d
    ON day_number(h.date) >= d.first_day AND day_number(h.date) < d.first_day + d.days
  WHERE h.definition = 'ddp-midnight'
  GROUP BY h.release, h.group_value, d.first_day, d.days
),
joined AS (
  SELECT s.*, r.release, n.n_codes, CASE WHEN n.n_codes = 1
    THEN n.detention_facility_code END AS detention_facility_code,
    r.covered_from, r.covered_until, r.is_cover_stated, c.published_row IS NOT NULL AS is_disputed
  FROM stated s
  CROSS JOIN releases r
  LEFT JOIN facility_names n ON n.plain_name = s.plain_name
  LEFT JOIN repeated_figures c ON c.published_row = s.row_id AND c.series = 'average'
  WHERE r.release IN (SELECT release FROM headcounts)
),
averaged AS (
  SELECT j.*, coalesce(t.person_days, 0) AS person_days, coalesce(t.person_days_lo, 0) AS person_days_lo,
    coalesce(t.person_days_hi, 0) AS person_days_hi,
    coalesce(j.covered_from > j.first_day * 86400000000
      OR j.covered_until < (j.first_day + j.days) * 86400000000 - 1, TRUE) OR j.is_disputed AS is_outside,
      g.code IS NOT NULL AS is_recorded
  FROM joined j
  LEFT JOIN (SELECT DISTINCT release, group_value AS code FROM headcounts WHERE definition = 'ddp-midnight') g
    ON g.release = j.release AND g.code = j.detention_facility_code
  LEFT JOIN totals t ON t.release = j.release AND t.code = j.detention_facility_code
    AND t.first_day = j.first_day AND t.days = j.days
)
SELECT row_id AS published_row, source, release, 'ddp-midnight' AS definition, name, city, state,
  detention_facility_code, fiscal_year, as_of, days, adp,
  CAST(round(adp * days) AS BIGINT) AS published_person_days, CASE WHEN is_recorded
    AND NOT is_outside THEN person_days END AS person_days,
  CASE WHEN is_recorded AND NOT is_outside THEN person_days_lo END AS person_days_lo, CASE WHEN is_recorded
    AND NOT is_outside THEN person_days_hi END AS person_days_hi,
  CASE
    WHEN adp IS NULL OR days IS NULL OR days < 1 THEN 'explained: no average stated'
    WHEN is_disputed THEN 'cannot be judged: published twice, with different numbers'
    WHEN is_outside THEN 'explained: outside the release'
    WHEN n_codes IS NULL THEN 'explained: name not in the records'
    WHEN n_codes > 1 THEN 'explained: name fits several codes'
    WHEN NOT is_recorded THEN 'explained: facility not in the records'
    WHEN abs(adp * days - person_days) <= greatest(0.01 * adp * days, 0.5 * days) THEN 'agrees'
    WHEN adp * days >= person_days_lo - 0.5 * days
      AND adp * days <= person_days_hi + 0.5 * days THEN 'explained: missing ends'
    WHEN adp * days > person_days_hi AND NOT is_cover_stated
      THEN 'cannot be judged: the release may lack people held since before it'
    ELSE 'conflict'
  END AS status
FROM averaged
ORDER BY published_row ASC NULLS LAST, release ASC NULLS LAST
