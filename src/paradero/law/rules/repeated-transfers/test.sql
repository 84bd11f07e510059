-- repeated_transfers: book-ins by which a person had been moved between facilities so many times within the
--   window
-- inputs: stint_spans, hold_rooms, disputed_times, rule_versions
-- kept: view
--
-- One event per book-in at a stated facility by which the readings of the person may hold the count of moves
-- within the window. Who was at k places made at least k - 1 moves, in whatever order: least = the different
-- facility codes of the person's book-ins, and book-outs not before their book-ins, that certainly lie in the
-- window that ends with this book-in, less one. Certainly: not after it as recorded, and no longer before it
-- than the window, as held_hi measures, with 6 hours of slack for clocks of different zones. Rows that
-- `disputed_times` has booked out before they were booked in, or here and elsewhere at one time, and
-- book-outs of which there are two, are certain of nothing. Greatest: the book-ins in the window at another
-- code, or an unknown one, than the person's book-in before; and two for each row without book-in. Shown
-- where the least reaches the count, else not known: moves forth and back between few places have an order
-- that clocks of unknown zones do not tell, and a row that is not there shows nothing. Construction
-- `without-hold-rooms`: only places that are known to be no hold room (`hold_rooms`) count. Likely duplicates
-- count as one place anyhow. Equal book-ins of a person are one event, at the first of them in file order.
WITH asked AS (
  SELECT max(window_us) AS longest_us, min(limit_n) AS limit_n FROM rule_versions
),
people AS (
  SELECT c.person_no, c.n_unknown
  FROM (SELECT person_no, count(*) AS n_rows, 2 * count(*) FILTER (WHERE book_in IS NULL) AS n_unknown
    FROM stint_spans WHERE person_no IS NOT NULL GROUP BY person_no) c
  CROSS JOIN asked q
  WHERE c.n_rows + c.n_unknown > q.limit_n
),
rows_of AS (
  SELECT s.person_no, s.row_id, s.detention_facility_code AS code, s.book_in,
    CASE WHEN recorded_hi(s.book_out) >= s.book_in THEN s.book_out END AS book_out, p.n_unknown,
    d.other_row, coalesce(d.is_inverted OR d.is_doubled, FALSE) AS is_disputed,
      coalesce(d.is_doubled OR d.has_two_ends, FALSE) AS is_end_disputed,
    CASE WHEN lag(s.row_id) OVER in_order IS NULL
      OR s.detention_facility_code = lag(s.detention_facility_code) OVER in_order THEN 0
      ELSE 1 END AS n_change
  FROM stint_spans s
  JOIN people p ON p.person_no = s.person_no
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
  WHERE s.book_in IS NOT NULL
  WINDOW in_order AS (PARTITION BY s.person_no ORDER BY s.place ASC NULLS FIRST)
),
readings AS (
  SELECT person_no, code, book_in AS at_us, CAST(sum(n_change) AS BIGINT) AS n_change,
    max(CASE WHEN is_disputed THEN 1 ELSE 0 END) = 0 AS is_sure
  FROM rows_of
  GROUP BY person_no, code, book_in
  UNION ALL
  SELECT DISTINCT person_no, code, book_out, CAST(0 AS BIGINT), NOT is_end_disputed FROM rows_of
    WHERE book_out IS NOT NULL AND code IS NOT NULL
),
book_ins AS (
  SELECT person_no, code, book_in, n_unknown, min(row_id) AS row_id, min(other_row) AS other_row FROM rows_of
    WHERE code IS NOT NULL GROUP BY person_no, code, book_in, n_unknown
),
near AS (
  SELECT e.row_id, r.code, r.at_us, r.n_change, r.is_sure, e.book_in, r.at_us = e.book_in
    AND r.code = e.code AS is_own
  FROM book_ins e
  CROSS JOIN asked q
  JOIN readings r ON r.person_no = e.person_no AND r.at_us <= recorded_hi(e.book_in) + 21600000000
    AND recorded_hi(r.at_us) >= e.book_in - q.longest_us - 25200000000
),
placed AS (
  SELECT v.variant, v.limit_n, n.row_id, n.is_sure,
    CASE
      WHEN coalesce(v.construction, '') = 'without-hold-rooms' AND coalesce(m.is_hold_room, TRUE) THEN NULL
      WHEN n.is_own THEN n.code
      WHEN recorded_hi(n.at_us) <= n.book_in AND held_hi(n.at_us, n.book_in,
        v.shift_us) + 21600000000 <= v.window_us THEN n.code
    END AS code_within,
    CASE WHEN coalesce(v.construction, '') = 'without-hold-rooms'
      AND m.is_hold_room THEN 0 ELSE n.n_change END AS n_change
  FROM near n
  LEFT JOIN hold_rooms m ON m.detention_facility_code = n.code
  CROSS JOIN rule_versions v
),
judged AS (
  SELECT variant, limit_n, row_id, count(DISTINCT CASE WHEN is_sure THEN code_within END) - 1 AS n_least,
    count(DISTINCT code_within) - 1 AS n_stated,
    CAST(sum(n_change) AS BIGINT) AS n_changes
  FROM placed
  GROUP BY variant, limit_n, row_id
)
SELECT j.variant, e.person_no, CAST(NULL AS STRING) AS subject, e.row_id AS event_row,
  CASE WHEN j.n_least < j.limit_n THEN e.other_row END AS other_row,
  e.book_in AS event_lo, recorded_hi(e.book_in) AS event_hi, TRUE AS is_bound,
  CASE WHEN j.n_least >= j.limit_n THEN TRUE END AS is_shown,
  greatest(j.n_least, 0) - j.limit_n + 1 AS margin_lo,
  CASE WHEN e.n_unknown = 0 THEN greatest(j.n_changes, j.n_stated) - j.limit_n + 1 END AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts, CASE WHEN j.n_least >= j.limit_n THEN NULL WHEN j.n_stated >= j.limit_n
    THEN 'disputed' ELSE 'places' END AS shown_facts,
  e.book_in AS turns_at
FROM judged j
JOIN book_ins e ON e.row_id = j.row_id
WHERE j.n_stated >= j.limit_n OR j.n_changes + e.n_unknown >= j.limit_n
