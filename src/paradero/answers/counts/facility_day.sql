-- looks: of each release with detention rows its days, whether it looks at a day (from its first event to its
--   end), whether everybody held at the counted time is in it (`is_covered`; not for certain unless that is
--   stated), and whether any of its rows names a facility
SELECT w.release, date_of(day_of(r.first_event)) AS first_day, date_of(day_of(r.released_at)) AS last_day,
  coalesce(day_of(r.first_event) <= day_number(CAST($day AS DATE))
    AND day_of(r.released_at) >= day_number(CAST($day AS DATE)), FALSE) AS looks,
  coalesce(day_number(CAST($day AS DATE)) * 86400000000 + $from_us >= r.covered_from
    AND day_number(CAST($day AS DATE)) * 86400000000 + $to_us <= r.covered_until, FALSE) AS is_covered,
  coalesce(r.is_cover_stated, FALSE) AS is_cover_stated,
  EXISTS (SELECT 1 FROM facility_counts s
    WHERE s.release = w.release AND s.detention_facility_code = $facility) AS names_it
FROM wanting w LEFT JOIN releases r ON r.release = w.release
ORDER BY w.release

-- last_covered: the last day that any release covers whole, else the last day that any looks at
SELECT coalesce(max(day_of(r.covered_until - $to_us)) FILTER (r.covered_from <= r.covered_until),
  max(day_of(r.released_at))) AS day
FROM wanting w JOIN releases r ON r.release = w.release

-- days_looked_at: the first and the last day that any release looks at
SELECT min(day_of(first_event)) AS first, max(day_of(released_at)) AS last FROM releases

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
