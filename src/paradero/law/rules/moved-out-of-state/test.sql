-- moved_out_of_state: book-ins within a day of an arrest, in another state than that of the arrest
-- inputs: arrest_rows, arrests, stint_spans, facilities, disputed_times, rule_versions
-- kept: view
--
-- One event per arrest and book-in (`other_row`) of one person where the book-in is not before the arrest and
-- within the limit of it, or may be. Every book-in counts, not only the first; arrest and book-in are joined
-- by the person's id and the times alone, which is an inference. Bound: certainly in that time. The least and
-- greatest time between the two readings are as held_lo and held_hi define them, less and more what the
-- clocks of the two states can differ (`utc_lo`, `utc_hi`: hours from UTC kept in a state in winter, both
-- where there are several; where clocks do not change in summer, an hour less too; both readings on one clock
-- is possible as well); 6 hours each way where a state is not known. Shown: the arrest's state and the
-- facility's are both known and differ; shown not to be: they are the same. A state is known by its code or
-- name; other words, and facilities of which lists name several states or none, are not known; nor is the
-- state of an arrest that two rows of one time put in different ones, nor that of a book-in that shares time
-- with another row of the person (`disputed_times`), nor the time of one booked out before. Equal rows are
-- one event, at the first of them in file order.
WITH states AS (
  SELECT * FROM (VALUES
    ('AL', 'ALABAMA', -6, -5), ('AK', 'ALASKA', -10, -9), ('AZ', 'ARIZONA', -8, -7),
      ('AR', 'ARKANSAS', -6, -6),
    ('CA', 'CALIFORNIA', -8, -8), ('CO', 'COLORADO', -7, -7), ('CT', 'CONNECTICUT', -5, -5),
      ('DE', 'DELAWARE', -5, -5),
    ('DC', 'DISTRICT OF COLUMBIA', -5, -5), ('FL', 'FLORIDA', -6, -5), ('GA', 'GEORGIA', -5, -5),
      ('HI', 'HAWAII', -11, -10),
    ('ID', 'IDAHO', -8, -7), ('IL', 'ILLINOIS', -6, -6), ('IN', 'INDIANA', -6, -5), ('IA', 'IOWA', -6, -6),
    ('KS', 'KANSAS', -7, -6), ('KY', 'KENTUCKY', -6, -5), ('LA', 'LOUISIANA', -6, -6),
      ('ME', 'MAINE', -5, -5),
    ('MD', 'MARYLAND', -5, -5), ('MA', 'MASSACHUSETTS', -5, -5), ('MI', 'MICHIGAN', -6, -5),
      ('MN', 'MINNESOTA', -6, -6),
    ('MS', 'MISSISSIPPI', -6, -6), ('MO', 'MISSOURI', -6, -6), ('MT', 'MONTANA', -7, -7),
      ('NE', 'NEBRASKA', -7, -6),
    ('NV', 'NEVADA', -8, -7), ('NH', 'NEW HAMPSHIRE', -5, -5), ('NJ', 'NEW JERSEY', -5, -5),
      ('NM', 'NEW MEXICO', -7, -7),
    ('NY', 'NEW YORK', -5, -5), ('NC', 'NORTH CAROLINA', -5, -5), ('ND', 'NORTH DAKOTA', -7, -6),
      ('OH', 'OHIO', -5, -5),
    ('OK', 'OKLAHOMA', -7, -6), ('OR', 'OREGON', -8, -7), ('PA', 'PENNSYLVANIA', -5, -5),
      ('RI', 'RHODE ISLAND', -5, -5),
    ('SC', 'SOUTH CAROLINA', -5, -5), ('SD', 'SOUTH DAKOTA', -7, -6), ('TN', 'TENNESSEE', -6, -5),
      ('TX', 'TEXAS', -7, -6),
    ('UT', 'UTAH', -7, -7), ('VT', 'VERMONT', -5, -5), ('VA', 'VIRGINIA', -5, -5),
      ('WA', 'WASHINGTON', -8, -8),
    ('WV', 'WEST VIRGINIA', -5, -5), ('WI', 'WISCONSIN', -6, -6), ('WY', 'WYOMING', -7, -7),
      ('AS', 'AMERICAN SAMOA', -12, -11),
    ('GU', 'GUAM', 9, 10), ('MP', 'NORTHERN MARIANA ISLANDS', 9, 10), ('PR', 'PUERTO RICO', -5, -4),
      ('VI', 'VIRGIN ISLANDS', -5, -4)
  ) AS given (code, name, utc_lo, utc_hi)
),
words AS (
  SELECT code AS word, code, utc_lo, utc_hi FROM states
  UNION ALL
  SELECT name, code, utc_lo, utc_hi FROM states
  UNION ALL
  SELECT o.word, s.code, s.utc_lo, s.utc_hi
  FROM (VALUES ('WASHINGTON DC', 'DC'), ('WASHINGTON D.C.', 'DC'), ('D.C.', 'DC'),
    ('U.S. VIRGIN ISLANDS', 'VI'), ('US VIRGIN ISLANDS', 'VI')) AS o (word, code)
  JOIN states s ON s.code = o.code
),
stated_arrests AS (
  SELECT a.person_no, a.arrested_at, w.code, w.utc_lo, w.utc_hi, min(a.row_id) AS row_id
  FROM arrests a
  JOIN arrest_rows r ON r.row_id = a.row_id
  LEFT JOIN words w ON w.word = upper(trim(r.apprehension_state))
  WHERE a.person_no IS NOT NULL
  GROUP BY a.person_no, a.arrested_at, w.code, w.utc_lo, w.utc_hi
),
at_once AS (
  SELECT person_no, arrested_at FROM stated_arrests WHERE arrested_at IS NOT NULL
    GROUP BY person_no, arrested_at HAVING count(code) > 1
),
arrested AS (
  SELECT s.person_no, s.arrested_at, s.row_id, CASE WHEN o.person_no IS NULL THEN s.code END AS state,
    s.utc_lo, s.utc_hi
  FROM stated_arrests s
  LEFT JOIN at_once o ON o.person_no = s.person_no AND o.arrested_at = s.arrested_at
),
places AS (
  SELECT f.detention_facility_code, w.code AS state, w.utc_lo, w.utc_hi
  FROM facilities f
  JOIN words w ON w.word = trim(f.state)
  WHERE f.n_states = 1
),
booked AS (
  SELECT s.person_no, s.detention_facility_code, CASE WHEN NOT coalesce(d.is_inverted, FALSE)
    THEN s.book_in END AS book_in, min(s.row_id) AS row_id,
    max(CASE WHEN d.is_doubled THEN 1 ELSE 0 END) = 1 AS is_doubled
  FROM stint_spans s
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
  WHERE s.person_no IS NOT NULL
  GROUP BY s.person_no, s.detention_facility_code,
    CASE WHEN NOT coalesce(d.is_inverted, FALSE) THEN s.book_in END
),
pairs AS (
  SELECT v.variant, v.limit_us, v.shift_us, a.person_no, a.row_id AS arrest_row, b.row_id AS stint_row,
    a.arrested_at, b.book_in, a.state AS arrest_state, p.state AS facility_state,
    CASE WHEN a.state IS NULL OR p.state IS NULL THEN 21600000000
      ELSE greatest(p.utc_hi - a.utc_lo, 0) * 3600000000 END AS later_us,
    CASE WHEN a.state IS NULL OR p.state IS NULL THEN 21600000000
      ELSE greatest(a.utc_hi - p.utc_lo, 0) * 3600000000 END AS earlier_us
  FROM arrested a
  CROSS JOIN rule_versions v
  JOIN booked b ON b.person_no = a.person_no
    AND coalesce(recorded_hi(b.book_in) >= a.arrested_at - 86400000000
      AND b.book_in <= recorded_hi(a.arrested_at) + v.limit_us + 86400000000, TRUE)
  LEFT JOIN places p ON p.detention_facility_code = b.detention_facility_code AND NOT b.is_doubled
),
measured AS (
  SELECT *, held_lo(arrested_at, book_in, shift_us) - later_us AS least_us,
    held_hi(arrested_at, book_in, shift_us) + earlier_us AS greatest_us
  FROM pairs
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, arrest_row AS event_row, stint_row AS other_row,
  arrested_at AS event_lo, recorded_hi(arrested_at) AS event_hi,
  CASE WHEN least_us >= 0 AND greatest_us <= limit_us THEN TRUE END AS is_bound,
  arrest_state <> facility_state AS is_shown,
  CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CASE
    WHEN least_us >= 0 AND greatest_us <= limit_us THEN NULL
    WHEN arrested_at IS NULL AND book_in IS NULL THEN 'arrest_time; book_in'
    WHEN arrested_at IS NULL THEN 'arrest_time'
    WHEN book_in IS NULL THEN 'book_in'
    ELSE 'exact_times'
  END AS bound_facts,
  CASE
    WHEN arrest_state IS NULL AND facility_state IS NULL THEN 'arrest_state; facility_state'
    WHEN arrest_state IS NULL THEN 'arrest_state'
    WHEN facility_state IS NULL THEN 'facility_state'
  END AS shown_facts,
  arrested_at + limit_us AS turns_at
FROM measured
WHERE coalesce(greatest_us >= 0 AND least_us <= limit_us, TRUE)
