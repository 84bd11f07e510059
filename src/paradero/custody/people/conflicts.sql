-- conflicts: records of one person that cannot all be true, graded by size
-- inputs: stint_spans, contradictions, overlapping_persons, stay_spans, stay_ends, stay_removals, removals,
--   releases, persons
-- kept: table
--
-- Kinds (over kept stints, within one release): `inversion` (book-out before book-in), `overlap` (two stints
-- at different facilities, both closed, share time), `two_places` (two stints at different facilities begin
-- at the same instant), `two_ends` (two rows of one facility and day of book-in, likely duplicates among
-- them, whose book-outs within the stint differ), `custody_after_removal` (the last stint of a stay is
-- booked out after the day of the stay's departure, or booked in after it), `no_book_out_at_removal` (it has
-- no book-out though the person departed: size 0, one missing book-out explains it), `custody_after_death`
-- (a later stay follows a death), `departure_after_death` (a removal of the person departs after the latest
-- instant of a death), `held_through_departure` (a removal of the person departs on a day between book-in
-- and book-out of a stint that is no `custody_after_removal`), `before_birth` (a stint is booked in in a
-- year before the year of birth), `birth_year` (years more than one apart, over all rows of the person),
-- `stay_window` (nominal and stint window differ by more than a minute at either end), `stays_overlap`
-- (nominal windows of two stays share time), `stint_two_stays` (one person, book-in and facility under two
-- stay book-ins). A time given to the day or minute only can be any time of it: rows conflict only where no
-- such time makes them agree; a book-out that is withheld, unreadable or not in the release is not missing.
-- `row_a` and `row_b` are the rows that conflict (row_b null for one row alone), `size_us` how far from
-- consistent. Grade: trace under 1 hour, minor under 24 hours, serious under 30 days, severe beyond; birth
-- years: minor at 2 years apart, severe beyond.
WITH kept AS (
  SELECT * FROM stint_spans WHERE kept
),
inversions AS (
  SELECT person_no, row_id AS row_a, CAST(NULL AS BIGINT) AS row_b, 'inversion' AS kind,
    book_in - book_out AS size_us
  FROM kept WHERE recorded_hi(book_out) < book_in
),
watched AS (
  SELECT k.* FROM kept k JOIN overlapping_persons s ON s.person_no = k.person_no WHERE k.book_in IS NOT NULL
),
overlapping AS (
  SELECT a.person_no, least(a.row_id, b.row_id) AS row_a, greatest(a.row_id, b.row_id) AS row_b,
    'overlap' AS kind,
    least(a.book_out, b.book_out) - b.book_in AS size_us
  FROM watched a
  JOIN watched b ON b.person_no = a.person_no AND b.place > a.place
  WHERE a.detention_facility_code <> b.detention_facility_code AND b.book_in > a.book_in
    AND a.book_out > greatest(recorded_hi(a.book_in), recorded_hi(b.book_in))
    AND b.book_out > greatest(recorded_hi(a.book_in), recorded_hi(b.book_in))
),
two_places AS (
  SELECT a.person_no, least(a.row_id, b.row_id) AS row_a, greatest(a.row_id, b.row_id) AS row_b,
    'two_places' AS kind,
    CASE WHEN a.book_out IS NULL OR b.book_out IS NULL THEN 0
      ELSE greatest(least(a.book_out, b.book_out) - b.book_in, 0) END AS size_us
  FROM watched a
  JOIN watched b ON b.person_no = a.person_no AND b.place > a.place AND b.book_in = a.book_in
    AND b.book_in % 86400000000 <> 0
  WHERE a.detention_facility_code <> b.detention_facility_code
),
two_ends AS (
  SELECT a.person_no, least(a.row_id, b.row_id) AS row_a, greatest(a.row_id, b.row_id) AS row_b,
    'two_ends' AS kind, a.book_out - b.book_out AS size_us
  FROM contradictions c
  JOIN stint_spans a ON a.row_id = c.row_id
  JOIN stint_spans b ON b.row_id = c.other_row
  WHERE c.kind = 'two ends' AND a.book_out IS NOT NULL AND b.book_out > recorded_hi(a.book_in)
),
departures AS (
  SELECT g.person_no, g.stay_row, l.row_id, l.book_in, l.book_out, l.book_out_why, e.released_at,
    CASE WHEN l.departed >= f.first_day THEN l.departed WHEN m.departed >= f.first_day
      THEN m.departed END AS departed,
    CASE WHEN l.departed >= f.first_day THEN NULL ELSE m.removal_row END AS removal_row
  FROM stay_spans g
  JOIN (SELECT stay_row, day_of(coalesce(stint_window_in, stay_book_in)) * 86400000000 AS first_day
    FROM stay_spans) f ON f.stay_row = g.stay_row
  JOIN stint_spans l ON l.place = g.last_place
  JOIN persons p ON p.person_no = g.person_no
  JOIN releases e ON e.release = p.release
  LEFT JOIN stay_removals m ON m.stay_row = g.stay_row AND m.rule = 'nearest-removal' AND m.status = 'matched'
  WHERE l.departed IS NOT NULL OR m.departed IS NOT NULL
),
departed AS (
  SELECT *, (day_of(departed) + 1) * 86400000000 AS day_end FROM departures WHERE departed IS NOT NULL
),
after_removal AS (
  SELECT person_no, row_id AS row_a, removal_row AS row_b, 'custody_after_removal' AS kind,
    greatest(coalesce(book_out, book_in), coalesce(book_in, book_out)) - day_end AS size_us
  FROM departed
  WHERE greatest(coalesce(book_out, book_in), coalesce(book_in, book_out)) > day_end
),
never_booked_out AS (
  SELECT person_no, row_id AS row_a, removal_row AS row_b, 'no_book_out_at_removal' AS kind,
    CAST(0 AS BIGINT) AS size_us
  FROM departed
  WHERE book_out_why IN ('blank', 'stand_in') AND day_end <= released_at
    AND coalesce(book_in <= day_end, TRUE)
),
after_death AS (
  SELECT d.person_no, l.row_id AS row_a, d.next_stay_row AS row_b, 'custody_after_death' AS kind,
    greatest(coalesce(n.stint_window_in - l.book_out, 0), 0) AS size_us
  FROM stay_ends d
  JOIN stay_spans g ON g.stay_row = d.stay_row
  JOIN stint_spans l ON l.place = g.last_place
  JOIN stay_spans n ON n.stay_row = d.next_stay_row
  WHERE d.end_kind = 'death'
),
removed AS (
  SELECT person_no, departed, row_id AS removal_row, day_of(departed) * 86400000000 AS day_begin,
    (day_of(departed) + 1) * 86400000000 AS day_end
  FROM removals
  WHERE person_no IS NOT NULL AND departed IS NOT NULL
),
departed_dead AS (
  SELECT e.person_no, min(e.row_id) AS row_a, min(e.removal_row) AS row_b,
    'departure_after_death' AS kind, max(e.size_us) AS size_us
  FROM (
    SELECT g.person_no, l.row_id, r.removal_row, g.stay_row, r.departed - d.end_hi AS size_us
    FROM stay_ends d
    JOIN stay_spans g ON g.stay_row = d.stay_row
    JOIN stint_spans l ON l.place = g.last_place
    JOIN removed r ON r.person_no = g.person_no AND r.departed > d.end_hi
    WHERE d.end_kind = 'death'
  ) e
  GROUP BY e.person_no, e.stay_row
),
held_through AS (
  SELECT k.person_no, k.row_id AS row_a, min(r.removal_row) AS row_b, 'held_through_departure' AS kind,
    max(k.book_out - r.day_end) AS size_us
  FROM kept k
  JOIN removed r ON r.person_no = k.person_no AND recorded_hi(k.book_in) < r.day_begin
    AND k.book_out > r.day_end
  LEFT JOIN after_removal a ON a.row_a = k.row_id
  WHERE a.row_a IS NULL
  GROUP BY k.person_no, k.row_id
),
before_birth AS (
  SELECT person_no, row_id AS row_a, CAST(NULL AS BIGINT) AS row_b, 'before_birth' AS kind,
    (birth_year - CAST(substr(CAST(date_of(day_of(book_in)) AS STRING), 1, 4) AS BIGINT))
      * 31536000000000 AS size_us
  FROM kept
),
birth_years AS (
  SELECT person_no, min(row_id) AS row_a, CAST(NULL AS BIGINT) AS row_b, 'birth_year' AS kind,
    (max(birth_year) - min(birth_year)) * 31536000000000 AS size_us
  FROM stint_spans WHERE person_no IS NOT NULL GROUP BY person_no HAVING max(birth_year) - min(birth_year) > 1
),
windows AS (
  SELECT g.person_no, g.stay_row AS row_a, CAST(NULL AS BIGINT) AS row_b, 'stay_window' AS kind,
    greatest(
      CASE WHEN g.stay_book_in > day_hi(g.stint_window_in) OR g.stint_window_in > day_hi(g.stay_book_in)
        THEN abs(g.stay_book_in - g.stint_window_in) ELSE 0 END,
      CASE WHEN l.stay_book_out > day_hi(g.stint_window_out) OR g.stint_window_out > day_hi(l.stay_book_out)
        THEN abs(l.stay_book_out - g.stint_window_out) ELSE 0 END) AS size_us
  FROM stay_spans g
  JOIN stint_spans l ON l.place = g.last_place
),
nominal AS (
  SELECT g.person_no, g.stay_row, g.stay_book_in, l.stay_book_out,
    max(l.stay_book_out) OVER (
      PARTITION BY g.person_no ORDER BY g.stay_book_in ASC NULLS FIRST, g.first_place ASC NULLS FIRST
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS running_out
  FROM stay_spans g
  JOIN stint_spans l ON l.place = g.last_place
),
stays_overlap AS (
  SELECT b.person_no, least(a.stay_row, b.stay_row) AS row_a, greatest(a.stay_row, b.stay_row) AS row_b,
    'stays_overlap' AS kind,
    least(a.stay_book_out, b.stay_book_out) - b.stay_book_in AS size_us
  FROM nominal b
  JOIN nominal a ON a.person_no = b.person_no AND recorded_hi(a.stay_book_in) < b.stay_book_in
  WHERE recorded_hi(b.stay_book_in) < b.running_out AND recorded_hi(b.stay_book_in) < a.stay_book_out
    AND b.stay_book_out > recorded_hi(b.stay_book_in)
),
doubled AS (
  SELECT person_no, min(row_id) AS row_a, max(row_id) AS row_b, 'stint_two_stays' AS kind,
    CAST(0 AS BIGINT) AS size_us
  FROM kept
  WHERE book_in % 86400000000 <> 0 AND detention_facility_code IS NOT NULL
  GROUP BY person_no, book_in, detention_facility_code
  HAVING count(*) > 1
),
found AS (
  SELECT * FROM inversions
  UNION ALL SELECT * FROM overlapping
  UNION ALL SELECT * FROM two_places
  UNION ALL SELECT * FROM two_ends
  UNION ALL SELECT * FROM after_removal
  UNION ALL SELECT * FROM never_booked_out
  UNION ALL SELECT * FROM after_death
  UNION ALL SELECT * FROM departed_dead
  UNION ALL SELECT * FROM held_through
  UNION ALL SELECT * FROM before_birth WHERE size_us > 0
  UNION ALL SELECT * FROM birth_years
  UNION ALL SELECT * FROM windows WHERE size_us > 60000000
  UNION ALL SELECT * FROM stays_overlap
  UNION ALL SELECT * FROM doubled
)
SELECT f.kind,
  CASE
    WHEN f.kind = 'birth_year' AND f.size_us <= 63072000000000 THEN 'minor'
    WHEN f.kind = 'birth_year' THEN 'severe'
    WHEN f.size_us < 3600000000 THEN 'trace'
    WHEN f.size_us < 86400000000 THEN 'minor'
    WHEN f.size_us < 2592000000000 THEN 'serious'
    ELSE 'severe'
  END AS grade,
  f.size_us, p.release, p.unique_identifier, f.person_no, f.row_a, f.row_b
FROM found f
JOIN persons p ON p.person_no = f.person_no
ORDER BY f.person_no ASC NULLS LAST, f.kind ASC NULLS LAST, f.row_a ASC NULLS LAST, f.row_b ASC NULLS LAST,
  f.size_us ASC NULLS LAST
