-- ddp_facility_days: how many people each facility held on each day, zeros included: at any time of the day,
-- at the midnight that ends it, and of those of the day the men, the women, the convicted and the possibly
-- minor
--
-- Persons are distinct within facility and day, a row without a person id is a person of its own. A missing
-- book-out is the last day; a book-out before its book-in counts on the day of the book-in, at no midnight.
-- Possibly minor: before the year in which the person turns 18.
WITH held AS (
  SELECT coalesce(s.detention_facility_code, '') AS code,
    coalesce(s.unique_identifier, 'row ' || s.row_id) AS person, s.gender, s.book_in_criminality,
    s.birth_year, w.first_day, w.last_day, CAST(s.book_in_date_time AS DATE) AS day_in,
    greatest(CAST(s.book_in_date_time AS DATE), coalesce(CAST(s.book_out_date_time AS DATE), w.last_day))
      AS day_to,
    coalesce(CAST(s.book_out_date_time AS DATE) - 1, w.last_day) AS night_to
  FROM read_stints s, ddp_window w
  WHERE s.book_in_date_time IS NOT NULL
),
kinds AS (
  SELECT 1 AS kind, code, person, day_in, day_to, first_day, last_day FROM held
  UNION ALL SELECT 2, code, person, day_in, night_to, first_day, last_day FROM held
  UNION ALL SELECT 3, code, person, day_in, day_to, first_day, last_day FROM held WHERE gender = 'Male'
  UNION ALL SELECT 4, code, person, day_in, day_to, first_day, last_day FROM held WHERE gender = 'Female'
  UNION ALL SELECT 5, code, person, day_in, day_to, first_day, last_day FROM held
    WHERE book_in_criminality = '1 Convicted Criminal'
  UNION ALL SELECT 6, code, person, day_in, least(day_to, make_date(birth_year + 18, 1, 1) - 1),
    first_day, last_day FROM held WHERE birth_year IS NOT NULL
),
cut AS (
  SELECT kind, code, person, greatest(day_in, first_day) AS begins, least(day_to, last_day) AS ends
  FROM kinds
  WHERE greatest(day_in, first_day) <= least(day_to, last_day)
),
ordered AS (
  SELECT kind, code, begins, ends, max(ends) OVER (
    PARTITION BY kind, code, person ORDER BY begins, ends
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS before_it
  FROM cut
),
fresh AS ( -- the part of each interval that none before it has
  SELECT kind, code, greatest(begins, coalesce(before_it + 1, begins)) AS begins, ends
  FROM ordered WHERE before_it IS NULL OR ends > before_it
),
changes AS (
  SELECT kind, code, begins AS day, 1 AS n FROM fresh
  UNION ALL SELECT kind, code, ends + 1, -1 FROM fresh
),
by_day AS (
  SELECT code, day, sum(n) FILTER (kind = 1) AS any_time, sum(n) FILTER (kind = 2) AS at_midnight,
    sum(n) FILTER (kind = 3) AS male, sum(n) FILTER (kind = 4) AS female,
    sum(n) FILTER (kind = 5) AS convicted, sum(n) FILTER (kind = 6) AS minor
  FROM changes GROUP BY code, day
),
grid AS (
  SELECT c.code, d.day
  FROM (SELECT DISTINCT code FROM cut) c,
    (SELECT CAST(unnest(generate_series(first_day, last_day, INTERVAL 1 DAY)) AS DATE) AS day
      FROM ddp_window) d
),
counted AS (
  SELECT g.code, g.day,
    sum(coalesce(b.any_time, 0)) OVER days AS any_time,
    sum(coalesce(b.at_midnight, 0)) OVER days AS at_midnight,
    sum(coalesce(b.male, 0)) OVER days AS male, sum(coalesce(b.female, 0)) OVER days AS female,
    sum(coalesce(b.convicted, 0)) OVER days AS convicted, sum(coalesce(b.minor, 0)) OVER days AS minor
  FROM grid g LEFT JOIN by_day b ON b.code = g.code AND b.day = g.day
  WINDOW days AS (PARTITION BY g.code ORDER BY g.day)
)
SELECT nullif(c.code, '') AS detention_facility_code, c.day AS date,
  CAST(c.any_time AS INTEGER) AS n_detained,
  CAST(c.at_midnight AS INTEGER) AS n_detained_at_midnight, CAST(c.male AS INTEGER) AS n_detained_male,
  CAST(c.female AS INTEGER) AS n_detained_female,
  CAST(c.convicted AS INTEGER) AS n_detained_convicted_criminal,
  CAST(c.minor AS INTEGER) AS n_detained_possibly_under_18, p.recorded_name AS detention_facility
FROM counted c
LEFT JOIN ddp_places p ON p.code = c.code
ORDER BY detention_facility_code ASC NULLS LAST, date
