-- facility_lengths: how many stints at each facility were surely, and may have been, of each length
-- inputs: stint_spans, stint_lengths
-- kept: table
--
-- One row per release, facility (one without a facility for the rows that name none) and length from
-- `from_us` to below `until_us`; the last length holds those from a day up once more. `n_lo` counts stints
-- both of whose bounds lie in the length, `n_hi` those that may, with the exact repetitions of rows without a
-- person id, which may be of somebody else.
WITH bins AS (
  SELECT 1 AS bin_no, 'under-12-h' AS bin, 0 AS from_us, 43200000000 AS until_us
  UNION ALL SELECT 2, '12-to-24-h', 43200000000, 86400000000
  UNION ALL SELECT 3, '1-to-3-days', 86400000000, 259200000000
  UNION ALL SELECT 4, '3-to-7-days', 259200000000, 604800000000
  UNION ALL SELECT 5, '7-to-30-days', 604800000000, 2592000000000
  UNION ALL SELECT 6, '30-days-or-more', 2592000000000, 9223372036854775807
  UNION ALL SELECT 7, 'a-day-or-more', 86400000000, 9223372036854775807
),
copies AS (
  SELECT release, detention_facility_code, book_in, book_out, count(*) AS n
  FROM stint_spans
  WHERE person_no IS NULL AND duplicate_exact
  GROUP BY release, detention_facility_code, book_in, book_out
),
counted AS (
  SELECT l.release, l.detention_facility_code, l.length_lo_us, l.length_hi_us, 1 + coalesce(k.n, 0) AS n_hi
  FROM stint_lengths l
  LEFT JOIN copies k ON l.unique_identifier IS NULL AND k.release = l.release
    AND k.detention_facility_code IS NOT DISTINCT FROM l.detention_facility_code
    AND k.book_in IS NOT DISTINCT FROM l.book_in AND k.book_out IS NOT DISTINCT FROM l.book_out
)
SELECT l.release, l.detention_facility_code, CAST(b.bin_no AS BIGINT) AS bin_no, b.bin,
  CAST(b.from_us AS BIGINT) AS from_us, CAST(b.until_us AS BIGINT) AS until_us,
  count(CASE WHEN l.length_lo_us >= b.from_us AND l.length_hi_us < b.until_us THEN 1 END) AS n_lo,
  CAST(coalesce(sum(CASE WHEN coalesce(l.length_lo_us, 0) < b.until_us
    AND (l.length_hi_us IS NULL OR l.length_hi_us >= b.from_us) THEN l.n_hi END), 0) AS BIGINT) AS n_hi
FROM counted l
CROSS JOIN bins b
GROUP BY l.release, l.detention_facility_code, b.bin_no, b.bin, b.from_us, b.until_us
ORDER BY l.release ASC NULLS FIRST, l.detention_facility_code ASC NULLS LAST, b.bin_no ASC NULLS LAST
