-- child_beyond_72_hours: stints of people who were under 18, by how long they lasted
-- inputs: stint_spans, timed_stints, rule_versions
-- kept: view
--
-- One event per stint of somebody whose birth year says that they were under 18 on every day of the year of
-- the book-in, by every row of the person. Whether the rule binds is never known (unaccompanied). Longer than
-- the limit: as in hold_room_limit.
WITH births AS (
  SELECT person_no, min(birth_year) AS born_lo
  FROM stint_spans
  WHERE person_no IS NOT NULL
  GROUP BY person_no
),
dated AS (
  SELECT s.*, CAST(substr(CAST(date_of(day_of(s.book_in)) AS STRING), 1, 4) AS BIGINT) AS year_in,
    least(s.birth_year, coalesce(b.born_lo, s.birth_year)) AS born_lo
  FROM timed_stints s
  LEFT JOIN births b ON b.person_no = s.person_no
  WHERE s.birth_year IS NOT NULL
),
measured AS (
  SELECT v.variant, v.limit_us, d.*, held_lo(d.book_in, d.short_out, v.shift_us) AS least_us,
    held_hi(d.book_in, d.long_out, v.shift_us) AS greatest_us
  FROM dated d
  CROSS JOIN rule_versions v
  WHERE d.year_in < d.born_lo + 18 AND d.year_in >= d.birth_year
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row, other_row,
  CASE WHEN book_out IS NULL THEN book_in ELSE least(book_in + limit_us, greatest(first_out, book_in))
    END AS event_lo,
  least(recorded_hi(book_in) + limit_us, recorded_hi(last_out)) AS event_hi,
  CAST(NULL AS BOOLEAN) AS is_bound,
  CASE WHEN least_us > limit_us THEN TRUE WHEN greatest_us <= limit_us THEN FALSE END AS is_shown,
  least_us - limit_us AS margin_lo, greatest_us - limit_us AS margin_hi, 'unaccompanied' AS bound_facts,
  CASE WHEN least_us > limit_us OR greatest_us <= limit_us THEN NULL ELSE open_facts END AS shown_facts,
  book_in + limit_us AS turns_at
FROM measured
