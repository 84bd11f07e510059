-- two_custodians: two stints of one person at different facilities that share time
-- inputs: stint_spans, facilities, releases, disputed_times, rule_versions
-- kept: view
--
-- One event per pair of stints of one person whose readings share time, or may where a book-in or book-out is
-- missing, cannot be right (out before in), lies after the release instant or is a day without clock time.
-- Different facilities: different codes, both stated; pairs of one code are no event, nor are pairs with a
-- stint that as recorded cannot have lasted beyond the limit. Shown: both stints are closed and, on whatever
-- United States clocks the two were read, share more than the limit. The shared time lies between bounds: no
-- more than each stint's own length, nor than the time from either book-in to the other book-out, least and
-- greatest as held_lo and held_hi define them, across facilities with what clocks can differ as slack each
-- way: as far apart as the zones of the two states lie (`utc_lo`, `utc_hi`: hours from UTC in winter; an hour
-- less too where clocks do not change in summer), 6 hours, from Puerto Rico to Hawaii, where lists name no
-- one state. That two rows share time is the event itself; but where a third row gives a stint another end
-- (`disputed_times`), each end is taken as possible, and where the person is booked twice into one facility
-- at one time, nothing is shown of it. Likely duplicates are compared too: nothing is chosen. Equal stints of
-- a person are one, at the first of them in file order; two without a code may be at two places.
WITH states AS (
  SELECT * FROM (VALUES
    ('AL', -6, -5), ('AK', -10, -9), ('AZ', -8, -7), ('AR', -6, -6), ('CA', -8, -8), ('CO', -7, -7),
      ('CT', -5, -5), ('DE', -5, -5), ('DC', -5, -5),
    ('FL', -6, -5), ('GA', -5, -5), ('HI', -11, -10), ('ID', -8, -7), ('IL', -6, -6), ('IN', -6, -5),
      ('IA', -6, -6), ('KS', -7, -6), ('KY', -6, -5),
    ('LA', -6, -6), ('ME', -5, -5), ('MD', -5, -5), ('MA', -5, -5), ('MI', -6, -5), ('MN', -6, -6),
      ('MS', -6, -6), ('MO', -6, -6), ('MT', -7, -7),
    ('NE', -7, -6), ('NV', -8, -7), ('NH', -5, -5), ('NJ', -5, -5), ('NM', -7, -7), ('NY', -5, -5),
      ('NC', -5, -5), ('ND', -7, -6), ('OH', -5, -5),
    ('OK', -7, -6), ('OR', -8, -7), ('PA', -5, -5), ('RI', -5, -5), ('SC', -5, -5), ('SD', -7, -6),
      ('TN', -6, -5), ('TX', -7, -6), ('UT', -7, -7),
    ('VT', -5, -5), ('VA', -5, -5), ('WA', -8, -8), ('WV', -5, -5), ('WI', -6, -6), ('WY', -7, -7),
      ('PR', -5, -4), ('VI', -5, -4)
  ) AS given (state, utc_lo, utc_hi)
),
places AS (
  SELECT f.detention_facility_code AS code, s.utc_lo, s.utc_hi
  FROM facilities f
  JOIN states s ON s.state = trim(f.state)
  WHERE f.n_states = 1
),
stints AS (
  SELECT s.person_no, s.detention_facility_code AS code, s.book_in, min(s.row_id) AS row_id,
    CASE WHEN recorded_hi(s.book_out) >= s.book_in
      OR s.book_in IS NULL THEN CASE WHEN s.book_out <= r.released_at THEN s.book_out END END AS book_out,
    min(d.out_lo) AS out_lo, max(d.out_hi) AS out_hi,
      max(CASE WHEN d.is_rebooked THEN 1 ELSE 0 END) = 1 AS is_rebooked
  FROM stint_spans s
  JOIN releases r ON r.release = s.release
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
  WHERE s.person_no IS NOT NULL
  GROUP BY s.person_no, s.detention_facility_code, s.book_in, s.book_out, r.released_at,
    CASE WHEN s.detention_facility_code IS NULL THEN s.row_id END
),
reaching AS (
  SELECT s.*, CASE WHEN s.book_out IS NOT NULL THEN least(s.book_out, s.out_lo) END AS first_out,
    CASE WHEN s.book_out IS NOT NULL THEN greatest(s.book_out, s.out_hi) END AS last_out,
      CASE WHEN s.book_out % 86400000000 = 0 THEN s.book_out + 86399999999 ELSE s.book_out END AS reach
  FROM stints s
  CROSS JOIN (SELECT min(limit_us) AS limit_us FROM rule_versions) q
  WHERE coalesce(recorded_hi(s.book_out) - s.book_in > q.limit_us, TRUE)
),
pairs AS (
  SELECT a.person_no, a.row_id AS row_a, b.row_id AS row_b, a.code AS code_a, b.code AS code_b,
    a.code <> b.code AS is_bound,
    a.book_in AS in_a, a.book_out AS out_a, b.book_in AS in_b, b.book_out AS out_b, a.first_out AS first_a,
      a.last_out AS last_a, b.first_out AS first_b, b.last_out AS last_b,
    a.is_rebooked OR b.is_rebooked AS is_rebooked, a.is_rebooked OR b.is_rebooked OR a.out_lo IS NOT NULL
      OR b.out_lo IS NOT NULL AS is_disputed
  FROM reaching a
  JOIN reaching b ON b.person_no = a.person_no AND b.row_id > a.row_id
    AND coalesce(a.book_in < b.reach, TRUE) AND coalesce(b.book_in < a.reach, TRUE)
      AND coalesce(a.code <> b.code, TRUE)
),
placed AS (
  SELECT p.*, coalesce(least(greatest(a.utc_hi - b.utc_lo, b.utc_hi - a.utc_lo), 6),
    6) * 3600000000 AS slack_us
  FROM pairs p
  LEFT JOIN places a ON a.code = p.code_a
  LEFT JOIN places b ON b.code = p.code_b
),
measured AS (
  SELECT v.variant, v.limit_us, p.*,
    CASE WHEN in_a IS NOT NULL AND out_a IS NOT NULL AND in_b IS NOT NULL AND out_b IS NOT NULL
      AND NOT is_rebooked THEN least(
      held_lo(in_a, first_a, v.shift_us), held_lo(in_b, first_b, v.shift_us),
      held_lo(in_a, first_b, v.shift_us) - slack_us, held_lo(in_b, first_a, v.shift_us) - slack_us)
        END AS least_us,
    CASE WHEN NOT is_rebooked THEN least(held_hi(in_a, last_a, v.shift_us), held_hi(in_b, last_b, v.shift_us),
      held_hi(in_a, last_b, v.shift_us) + slack_us, held_hi(in_b, last_a, v.shift_us) + slack_us)
        END AS greatest_us
  FROM placed p
  CROSS JOIN rule_versions v
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_a AS event_row, row_b AS other_row,
  CASE WHEN in_a IS NOT NULL AND in_b IS NOT NULL THEN greatest(in_a, in_b) END AS event_lo,
  CASE WHEN in_a IS NOT NULL AND in_b IS NOT NULL THEN greatest(recorded_hi(in_a), recorded_hi(in_b))
    END AS event_hi,
  is_bound,
  CASE WHEN least_us > limit_us THEN TRUE WHEN greatest_us <= limit_us THEN FALSE END AS is_shown,
  least_us - limit_us AS margin_lo, greatest_us - limit_us AS margin_hi,
  CASE WHEN is_bound IS NULL THEN 'facility' END AS bound_facts,
  CASE
    WHEN least_us > limit_us OR greatest_us <= limit_us THEN NULL
    WHEN (in_a IS NULL OR in_b IS NULL) AND (out_a IS NULL OR out_b IS NULL) THEN 'book_in; book_out'
    WHEN in_a IS NULL OR in_b IS NULL THEN 'book_in'
    WHEN is_disputed THEN 'disputed'
    WHEN out_a IS NULL OR out_b IS NULL THEN 'book_out'
    ELSE 'exact_times'
  END AS shown_facts,
  CASE WHEN in_a IS NOT NULL AND in_b IS NOT NULL THEN greatest(in_a, in_b) + limit_us END AS turns_at
FROM measured
