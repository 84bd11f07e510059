-- held_after_bond: people who were still held after the day that follows the day on which their bond was
--   posted
-- inputs: detention_rows, stint_spans, reason_kinds, releases, disputed_times, rule_versions
-- kept: view
--
-- Every detention row with a bond posted date is taken by its own words: that date, its stay's begin and end,
-- its stint's book-in and book-out. The line is the end of the day of posting and the limit after it. Bound:
-- the bond was posted after the stay began; posted before it, it was for other custody; on the same day
-- nobody knows unless both have clock times. Shown: a stay end, a book-in or a book-out lies beyond the line.
-- Shown not to be: stay end and book-out are both stated, on no earlier day than their begins, and lie within
-- it, the stay's release reason ends custody, and the bond was not posted after the stay ended. Where rows
-- contradict each other about the end of the stay or of the stint (`disputed_times`), the earliest of the
-- ends is all that shows a long one, the latest all that shows a short one, and `other_row` is a row that
-- says otherwise; a row booked out before it was booked in shows custody at the earlier of the two alone. An
-- end later than the release instant is a plan and counts for nothing; an open stint is not taken as still
-- held. 6 hours of slack each way: posting and custody may be read from clocks of different zones. Rows of
-- one person with the same posted date and stay begin and the same answer are one event, at the first of them
-- in file order; rows without an answer stand only where no other of them has one.
WITH posted AS (
  SELECT row_id, us_of(bond_posted_date) AS posted FROM detention_rows WHERE bond_posted_date IS NOT NULL
),
stated AS (
  SELECT s.person_no, s.row_id, p.posted, s.stay_book_in AS begun, s.book_in,
    CASE WHEN s.stay_book_out <= r.released_at THEN s.stay_book_out END AS ended,
    CASE WHEN s.book_out <= r.released_at THEN s.book_out END AS booked_out,
    d.stay_end_lo, d.stay_end_hi, d.out_lo, d.out_hi, coalesce(d.has_two_ends, FALSE) AS has_two_ends,
      coalesce(d.is_inverted, FALSE) AS is_inverted,
    coalesce(d.other_row, d.stay_other_row) AS other_row, d.stay_end_lo IS NOT NULL
      OR coalesce(d.has_two_ends, FALSE) AS is_disputed,
    k.kind IN ('removal', 'release', 'death', 'transfer_of_custody', 'other') AS is_end
  FROM posted p
  JOIN stint_spans s ON s.row_id = p.row_id
  JOIN releases r ON r.release = s.release
  LEFT JOIN reason_kinds k ON k.reason = s.stay_release_reason
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
),
seen AS (
  SELECT *, CASE WHEN stay_end_lo IS NOT NULL THEN stay_end_lo ELSE greatest(ended,
      CASE WHEN has_two_ends AND booked_out IS NOT NULL THEN out_lo WHEN is_inverted
        THEN least(booked_out, book_in) ELSE booked_out END,
      CASE WHEN NOT is_inverted THEN book_in END) END AS seen_until,
    greatest(ended, booked_out, book_in, stay_end_hi, out_hi) AS last_seen
  FROM stated
),
measured AS (
  SELECT v.variant, t.*, after(t.posted, recorded_hi(t.posted), t.begun, recorded_hi(t.begun)) AS is_bound,
    (day_of(t.posted) + 1) * 86400000000 + v.limit_us AS line_us,
    CASE WHEN t.begun IS NOT NULL THEN t.seen_until - 21600000000 END AS seen_lo,
    CASE WHEN t.begun IS NOT NULL AND t.is_end AND day_of(t.book_in) <= day_of(t.booked_out)
      AND day_of(t.begun) <= day_of(t.ended) AND day_of(t.posted) <= day_of(t.ended)
      THEN recorded_hi(t.last_seen) + 21600000000 END AS seen_hi
  FROM seen t
  CROSS JOIN rule_versions v
),
answered AS (
  SELECT *, CASE WHEN seen_lo > line_us THEN TRUE WHEN seen_hi <= line_us THEN FALSE END AS is_shown
    FROM measured
),
worded AS (
  SELECT *, CASE WHEN NOT is_bound THEN 'not bound' WHEN is_bound IS NULL
    OR is_shown IS NULL THEN '?' WHEN is_shown THEN 'shown' ELSE 'not shown' END AS answer
  FROM answered
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY variant, person_no, posted, begun, answer
    ORDER BY row_id ASC NULLS LAST) AS place,
    max(CASE WHEN answer IN ('shown', 'not shown') THEN 1 ELSE 0 END) OVER (PARTITION BY variant, person_no,
      posted, begun) AS is_answered
  FROM worded
  WHERE person_no IS NOT NULL
  UNION ALL
  SELECT *, 1, 0 FROM worded WHERE person_no IS NULL
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row, other_row,
  posted AS event_lo, line_us AS event_hi, is_bound, is_shown, seen_lo - line_us AS margin_lo,
    seen_hi - line_us AS margin_hi,
  CASE WHEN is_bound IS NULL THEN CASE WHEN begun IS NULL THEN 'stay_begin'
    ELSE 'exact_times' END END AS bound_facts,
  CASE WHEN is_shown IS NOT NULL THEN NULL WHEN begun IS NULL THEN 'stay_begin' WHEN is_disputed
    THEN 'disputed' WHEN seen_hi IS NULL THEN 'stay_end' ELSE 'exact_times' END AS shown_facts,
  line_us AS turns_at
FROM ranked
WHERE place = 1 AND (answer <> '?' OR is_answered = 0)
