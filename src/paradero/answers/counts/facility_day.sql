-- releases_over: the releases with detention rows, and whether a day lies between the first event of each and
--   its end
SELECT w.release, coalesce(day_of(r.first_event) <= day_number(CAST($day AS DATE))
  AND day_of(r.released_at) >= day_number(CAST($day AS DATE)), FALSE) AS is_over
FROM wanting w LEFT JOIN releases r ON r.release = w.release
ORDER BY w.release

-- days_published: what facility-day tables print of a facility and day beside the count under the same
--   definition
SELECT c.definition, c.release, CAST(c.published AS DOUBLE) AS published, CAST(c.n AS DOUBLE) AS n,
  CAST(c.n_lo AS DOUBLE) AS n_lo, CAST(c.n_hi AS DOUBLE) AS n_hi, c.status, c.published_row, s.file_name
FROM facility_day_comparisons c
LEFT JOIN facility_day_rows p ON p.row_id = c.published_row
LEFT JOIN sources s ON s.source = p.source
WHERE c.detention_facility_code = $facility AND CAST(c.date AS DATE) = CAST($day AS DATE)
  AND c.published IS NOT NULL
ORDER BY c.definition, c.release, s.file_name, c.published_row

-- averages_over: what workbooks print as the average of days that have this one among them
SELECT a.release, a.definition, a.fiscal_year, a.days, a.adp AS published, a.person_days / a.days AS n,
  a.person_days_lo / a.days AS n_lo, a.person_days_hi / a.days AS n_hi, a.status, a.published_row, s.file_name
FROM adp_comparisons a
LEFT JOIN sources s ON s.source = a.source
WHERE (a.detention_facility_code = $facility
    OR (a.detention_facility_code IS NULL AND upper(trim(a.name)) = upper(trim($name))))
  AND CAST($day AS DATE) >= make_date(a.fiscal_year - 1, 10, 1)
  AND CAST($day AS DATE) < make_date(a.fiscal_year - 1, 10, 1) + CAST(a.days AS INTEGER)
  AND a.adp IS NOT NULL
ORDER BY a.fiscal_year, a.days, a.release, s.file_name, a.published_row
