-- under_72_hour_facility: stints longer than the limit at facilities that lists give for less than 72 hours
-- inputs: facility_rows, timed_stints, rule_versions
-- kept: view
--
-- One event per stint at a facility that some list gives as Under 72. Bound under the construction
-- `as-stated`, unless another list gives it as Over 72. Longer than the limit: as in hold_room_limit.
WITH listed AS (
  SELECT detention_facility_code AS code,
    max(CASE WHEN upper(trim(over_72)) = 'OVER 72' THEN 1 ELSE 0 END) = 1 AS is_over_too
  FROM facility_rows
  WHERE detention_facility_code IS NOT NULL AND upper(trim(over_72)) IN ('UNDER 72', 'OVER 72')
  GROUP BY detention_facility_code
  HAVING max(CASE WHEN upper(trim(over_72)) = 'UNDER 72' THEN 1 ELSE 0 END) = 1
),
measured AS (
  SELECT v.variant, v.construction, v.limit_us, l.is_over_too, s.*,
    held_lo(s.book_in, s.short_out, v.shift_us) AS least_us,
    held_hi(s.book_in, s.long_out, v.shift_us) AS greatest_us
  FROM timed_stints s
  JOIN listed l ON l.code = s.detention_facility_code
  CROSS JOIN rule_versions v
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row, other_row,
  CASE WHEN book_out IS NULL THEN book_in ELSE least(book_in + limit_us, greatest(first_out, book_in))
    END AS event_lo,
  least(recorded_hi(book_in) + limit_us, recorded_hi(last_out)) AS event_hi,
  CASE WHEN construction = 'as-stated' AND NOT is_over_too THEN TRUE END AS is_bound,
  CASE WHEN least_us > limit_us THEN TRUE WHEN greatest_us <= limit_us THEN FALSE END AS is_shown,
  least_us - limit_us AS margin_lo, greatest_us - limit_us AS margin_hi,
  CASE WHEN coalesce(construction, '') <> 'as-stated' OR is_over_too THEN 'listing' END AS bound_facts,
  CASE WHEN least_us > limit_us OR greatest_us <= limit_us THEN NULL ELSE open_facts END AS shown_facts,
  book_in + limit_us AS turns_at
FROM measured
