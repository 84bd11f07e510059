-- arrest_to_book_in: arrests after which the first recorded book-in came late
-- inputs: arrests, arrest_rows, stint_spans, disputed_times, rule_versions
-- kept: view
--
-- One event per arrest row with a time; rows of a person that are equal in what is read here are one event,
-- at the first of them in file order. Bound: the method is one by which people at large are taken into
-- custody (Located, Custodial Arrest, and others in the list below); not bound: Non-Custodial Arrest; not
-- known: methods by which a jail or another agency holds the person already (CAP, 287(g), Reprocessed), and a
-- blank. Shown not to be: a book-in of the same person, certainly not more than 6 hours before the arrest, is
-- within the limit (6 hours of slack each way: arrest and book-in are read from clocks that can be of
-- different zones). Shown: the first begin of custody after the arrest, by stay begin and book-in, is beyond
-- the limit and within the window, and nothing else can lie between. That is not known where the person has a
-- row whose book-in, stay begin or arrest time is missing, was or may have been in custody when arrested, was
-- arrested again meanwhile, or where the release has detention or arrest rows without person id that can lie
-- there: they may be this person's, whatever they say of birth, citizenship or gender, in which one person's
-- own rows differ. A row booked out before it was booked in may have begun at any time; a book-in that shares
-- time with another row of the person (`disputed_times`) is within the limit only if the other's is too. A
-- missing book-in shows nothing. Equal clock times are one instant, equal days are not. `other_row` is the
-- first book-in, or where one is within the limit, the one that is so by most.
WITH stated AS (
  SELECT r.person_no, r.row_id, r.arrested_at, a.release, upper(trim(a.apprehension_method)) AS method
  FROM arrests r
  JOIN arrest_rows a ON a.row_id = r.row_id
),
events AS (
  SELECT person_no, release, arrested_at, method, min(row_id) AS row_id,
    CASE
      WHEN method = 'NON-CUSTODIAL ARREST' THEN FALSE
      WHEN method IN ('LOCATED', 'CUSTODIAL ARREST', 'OTHER EFFORTS', 'WORKSITE ENFORCEMENT', 'PATROL BORDER',
        'PATROL INTERIOR', 'TRAFFIC CHECK',
        'TRANSPORTATION CHECK AIRCRAFT', 'TRANSPORTATION CHECK BUS', 'TRANSPORTATION CHECK PASSENGER TRAIN',
          'BOAT PATROL', 'ANTI-SMUGGLING') THEN TRUE
    END AS is_bound
  FROM stated
  WHERE arrested_at IS NOT NULL
  GROUP BY person_no, release, arrested_at, method, CASE WHEN person_no IS NULL THEN row_id END
),
followed AS (
  SELECT e.row_id, o.row_id AS other_row, o.place, o.book_in, least(o.book_in, o.stay_book_in) AS begun,
    NOT coalesce(d.is_inverted, FALSE) AND o.book_in >= recorded_hi(e.arrested_at) - 21600000000 AS is_after,
    greatest(recorded_hi(o.book_in), recorded_hi(d.in_hi)) AS known_hi, d.in_hi > o.book_in AS is_disputed,
      coalesce(d.is_inverted, FALSE) AS is_inverted,
    coalesce(d.is_inverted, FALSE) OR o.book_in IS NULL OR o.stay_book_in IS NULL
      OR (o.book_in < recorded_hi(e.arrested_at) - 21600000000
      AND (o.book_out IS NULL OR greatest(recorded_hi(o.book_in),
        recorded_hi(o.book_out)) >= e.arrested_at - 21600000000)) AS is_open
  FROM events e
  JOIN stint_spans o ON o.person_no = e.person_no
  LEFT JOIN disputed_times d ON d.row_id = o.row_id
),
found AS (
  SELECT row_id, min_by(other_row, CASE WHEN is_after THEN place END) AS other_row,
    min(CASE WHEN is_after THEN book_in END) AS first_in,
    min(CASE WHEN is_after THEN known_hi END) AS first_hi,
      max(CASE WHEN is_after AND is_disputed THEN 1 ELSE 0 END) = 1 AS is_disputed,
      min(CASE WHEN is_after THEN begun END) AS first_begun,
      min(CASE WHEN is_inverted THEN other_row END) AS inverted_row, count(*) FILTER (WHERE is_open) AS n_open
  FROM followed
  GROUP BY row_id
),
proofs AS (
  SELECT f.row_id, min(o.other_row) AS other_row
  FROM found f
  JOIN followed o ON o.row_id = f.row_id AND o.is_after AND o.known_hi = f.first_hi
  GROUP BY f.row_id
),
again AS (
  SELECT e.row_id, min(coalesce(o.arrested_at, e.arrested_at)) AS again_at
  FROM events e
  JOIN arrests o ON o.person_no = e.person_no AND o.row_id <> e.row_id
    AND (o.arrested_at IS NULL OR ((o.arrested_at <> e.arrested_at OR e.arrested_at % 86400000000 = 0)
      AND recorded_hi(o.arrested_at) > e.arrested_at))
  GROUP BY e.row_id
),
measured AS (
  SELECT v.variant, v.limit_us, e.*, coalesce(f.other_row, f.inverted_row) AS first_row,
    p.other_row AS proof_row, f.first_in, f.first_begun, coalesce(f.n_open, 0) > 0 AS is_open,
    coalesce(f.is_disputed, FALSE) AS is_disputed,
    coalesce(g.again_at <= recorded_hi(f.first_in), FALSE) AS is_again,
    recorded_hi(f.first_in) - e.arrested_at <= v.window_us AS is_near,
    held_lo(e.arrested_at, f.first_begun, v.shift_us) - 21600000000 AS least_us,
      held_hi(e.arrested_at, f.first_hi, v.shift_us) + 21600000000 AS greatest_us
  FROM events e
  LEFT JOIN found f ON f.row_id = e.row_id
  LEFT JOIN proofs p ON p.row_id = e.row_id
  LEFT JOIN again g ON g.row_id = e.row_id
  CROSS JOIN rule_versions v
),
suspected AS (
  SELECT variant, row_id, release, arrested_at, first_in
  FROM measured
  WHERE least_us > limit_us AND is_near AND NOT is_open AND NOT is_again
),
strays AS (
  SELECT s.release, s.book_in, s.stay_book_in, s.book_out
  FROM stint_spans s
  WHERE s.person_no IS NULL AND s.release IN (SELECT release FROM suspected)
),
stray_arrests AS (
  SELECT release, arrested_at FROM stated WHERE person_no IS NULL
    AND release IN (SELECT release FROM suspected)
),
strayed AS (
  SELECT q.variant, q.row_id
  FROM suspected q
  JOIN strays x ON x.release = q.release
    AND (x.book_in IS NULL OR x.stay_book_in IS NULL
      OR (least(x.book_in, x.stay_book_in) < recorded_hi(q.first_in)
      AND (x.book_out IS NULL OR greatest(recorded_hi(x.book_in),
        recorded_hi(x.book_out)) >= q.arrested_at - 21600000000)))
  UNION
  SELECT q.variant, q.row_id
  FROM suspected q
  JOIN stray_arrests x ON x.release = q.release AND (x.arrested_at IS NULL
    OR (recorded_hi(x.arrested_at) > q.arrested_at AND x.arrested_at <= recorded_hi(q.first_in)))
),
answered AS (
  SELECT m.*, y.row_id IS NOT NULL AS is_strayed,
    CASE
      WHEN m.greatest_us <= m.limit_us THEN FALSE
      WHEN m.least_us > m.limit_us AND m.is_near AND NOT m.is_open AND NOT m.is_again
        AND y.row_id IS NULL THEN TRUE
    END AS is_shown
  FROM measured m
  LEFT JOIN strayed y ON y.variant = m.variant AND y.row_id = m.row_id
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row,
  CASE WHEN NOT is_shown THEN proof_row ELSE first_row END AS other_row,
  arrested_at AS event_lo, recorded_hi(arrested_at) AS event_hi, is_bound, is_shown,
  CASE WHEN is_shown IS NOT NULL THEN least_us - limit_us END AS margin_lo,
    CASE WHEN is_shown IS NOT NULL THEN greatest_us - limit_us END AS margin_hi,
  CASE WHEN is_bound IS NULL THEN 'method' END AS bound_facts,
  CASE
    WHEN is_shown IS NOT NULL THEN NULL
    WHEN person_no IS NULL THEN 'person'
    WHEN is_again THEN 'arrest'
    WHEN first_in IS NULL OR is_open OR NOT is_near THEN 'book_in'
    WHEN is_strayed THEN 'book_in; arrest'
    WHEN is_disputed THEN 'disputed'
    ELSE 'exact_times'
  END AS shown_facts,
  arrested_at + limit_us AS turns_at
FROM answered
