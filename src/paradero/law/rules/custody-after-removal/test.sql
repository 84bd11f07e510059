-- custody_after_removal: recorded departures beside stints of the person that began before and ended after
--   them
-- inputs: removal_rows, stint_spans, removals, releases, disputed_times, rule_versions
-- kept: view
--
-- Every departed date that a row of detentions or removals states is held against every stint of the person,
-- likely duplicates included: nothing is chosen. The line is the end of the day of departure. A pair with a
-- stint that may contradict the departure is an event (`other_row` is the stint): shown where the stint began
-- before the departure and was booked out beyond the line, with 6 hours of slack each way since departure and
-- stint may be read from clocks of different zones; else not known. A stint begun after the departure is a
-- return and contradicts nothing; which of the two came first is not known on one day. Where no stint may
-- contradict it, the departure alone is an event: shown not to be where a stint is recorded, all of them
-- ended by the line as recorded or began later, and the release has no row without person id that can have
-- lasted beyond the line: it may be this person's, whatever it says of birth, citizenship or gender, in which
-- one person's own rows differ. A book-out before the day of the book-in, or after the release instant, is
-- none. Equal statements of a person are one event, at the first of them in file order. Where another row
-- gives the stint another end (`disputed_times`), or other rows of the person date the departure differently
-- and no book-in lies between, each is taken as possible: shown only beyond the latest line by the earliest
-- end, not shown only within the earliest line by the latest end; a stint that shares time with another row
-- of the person shows nothing by itself.
WITH said AS (
  SELECT person_no, release, row_id, departed FROM stint_spans WHERE departed IS NOT NULL
  UNION ALL
  SELECT m.person_no, r.release, m.row_id, m.departed
  FROM removals m
  JOIN removal_rows r ON r.row_id = m.row_id
  WHERE m.departed IS NOT NULL
),
statements AS (
  SELECT person_no, release, departed, min(row_id) AS row_id, (day_of(departed) + 1) * 86400000000 AS line_us
  FROM said
  GROUP BY person_no, release, departed, CASE WHEN person_no IS NULL THEN row_id END
),
booked_before AS (
  SELECT d.row_id, max(s.book_in) AS last_in
  FROM statements d
  JOIN stint_spans s ON s.person_no = d.person_no AND recorded_hi(s.book_in) < d.departed
  GROUP BY d.row_id
),
dated AS (
  SELECT d.*, b.last_in FROM statements d LEFT JOIN booked_before b ON b.row_id = d.row_id
),
otherwise AS (
  SELECT a.row_id, min(b.departed) AS departed_lo, min(b.line_us) AS line_lo, max(b.line_us) AS line_hi
  FROM dated a
  JOIN dated b ON b.person_no = a.person_no AND day_of(b.departed) <> day_of(a.departed)
    AND NOT coalesce(CASE WHEN a.departed < b.departed THEN b.last_in
      ELSE a.last_in END > recorded_hi(least(a.departed, b.departed)), FALSE)
  GROUP BY a.row_id
),
departures AS (
  SELECT d.*, least(d.departed, o.departed_lo) AS departed_lo, least(d.line_us, o.line_lo) AS line_lo,
    greatest(d.line_us, o.line_hi) AS line_hi
  FROM statements d
  LEFT JOIN otherwise o ON o.row_id = d.row_id
),
stints AS (
  SELECT s.person_no, s.book_in, s.book_out, min(s.row_id) AS row_id,
    CASE WHEN day_of(s.book_out) >= day_of(s.book_in)
      AND s.book_out <= r.released_at THEN s.book_out END AS ended,
    min(d.out_lo) AS out_lo, max(d.out_hi) AS out_hi,
      max(CASE WHEN d.is_doubled THEN 1 ELSE 0 END) = 1 AS is_doubled
  FROM stint_spans s
  JOIN releases r ON r.release = s.release
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
  WHERE s.person_no IN (SELECT person_no FROM departures)
  GROUP BY s.person_no, s.detention_facility_code, s.book_in, s.book_out, r.released_at
),
compared AS (
  SELECT d.row_id, s.row_id AS other_row, s.book_in, s.ended,
    recorded_hi(s.book_in) + 21600000000 < d.departed_lo AS is_begun, s.is_doubled OR s.out_lo IS NOT NULL
      OR d.line_lo < d.line_hi AS is_disputed, coalesce(s.book_in - 21600000000 > recorded_hi(d.departed),
      FALSE) AS is_return,
    CASE WHEN NOT s.is_doubled AND s.ended IS NOT NULL
      THEN least(s.ended, s.out_lo) - 21600000000 - d.line_hi END AS least_us,
    CASE WHEN s.ended IS NOT NULL THEN recorded_hi(greatest(s.ended, s.out_hi)) - d.line_lo END AS greatest_us
  FROM departures d
  JOIN stints s ON s.person_no = d.person_no
),
contradicting AS (
  SELECT * FROM compared WHERE NOT is_return AND NOT coalesce(greatest_us <= 0, FALSE)
),
consistent AS (
  SELECT d.*, w.n_ended, w.greatest_us
  FROM departures d
  LEFT JOIN (SELECT DISTINCT row_id FROM contradicting) c ON c.row_id = d.row_id
  LEFT JOIN (SELECT row_id, count(*) AS n_ended, max(greatest_us) AS greatest_us FROM compared
    WHERE NOT is_return GROUP BY row_id) w ON w.row_id = d.row_id
  WHERE c.row_id IS NULL
),
strays AS (
  SELECT DISTINCT s.release, s.book_in,
    CASE WHEN day_of(s.book_out) >= day_of(s.book_in)
      AND s.book_out <= r.released_at THEN s.book_out END AS ended
  FROM stint_spans s
  JOIN releases r ON r.release = s.release
  WHERE s.person_no IS NULL AND s.release IN (SELECT release FROM consistent WHERE n_ended > 0)
),
strayed AS (
  SELECT DISTINCT c.row_id
  FROM consistent c
  JOIN strays x ON x.release = c.release
    AND coalesce(x.book_in - 21600000000 <= recorded_hi(c.departed), TRUE)
      AND coalesce(recorded_hi(x.ended) + 21600000000 > c.line_us, TRUE)
  WHERE c.n_ended > 0
),
found AS (
  SELECT d.person_no, d.row_id, c.other_row, d.departed, d.line_us, CASE WHEN c.is_begun
    AND c.least_us > 0 THEN TRUE END AS is_shown,
    c.least_us, c.greatest_us,
    CASE
      WHEN c.book_in IS NULL AND c.ended IS NULL THEN 'book_in; book_out'
      WHEN c.book_in IS NULL THEN 'book_in'
      WHEN c.is_disputed THEN 'disputed'
      WHEN c.ended IS NULL THEN 'book_out'
      ELSE 'exact_times'
    END AS asked
  FROM contradicting c
  JOIN departures d ON d.row_id = c.row_id
  UNION ALL
  SELECT c.person_no, c.row_id, CAST(NULL AS BIGINT), c.departed, c.line_us, CASE WHEN c.n_ended > 0
    AND x.row_id IS NULL THEN FALSE END,
    CAST(NULL AS BIGINT), CASE WHEN x.row_id IS NULL THEN c.greatest_us END,
    CASE WHEN c.person_no IS NULL THEN 'person' ELSE 'custody' END
  FROM consistent c
  LEFT JOIN strayed x ON x.row_id = c.row_id
)
SELECT v.variant, f.person_no, CAST(NULL AS STRING) AS subject, f.row_id AS event_row, f.other_row,
  f.departed AS event_lo, recorded_hi(f.departed) AS event_hi, TRUE AS is_bound, f.is_shown,
  f.least_us AS margin_lo, f.greatest_us AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts, CASE WHEN f.is_shown IS NULL THEN f.asked END AS shown_facts,
  f.line_us AS turns_at
FROM found f
CROSS JOIN rule_versions v
