-- totals: how many counts there are, and how wide each cause makes them
SELECT count(*) AS n,
  CAST(coalesce(sum(hi_less_lo_precision), 0) AS BIGINT) AS hi_less_lo_precision,
  CAST(coalesce(sum(hi_less_lo_order_of_day_and_month), 0) AS BIGINT) AS hi_less_lo_order_of_day_and_month,
  CAST(coalesce(sum(hi_less_lo_not_in_release), 0) AS BIGINT) AS hi_less_lo_not_in_release,
  CAST(coalesce(sum(hi_less_lo_unreadable), 0) AS BIGINT) AS hi_less_lo_unreadable,
  CAST(coalesce(sum(hi_less_lo_blank), 0) AS BIGINT) AS hi_less_lo_blank,
  CAST(coalesce(sum(hi_less_lo_withheld), 0) AS BIGINT) AS hi_less_lo_withheld,
  CAST(coalesce(sum(hi_less_lo_contradicted), 0) AS BIGINT) AS hi_less_lo_contradicted,
  CAST(coalesce(sum(hi_less_lo_unaccounted), 0) AS BIGINT) AS hi_less_lo_unaccounted,
  CAST(coalesce(sum(hi_less_lo_person_unknown), 0) AS BIGINT) AS hi_less_lo_person_unknown,
  CAST(coalesce(sum(hi_less_lo_place_unknown), 0) AS BIGINT) AS hi_less_lo_place_unknown
FROM counted

-- rows: the counts in their order
SELECT * FROM counted LIMIT $limit OFFSET $offset

-- facility_of_code: the facility whose code it is, in capitals or not
SELECT detention_facility_code AS code, detention_facility AS name FROM facilities
WHERE upper(detention_facility_code) = upper(trim($text)) ORDER BY 1

-- facilities_of_name: the facilities whose name, as listed or as recorded, has the text in it
SELECT DISTINCT f.detention_facility_code AS code, f.detention_facility AS name
FROM facilities f
LEFT JOIN facility_names n ON n.detention_facility_code = f.detention_facility_code
WHERE contains(upper(f.detention_facility), upper(trim($text)))
  OR contains(upper(f.recorded_name), upper(trim($text))) OR contains(n.plain_name, upper(trim($text)))
ORDER BY 1

-- facility_names: all names of facilities
SELECT DISTINCT detention_facility AS name FROM facilities WHERE detention_facility IS NOT NULL ORDER BY 1

-- printed: what others printed of facilities and days, each column that counts people by itself
SELECT row_id, source, detention_facility_code, detention_facility, CAST(date AS DATE) AS date,
  'n_detained' AS counted_as, n_detained AS published
FROM facility_day_rows WHERE n_detained IS NOT NULL
UNION ALL
SELECT row_id, source, detention_facility_code, detention_facility, CAST(date AS DATE),
  'n_detained_at_midnight', n_detained_at_midnight
FROM facility_day_rows WHERE n_detained_at_midnight IS NOT NULL
UNION ALL
SELECT row_id, source, detention_facility_code, detention_facility, CAST(date AS DATE), 'n', n
FROM facility_day_rows WHERE n IS NOT NULL
UNION ALL
SELECT row_id, source, detention_facility_code, detention_facility, CAST(date AS DATE), 'daily_pop', daily_pop
FROM facility_day_rows WHERE daily_pop IS NOT NULL
UNION ALL
SELECT row_id, source, detention_facility_code, detention_facility, CAST(date AS DATE),
  'midnight_pop', midnight_pop
FROM facility_day_rows WHERE midnight_pop IS NOT NULL

-- published: what others printed, the latest day first, the largest figure first
SELECT p.*, s.file_name
FROM published_days p
LEFT JOIN sources s ON s.source = p.source
WHERE $text IS NULL OR list_contains($codes, detention_facility_code)
  OR contains(upper(detention_facility), upper(trim($text)))
ORDER BY date DESC, published DESC, detention_facility_code, counted_as, row_id
LIMIT $limit
