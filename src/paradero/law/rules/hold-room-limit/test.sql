-- hold_room_limit: stints in a hold room that lasted longer than the limit
-- inputs: timed_stints, hold_rooms, codeless_rooms, rule_versions
-- kept: view
--
-- One row per stint that is in a hold room (by its code, `hold_rooms`; without one by its name,
-- `codeless_rooms`), or may be (neither code nor name, or a code of which nothing is recorded). Longer than
-- the limit: least and greatest time between book-in and book-out on one clock, as `timed_stints` has its
-- ends and held_lo and held_hi measure. A stint without book-out, or booked out before it was booked in,
-- shows nothing. The event is the instant at which the limit passed, or the book-out where that came first.
WITH measured AS (
  SELECT v.variant, v.limit_us, coalesce(r.is_hold_room, n.is_hold_room) AS is_bound, s.*,
    held_lo(s.book_in, s.short_out, v.shift_us) AS least_us,
    held_hi(s.book_in, s.long_out, v.shift_us) AS greatest_us
  FROM timed_stints s
  LEFT JOIN hold_rooms r ON r.detention_facility_code = s.detention_facility_code
  LEFT JOIN codeless_rooms n ON n.row_id = s.row_id
  CROSS JOIN rule_versions v
  WHERE coalesce(r.is_hold_room, n.is_hold_room, TRUE)
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row, other_row,
  CASE WHEN book_out IS NULL THEN book_in ELSE least(book_in + limit_us, greatest(first_out, book_in))
    END AS event_lo,
  least(recorded_hi(book_in) + limit_us, recorded_hi(last_out)) AS event_hi,
  is_bound,
  CASE WHEN least_us > limit_us THEN TRUE WHEN greatest_us <= limit_us THEN FALSE END AS is_shown,
  least_us - limit_us AS margin_lo, greatest_us - limit_us AS margin_hi,
  CASE WHEN is_bound IS NULL THEN 'facility' END AS bound_facts,
  CASE WHEN least_us > limit_us OR greatest_us <= limit_us THEN NULL ELSE open_facts END AS shown_facts,
  book_in + limit_us AS turns_at
FROM measured
