-- under_72_hour_facility: stints longer than the limit at facilities that lists give for less than 72 hours
-- inputs: facility_rows, stint_spans, stint_flags, disputed_times, rule_versions
-- kept: view
--
-- One event per stint at a facility that some list gives as Under 72. Bound under the construction
-- `as-stated`, unless another list gives it as Over 72. Longer than the limit, and what is in doubt, as in
-- hold_room_limit: least and greatest time between book-in and book-out on one clock; where another row of
-- the person gives another book-out, each end is taken as possible; where rows have the person here and
-- elsewhere at one time, nothing is shown. Rows that repeat another in all but the bond are left out.
WITH listed AS (
  SELECT detention_facility_code AS code,
    max(CASE WHEN upper(trim(over_72)) = 'OVER 72' THEN 1 ELSE 0 END) = 1 AS is_over_too
  FROM facility_rows
  WHERE detention_facility_code IS NOT NULL AND upper(trim(over_72)) IN ('UNDER 72', 'OVER 72')
  GROUP BY detention_facility_code
  HAVING max(CASE WHEN upper(trim(over_72)) = 'UNDER 72' THEN 1 ELSE 0 END) = 1
),
held AS (
  SELECT s.person_no, s.row_id, s.book_in, l.is_over_too,
    CASE WHEN recorded_hi(s.book_out) < s.book_in THEN NULL ELSE s.book_out END AS book_out, d.other_row,
    coalesce(d.has_two_ends, FALSE) AS has_two_ends, coalesce(d.is_doubled, FALSE) AS is_doubled, d.out_lo,
    d.out_hi
  FROM stint_spans s
  JOIN listed l ON l.code = s.detention_facility_code
  LEFT JOIN stint_flags f ON f.row_id = s.row_id
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
  WHERE NOT coalesce(f.duplicate_likely_bond, FALSE)
),
ended AS (
  SELECT *, CASE WHEN has_two_ends THEN out_lo ELSE book_out END AS first_out,
    CASE WHEN book_out IS NOT NULL THEN greatest(book_out, out_hi) END AS last_out
  FROM held
),
measured AS (
  SELECT v.variant, v.construction, v.limit_us, e.*,
    CASE WHEN NOT e.is_doubled THEN held_lo(e.book_in, e.first_out, v.shift_us) END AS least_us,
    CASE WHEN NOT e.is_doubled THEN held_hi(e.book_in, e.last_out, v.shift_us) END AS greatest_us
  FROM ended e
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
