-- judged: of every person whether rows show what was asked (true), deny it (false), or leave it open (null)
-- Of a facility only the rows that name it, and those that name none, are looked at: all others deny it.
WITH looked_at AS (
  SELECT person_no, detention_facility_code, book_in, book_in_lo, book_in_hi, book_out, book_out_lo,
    book_out_hi, stay_book_out
  FROM facility_stints WHERE detention_facility_code = $facility
  UNION ALL
  SELECT person_no, detention_facility_code, book_in, book_in_lo, book_in_hi, book_out, book_out_lo,
    book_out_hi, stay_book_out
  FROM facility_stints WHERE $facility IS NOT NULL AND detention_facility_code IS NULL
  UNION ALL
  SELECT person_no, detention_facility_code, book_in, book_in_lo, book_in_hi, book_out, book_out_lo,
    book_out_hi, stay_book_out
  FROM stint_spans WHERE $facility IS NULL AND $first_us IS NOT NULL
),
times AS (
  SELECT person_no, detention_facility_code,
    coalesce(book_in, book_in_lo) AS in_lo, coalesce(book_in, book_in_hi) AS in_hi,
    coalesce(book_out, book_out_lo) AS out_lo, coalesce(book_out, book_out_hi, stay_book_out) AS out_hi
  FROM looked_at
  WHERE person_no IS NOT NULL
),
stints AS (
  SELECT person_no,
    CASE WHEN $facility IS NULL THEN TRUE ELSE detention_facility_code = $facility END
    AND CASE
      WHEN $first_us IS NULL THEN TRUE
      WHEN in_lo >= $after_us OR out_hi < $first_us THEN FALSE
      WHEN in_lo >= $first_us AND in_hi < $after_us THEN TRUE
      WHEN out_lo >= $first_us AND out_hi < $after_us THEN TRUE
      WHEN in_hi < $first_us AND out_lo >= $after_us THEN TRUE
    END AS held
  FROM times
),
held AS (
  SELECT person_no,
    CASE WHEN bool_or(held) THEN TRUE WHEN count(*) > count(held) THEN NULL ELSE FALSE END AS held
  FROM stints
  GROUP BY person_no
),
countries AS (
  SELECT s.person_no,
    CASE WHEN bool_or(lower(d.citizenship_country) = lower($country)) THEN TRUE
      WHEN count(d.citizenship_country) < count(*) THEN NULL ELSE FALSE END AS is_of
  FROM detention_rows d
  JOIN stint_spans s ON s.row_id = d.row_id
  WHERE $country IS NOT NULL AND s.person_no IS NOT NULL
  GROUP BY s.person_no
),
dead AS (
  -- a row records the death; a later row denies it, or says nothing of it
  SELECT DISTINCT s.person_no
  FROM stint_spans s
  JOIN reason_kinds k ON k.reason = s.detention_release_reason OR k.reason = s.stay_release_reason
  WHERE $end_kind = 'death' AND k.kind = 'death' AND s.person_no IS NOT NULL
),
judged AS (
  SELECT c.person_no, c.release, c.first_book_in,
    ($release IS NULL OR c.release = $release)
    AND CASE WHEN $facility IS NULL AND $first_us IS NULL THEN TRUE WHEN h.person_no IS NULL THEN FALSE
      ELSE h.held END
    AND CASE WHEN $end_kind IS NULL OR $end_kind = c.end_kind THEN TRUE
      WHEN c.end_kind = 'cannot be judged' OR c.person_no IN (SELECT person_no FROM dead) THEN NULL
      ELSE FALSE END
    AND CASE WHEN $country IS NULL THEN TRUE ELSE n.is_of END
    AND (NOT $with_gaps OR c.person_no IN (SELECT person_no FROM unaccounted))
    AND (NOT $with_conflicts OR c.person_no IN (SELECT person_no FROM conflicts)) AS is_shown
  FROM chains c
  LEFT JOIN held h ON h.person_no = c.person_no
  LEFT JOIN countries n ON n.person_no = c.person_no
  WHERE ($facility IS NULL AND $first_us IS NULL) OR h.person_no IS NOT NULL
)
SELECT * FROM judged WHERE is_shown IS NOT FALSE

-- counts: by release, how many people rows show and how many they leave open, how many rows without a person
--   id may be of people asked for, and whether any row has an id
WITH people AS (
  SELECT c.release, count(*) FILTER (k.is_shown) AS n_shown,
    count(*) FILTER (k.person_no IS NOT NULL AND k.is_shown IS NULL) AS n_open
  FROM (SELECT DISTINCT release FROM chains) c LEFT JOIN cohort k ON k.release = c.release
  GROUP BY c.release
),
unnamed AS (
  -- rows without a person id stand below zero
  SELECT release, count(*) AS n FROM stint_spans
  WHERE place < 0
    AND ($facility IS NULL OR detention_facility_code IS NULL OR detention_facility_code = $facility)
    AND ($first_us IS NULL OR (
      (coalesce(book_in, book_in_lo) IS NULL OR coalesce(book_in, book_in_lo) < $after_us)
      AND (coalesce(book_out, book_out_hi, stay_book_out) IS NULL
        OR coalesce(book_out, book_out_hi, stay_book_out) >= $first_us)))
  GROUP BY release
),
nobody AS (
  SELECT r.release, coalesce(u.n, 0) AS n
  FROM (SELECT DISTINCT release FROM facility_counts) r LEFT JOIN unnamed u ON u.release = r.release
)
SELECT coalesce(p.release, n.release) AS release, coalesce(p.n_shown, 0) AS n_shown,
  coalesce(p.n_open, 0) AS n_open, coalesce(n.n, 0) AS n_rows_of_nobody, p.release IS NOT NULL AS has_ids
FROM people p FULL JOIN nobody n ON n.release = p.release
WHERE $release IS NULL OR coalesce(p.release, n.release) = $release
ORDER BY 1

-- page: a page of them, in the order of their first book-ins
SELECT person_no, is_shown FROM cohort
WHERE $is_open = (is_shown IS NULL)
ORDER BY first_book_in NULLS LAST, person_no
LIMIT $limit OFFSET $offset

-- listed: the people of a page with the last place that their rows name
SELECT c.person_no, c.release, c.unique_identifier, c.first_book_in, c.end_kind, c.end_lo, c.end_hi,
  p.is_shown, l.last_facility_code, l.n_rows
FROM chains_of_page c
JOIN page p ON p.person_no = c.person_no
LEFT JOIN (
  SELECT person_no, count(*) AS n_rows, max_by(detention_facility_code, place) AS last_facility_code
  FROM stints_of_page GROUP BY person_no
) l ON l.person_no = c.person_no
ORDER BY c.first_book_in NULLS LAST, c.person_no

-- countries: the countries of citizenship that rows name, the most frequent first
SELECT citizenship_country AS name FROM detention_rows WHERE citizenship_country IS NOT NULL
GROUP BY citizenship_country ORDER BY count(*) DESC, citizenship_country LIMIT 300
