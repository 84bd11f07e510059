-- child_beyond_72_hours: stints of people who were under 18, by how long they lasted
-- inputs: stint_spans, stint_flags, disputed_times, rule_versions
-- kept: view
--
-- One event per stint of somebody whose birth year says that they were under 18 on every day of the year of
-- the book-in, by every row of the person. Whether the rule binds is never known (unaccompanied). Longer than
-- the limit, and what is in doubt, as in hold_room_limit.
WITH births AS (
  SELECT person_no, min(birth_year) AS born_lo
  FROM stint_spans
  WHERE person_no IS NOT NULL
  GROUP BY person_no
),
held AS (
  SELECT s.person_no, s.row_id, s.book_in,
    CASE WHEN s.book_out >= s.book_in THEN s.book_out END AS book_out, d.other_row,
    coalesce(d.has_two_ends, FALSE) AS has_two_ends, coalesce(d.is_doubled, FALSE) AS is_doubled, d.out_lo,
    d.out_hi
  FROM stint_spans s
  LEFT JOIN births b ON b.person_no = s.person_no
  LEFT JOIN stint_flags f ON f.row_id = s.row_id
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
  WHERE NOT coalesce(f.duplicate_likely_bond, FALSE) AND s.birth_year IS NOT NULL
    AND CAST(substr(CAST(date_of(day_of(s.book_in)) AS STRING), 1, 4) AS BIGINT)
      < least(s.birth_year, coalesce(b.born_lo, s.birth_year)) + 18
    AND CAST(substr(CAST(date_of(day_of(s.book_in)) AS STRING), 1, 4) AS BIGINT) >= s.birth_year
),
ended AS (
  SELECT *, CASE WHEN has_two_ends THEN out_lo ELSE book_out END AS first_out,
    CASE WHEN book_out IS NOT NULL THEN greatest(book_out, out_hi) END AS last_out
  FROM held
),
measured AS (
  SELECT v.variant, v.limit_us, e.*,
    CASE WHEN NOT e.is_doubled THEN held_lo(e.book_in, e.first_out, v.shift_us) END AS least_us,
    CASE WHEN NOT e.is_doubled THEN held_hi(e.book_in, e.last_out, v.shift_us) END AS greatest_us
  FROM ended e
  CROSS JOIN rule_versions v
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row, other_row,
  CASE WHEN book_out IS NULL THEN book_in ELSE least(book_in + limit_us, greatest(first_out, book_in))
    END AS event_lo,
  least(recorded_hi(book_in) + limit_us, recorded_hi(last_out)) AS event_hi,
  CAST(NULL AS BOOLEAN) AS is_bound,
  CASE WHEN least_us > limit_us THEN TRUE WHEN greatest_us <= limit_us THEN FALSE END AS is_shown,
  least_us - limit_us AS margin_lo, greatest_us - limit_us AS margin_hi, 'unaccompanied' AS bound_facts,
  CASE
    WHEN least_us > limit_us OR greatest_us <= limit_us THEN NULL
    WHEN has_two_ends OR is_doubled THEN 'disputed'
    WHEN book_out IS NULL THEN 'book_out'
    ELSE 'exact_times'
  END AS shown_facts,
  book_in + limit_us AS turns_at
FROM measured
