-- transfer_without_arrival: people booked out as transferred whose next book-in came late, or is not recorded
-- inputs: stint_spans, reason_kinds, releases, disputed_times, rule_versions
-- kept: view
--
-- One event per booked-out stint whose release reason says transferred (a book-out after the release instant
-- is a plan, and none). An arrival is a book-in of the same person that is certainly later than this stint's
-- own, and certainly not before its book-out at the same facility, or not more than 6 hours before it
-- elsewhere: the two clocks can be of different zones (6 hours of slack each way). Shown not to be: an
-- arrival within the limit, both facilities being known. Shown: the first arrival belongs to the same stay
-- and is beyond the limit, and nothing else can lie between. That is not known where the person has another
-- row without book-in or book-out, or one that may have begun or ended after this book-out and is no certain
-- arrival, or where the release has rows without person id that can lie there: they may be this person's,
-- whatever they say of birth, citizenship or gender, in which one person's own rows differ. Nothing is shown
-- where this stint's book-in is missing or not certainly before its book-out. No arrival recorded shows
-- nothing: it may be withheld, under another id, or at another agency. Where another row gives the stint
-- another end (`disputed_times`), each is taken as possible; a stint that shares time with another row of the
-- person shows nothing, and a row booked out before it was booked in is no arrival. Equal clock times are one
-- instant, equal days are not. Rows of a person that are equal in what is read here are one event, at the
-- first of them in file order. `other_row` is the first arrival, or where one is within the limit, the one
-- that is so by most.
WITH departures AS (
  SELECT s.person_no, s.release, s.detention_facility_code, s.stay_book_in, s.book_in, s.book_out,
    min(s.row_id) AS row_id,
    least(s.book_out, min(d.out_lo)) AS first_out, greatest(s.book_out, max(d.out_hi)) AS last_out,
      min(d.other_row) AS disputing_row,
    max(CASE WHEN d.is_doubled THEN 1 ELSE 0 END) = 1 AS is_doubled
  FROM stint_spans s
  JOIN reason_kinds k ON k.reason = s.detention_release_reason AND k.kind = 'transferred'
  JOIN releases r ON r.release = s.release
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
  WHERE s.book_out <= r.released_at
  GROUP BY s.person_no, s.release, s.detention_facility_code, s.stay_book_in, s.book_in, s.book_out,
    CASE WHEN s.person_no IS NULL THEN s.row_id END
),
followed AS (
  SELECT e.row_id, o.row_id AS other_row, o.place, o.book_in AS other_in,
    o.stay_book_in = e.stay_book_in AS is_same_stay,
    recorded_hi(o.book_in) + CASE WHEN o.detention_facility_code = e.detention_facility_code THEN 0
      WHEN o.detention_facility_code <> e.detention_facility_code THEN 21600000000 END AS known_hi,
    NOT coalesce(x.is_inverted, FALSE) AND o.book_in > recorded_hi(e.book_in)
      AND o.book_in >= recorded_hi(e.last_out)
      - CASE WHEN o.detention_facility_code = e.detention_facility_code THEN 0
        ELSE 21600000000 END AS is_arrival,
    coalesce(x.is_inverted, FALSE) OR o.book_in IS NULL OR o.book_out IS NULL
      OR ((o.book_out <> e.book_out OR e.book_out % 86400000000 = 0) AND recorded_hi(o.book_out) > e.book_out)
      OR ((o.book_in <> e.book_in OR e.book_in % 86400000000 = 0) AND recorded_hi(o.book_in) > e.book_in
        AND recorded_hi(o.book_in) >= e.book_out
        - CASE WHEN o.detention_facility_code = e.detention_facility_code THEN 0
          ELSE 21600000000 END) AS may_be_between
  FROM departures e
  JOIN stint_spans o ON o.person_no = e.person_no AND o.row_id <> e.row_id
  LEFT JOIN disputed_times x ON x.row_id = o.row_id
  WHERE recorded_hi(e.book_in) <= e.book_out
),
first_arrivals AS (
  SELECT row_id, min_by(other_row, place) AS other_row, min_by(other_in, place) AS other_in,
    min_by(is_same_stay, place) AS is_same_stay
  FROM followed
  WHERE is_arrival
  GROUP BY row_id
),
known_arrivals AS (
  SELECT row_id, min(known_hi) AS known_hi FROM followed WHERE is_arrival GROUP BY row_id
),
proofs AS (
  SELECT k.row_id, k.known_hi, min(f.other_row) AS other_row
  FROM known_arrivals k
  JOIN followed f ON f.row_id = k.row_id AND f.is_arrival AND f.known_hi = k.known_hi
  GROUP BY k.row_id, k.known_hi
),
open_rows AS (
  SELECT DISTINCT row_id FROM followed WHERE other_in IS NULL OR (may_be_between AND NOT is_arrival)
),
measured AS (
  SELECT v.variant, v.limit_us, e.*, f.other_row AS first_row, k.other_row AS proof_row,
    CASE WHEN NOT e.is_doubled THEN held_lo(e.last_out, f.other_in, v.shift_us) - 21600000000 END AS least_us,
    CASE WHEN NOT e.is_doubled THEN held_hi(e.first_out, k.known_hi, v.shift_us) END AS greatest_us,
    f.other_in, f.is_same_stay, x.row_id IS NULL AS is_closed
  FROM departures e
  LEFT JOIN first_arrivals f ON f.row_id = e.row_id
  LEFT JOIN proofs k ON k.row_id = e.row_id
  LEFT JOIN open_rows x ON x.row_id = e.row_id
  CROSS JOIN rule_versions v
),
suspected AS (
  SELECT variant, row_id, release, book_out, other_in FROM measured
    WHERE least_us > limit_us AND is_same_stay AND is_closed
),
strays AS (
  SELECT s.release, s.book_in, s.book_out
  FROM stint_spans s
  WHERE s.person_no IS NULL AND s.release IN (SELECT release FROM suspected)
),
strayed AS (
  SELECT DISTINCT q.variant, q.row_id
  FROM suspected q
  JOIN strays x ON x.release = q.release
    AND (x.book_in IS NULL OR (x.book_in < recorded_hi(q.other_in)
      AND (recorded_hi(x.book_in) >= q.book_out - 21600000000 OR x.book_out IS NULL
        OR recorded_hi(x.book_out) > q.book_out)))
),
answered AS (
  SELECT m.*,
    CASE
      WHEN m.greatest_us <= m.limit_us THEN FALSE
      WHEN m.least_us > m.limit_us AND m.is_same_stay AND m.is_closed AND y.row_id IS NULL THEN TRUE
    END AS is_shown
  FROM measured m
  LEFT JOIN strayed y ON y.variant = m.variant AND y.row_id = m.row_id
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row,
  CASE WHEN NOT is_shown THEN proof_row WHEN is_shown
  OR disputing_row IS NULL THEN first_row ELSE disputing_row END AS other_row,
  book_out AS event_lo, recorded_hi(book_out) AS event_hi, TRUE AS is_bound, is_shown,
  CASE WHEN is_shown IS NOT NULL THEN least_us - limit_us END AS margin_lo,
    CASE WHEN NOT is_shown THEN greatest_us - limit_us END AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts,
  CASE
    WHEN is_shown IS NOT NULL THEN NULL
    WHEN person_no IS NULL THEN 'person'
    WHEN coalesce(recorded_hi(book_in) > book_out, TRUE) THEN 'departure_times'
    WHEN is_doubled OR first_out < last_out THEN 'disputed'
    WHEN other_in IS NULL OR least_us > limit_us OR NOT is_closed THEN 'arrival'
    ELSE 'exact_times; arrival_facility'
  END AS shown_facts,
  book_out + limit_us AS turns_at
FROM answered
