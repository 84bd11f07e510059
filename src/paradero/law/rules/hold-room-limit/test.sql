-- hold_room_limit: stints in a hold room that lasted longer than the limit
-- inputs: stint_spans, stint_flags, facilities, disputed_times, rule_versions
-- kept: view
--
-- One row per stint that is in a hold room, or may be (no facility code, or a code of which nothing is
-- recorded). A hold room is a facility whose code ends in HOLD or whose name or type has the words HOLD ROOM
-- (any spelling with or without a space). Longer than the limit: least and greatest time between book-in and
-- book-out on one clock, as held_lo and held_hi define them. A stint without book-out, or booked out before
-- it was booked in, shows nothing. Where another row of the person gives the same book-in another book-out
-- (`disputed_times`), each end is taken as possible for both: longer only if by the earliest, not longer only
-- if by the latest; where rows have the person here and elsewhere, or booked in twice, at one time, nothing
-- is shown, and `other_row` is the row that says otherwise. Rows of a person that repeat another in all but
-- the bond are left out; a second row of the same day is a statement of its own, and so is every row without
-- a person id. The event is the instant at which the limit passed, or the book-out where that came first.
WITH rooms AS (
  SELECT detention_facility_code,
    CASE
      WHEN detention_facility_code LIKE '%HOLD' THEN TRUE
      WHEN replace(upper(coalesce(detention_facility, '') || ' ' || coalesce(recorded_name, '') || ' '
        || coalesce(type_detailed, '')), ' ', '') LIKE '%HOLDROOM%' THEN TRUE
      WHEN detention_facility IS NOT NULL OR recorded_name IS NOT NULL THEN FALSE
    END AS is_bound
  FROM facilities
),
held AS (
  SELECT s.person_no, s.row_id, s.book_in, r.is_bound,
    CASE WHEN s.book_out >= s.book_in THEN s.book_out END AS book_out,
    d.other_row, coalesce(d.has_two_ends, FALSE) AS has_two_ends, coalesce(d.is_doubled, FALSE) AS is_doubled,
      d.out_lo, d.out_hi
  FROM stint_spans s
  LEFT JOIN rooms r ON r.detention_facility_code = s.detention_facility_code
  LEFT JOIN stint_flags f ON f.row_id = s.row_id
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
  WHERE NOT coalesce(f.duplicate_likely_bond, FALSE) AND coalesce(r.is_bound, TRUE)
),
ended AS (
  SELECT *, CASE WHEN has_two_ends THEN out_lo ELSE book_out END AS first_out,
    CASE WHEN book_out IS NOT NULL THEN greatest(book_out, out_hi) END AS last_out
  FROM held
),
measured AS (
  SELECT v.variant, v.limit_us, h.*,
    CASE WHEN NOT h.is_doubled THEN held_lo(h.book_in, h.first_out, v.shift_us) END AS least_us,
    CASE WHEN NOT h.is_doubled THEN held_hi(h.book_in, h.last_out, v.shift_us) END AS greatest_us
  FROM ended h
  CROSS JOIN rule_versions v
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row, other_row,
  CASE WHEN book_out IS NULL THEN book_in ELSE least(book_in + limit_us, greatest(first_out, book_in))
    END AS event_lo,
  least(recorded_hi(book_in) + limit_us, recorded_hi(last_out)) AS event_hi,
  is_bound,
  CASE WHEN least_us > limit_us THEN TRUE WHEN greatest_us <= limit_us THEN FALSE END AS is_shown,
  least_us - limit_us AS margin_lo, greatest_us - limit_us AS margin_hi,
  CASE WHEN is_bound IS NULL THEN 'facility' END AS bound_facts,
  CASE
    WHEN least_us > limit_us OR greatest_us <= limit_us THEN NULL
    WHEN book_in IS NULL AND book_out IS NULL THEN 'book_in; book_out'
    WHEN book_in IS NULL THEN 'book_in'
    WHEN has_two_ends OR is_doubled THEN 'disputed'
    WHEN book_out IS NULL THEN 'book_out'
    ELSE 'exact_times'
  END AS shown_facts,
  book_in + limit_us AS turns_at
FROM measured
