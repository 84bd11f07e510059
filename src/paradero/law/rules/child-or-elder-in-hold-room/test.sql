-- child_or_elder_in_hold_room: stints in a hold room of people certainly under 18 or over 70
-- inputs: stint_spans, timed_stints, hold_rooms, codeless_rooms, rule_versions
-- kept: view
--
-- One event per stint that is in a hold room (`hold_rooms`, `codeless_rooms`), or may be, of somebody who by
-- every birth year that rows of the person state was under 18 on every day of the years of book-in, or older
-- than 70 on every one. Shown, unless rows have the person here and elsewhere at one time. Never shown not
-- to be: of anybody else there is no event.
WITH births AS (
  SELECT person_no, min(birth_year) AS born_lo, max(birth_year) AS born_hi
  FROM stint_spans
  WHERE person_no IS NOT NULL
  GROUP BY person_no
),
dated AS (
  SELECT t.*, coalesce(r.is_hold_room, n.is_hold_room) AS is_hold_room,
    CAST(substr(CAST(date_of(day_of(t.book_in)) AS STRING), 1, 4) AS BIGINT) AS year_in,
    least(t.birth_year, b.born_lo) AS born_lo, greatest(t.birth_year, b.born_hi) AS born_hi
  FROM timed_stints t
  LEFT JOIN hold_rooms r ON r.detention_facility_code = t.detention_facility_code
  LEFT JOIN codeless_rooms n ON n.row_id = t.row_id
  LEFT JOIN births b ON b.person_no = t.person_no
  WHERE t.birth_year IS NOT NULL AND t.book_in IS NOT NULL
    AND coalesce(r.is_hold_room, n.is_hold_room, TRUE)
)
SELECT v.variant, d.person_no, CAST(NULL AS STRING) AS subject, d.row_id AS event_row,
  CASE WHEN d.is_doubled THEN d.other_row END AS other_row,
  d.book_in AS event_lo, recorded_hi(d.book_in) AS event_hi, d.is_hold_room AS is_bound,
  CASE WHEN NOT d.is_doubled THEN TRUE END AS is_shown, CAST(NULL AS BIGINT) AS margin_lo,
  CAST(NULL AS BIGINT) AS margin_hi, CASE WHEN d.is_hold_room IS NULL THEN 'facility' END AS bound_facts,
  CASE WHEN d.is_doubled THEN 'disputed' END AS shown_facts, CAST(NULL AS BIGINT) AS turns_at
FROM dated d
CROSS JOIN rule_versions v
WHERE d.year_in < d.born_lo + 18 AND d.year_in >= d.born_hi OR d.year_in > d.born_hi + 71
