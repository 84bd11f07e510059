-- post_order_detention: stays that lasted longer than six months after the final order of removal
-- inputs: detention_rows, stint_spans, reason_kinds, releases, disputed_times, rule_versions
-- kept: view
--
-- Every detention row with a final order date is taken by its own words: that date, its stay's begin and end,
-- its stint's book-in and book-out. Time counts from the later of order and stay begin: custody before the
-- order is not after it, and days of earlier stays are not added. ICE's stay is one custody. Shown: a stay
-- end, a book-in or a book-out lies beyond the line. Shown not to be: stay end and book-out are both stated,
-- on no earlier day than their begins, the book-in on none before the stay's begin, both lie within it, the
-- stay's release reason ends custody, and the person is known and no row doubts the stay's begin: none of the
-- person with that begin has an earlier or no book-in, none of the person is without a stay begin, and no row
-- without person id has that begin and an earlier or no book-in. Where rows contradict each other about the
-- end of the stay or of the stint (`disputed_times`), the earliest of the ends is all that shows a long one,
-- the latest all that shows a short one, and `other_row` is a row that says otherwise; a row booked out
-- before it was booked in shows custody at the earlier of the two alone. Where rows of one stay date the
-- order differently, time counts from the latest date for a long stay, from the earliest for a short one. An
-- end later than the release instant is a plan and counts for nothing; an open stint is not taken as still
-- held. 6 hours of slack each way: order, begin and end may be read from clocks of different zones. Bound:
-- final_order_yes_no says YES, and no row of the stay NO. The construction `six-months` counts calendar
-- months, any other the limit. Rows of one person that state the same stay begin and order date and give the
-- same answer are one event, at the first of them in file order; rows without an answer stand only where no
-- other of them has one.
WITH ordered AS (
  SELECT row_id, us_of(final_order_date) AS ordered,
    CASE WHEN upper(trim(final_order_yes_no)) = 'YES' THEN TRUE END AS is_bound
  FROM detention_rows
  WHERE final_order_date IS NOT NULL
),
denied AS (
  SELECT DISTINCT s.person_no, s.stay_book_in
  FROM detention_rows r
  JOIN stint_spans s ON s.row_id = r.row_id
  WHERE upper(trim(r.final_order_yes_no)) = 'NO' AND s.person_no IS NOT NULL
),
orders_of AS (
  SELECT s.person_no, s.stay_book_in, min(o.ordered) AS ordered_lo, max(o.ordered) AS ordered_hi
  FROM ordered o
  JOIN stint_spans s ON s.row_id = o.row_id
  WHERE s.person_no IS NOT NULL AND s.stay_book_in IS NOT NULL
  GROUP BY s.person_no, s.stay_book_in
  HAVING min(day_of(o.ordered)) < max(day_of(o.ordered))
),
doubted AS (
  SELECT DISTINCT person_no, release, day_of(stay_book_in) AS begin_day
  FROM stint_spans
  WHERE (person_no IS NOT NULL OR stay_book_in IS NOT NULL)
    AND coalesce(day_of(book_in) < day_of(stay_book_in), TRUE)
),
by_person AS (
  SELECT DISTINCT person_no, begin_day FROM doubted WHERE person_no IS NOT NULL AND begin_day IS NOT NULL
),
by_release AS (
  SELECT DISTINCT release, begin_day FROM doubted WHERE person_no IS NULL
),
without_begin AS (
  SELECT DISTINCT person_no FROM doubted WHERE begin_day IS NULL
),
stated AS (
  SELECT s.person_no, s.row_id, o.ordered, CASE WHEN n.person_no IS NULL THEN o.is_bound END AS is_bound,
    s.stay_book_in AS begun, s.book_in,
    coalesce(w.ordered_lo, o.ordered) AS ordered_lo, coalesce(w.ordered_hi, o.ordered) AS ordered_hi,
      d.stay_end_lo, d.stay_end_hi, d.out_lo, d.out_hi,
    coalesce(d.has_two_ends, FALSE) AS has_two_ends, coalesce(d.is_inverted, FALSE) AS is_inverted,
      coalesce(d.other_row, d.stay_other_row) AS other_row,
    d.stay_end_lo IS NOT NULL OR coalesce(d.has_two_ends, FALSE) OR w.person_no IS NOT NULL AS is_disputed,
    CASE WHEN s.stay_book_in IS NOT NULL THEN greatest(o.ordered, s.stay_book_in) END AS counted_from,
    CASE WHEN s.stay_book_out <= r.released_at THEN s.stay_book_out END AS ended,
    CASE WHEN s.book_out <= r.released_at THEN s.book_out END AS booked_out,
    k.kind IN ('removal', 'release', 'death', 'transfer_of_custody', 'other') AND s.person_no IS NOT NULL
      AND x.person_no IS NULL AND y.release IS NULL AND z.person_no IS NULL AS is_end
  FROM ordered o
  JOIN stint_spans s ON s.row_id = o.row_id
  JOIN releases r ON r.release = s.release
  LEFT JOIN reason_kinds k ON k.reason = s.stay_release_reason
  LEFT JOIN by_person x ON x.person_no = s.person_no AND x.begin_day = day_of(s.stay_book_in)
  LEFT JOIN by_release y ON y.release = s.release AND y.begin_day = day_of(s.stay_book_in)
  LEFT JOIN without_begin z ON z.person_no = s.person_no
  LEFT JOIN denied n ON n.person_no = s.person_no AND n.stay_book_in = s.stay_book_in
  LEFT JOIN orders_of w ON w.person_no = s.person_no AND w.stay_book_in = s.stay_book_in
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
),
seen AS (
  SELECT *, CASE WHEN stay_end_lo IS NOT NULL THEN stay_end_lo ELSE greatest(ended,
      CASE WHEN has_two_ends AND booked_out IS NOT NULL THEN out_lo WHEN is_inverted
        THEN least(booked_out, book_in) ELSE booked_out END,
      CASE WHEN NOT is_inverted THEN book_in END) END AS seen_until,
    greatest(ended, booked_out, book_in, stay_end_hi, out_hi) AS last_seen,
    is_end AND day_of(begun) <= day_of(ended) AND day_of(book_in) <= day_of(booked_out)
      AND day_of(begun) <= day_of(book_in) AS is_ended
  FROM stated
),
once AS (
  SELECT person_no, min(row_id) AS row_id, ordered, ordered_lo, ordered_hi, is_bound, begun, counted_from,
    ended, seen_until, last_seen, is_ended, is_disputed, min(other_row) AS other_row
  FROM seen
  WHERE person_no IS NOT NULL
  GROUP BY person_no, ordered, ordered_lo, ordered_hi, is_bound, begun, counted_from, ended, seen_until,
    last_seen, is_ended, is_disputed
  UNION ALL
  SELECT person_no, row_id, ordered, ordered_lo, ordered_hi, is_bound, begun, counted_from, ended, seen_until,
    last_seen, is_ended, is_disputed, other_row FROM seen WHERE person_no IS NULL
),
dated AS (
  SELECT *, day_of(counted_from) AS from_day, CAST(date_of(day_of(counted_from)) AS STRING) AS from_text
    FROM once
),
numbered AS (
  SELECT *, CAST(substr(from_text, 1, 4) AS BIGINT) AS y, CAST(substr(from_text, 6, 2) AS BIGINT) AS m,
    CAST(substr(from_text, 9, 2) AS BIGINT) AS d FROM dated
),
months AS (
  SELECT *,
    CASE WHEN m > 6 THEN y + 1 ELSE y END AS y6, CASE WHEN m > 6 THEN m - 6 ELSE m + 6 END AS m6,
    CASE WHEN m > 5 THEN y + 1 ELSE y END AS y7, CASE WHEN m > 5 THEN m - 5 ELSE m + 7 END AS m7
  FROM numbered
),
lines AS (
  SELECT *, least(
    day_number(CAST(CAST(y6 AS STRING) || '-' || CASE WHEN m6 < 10 THEN '0'
      ELSE '' END || CAST(m6 AS STRING) || '-01' AS DATE)) + d - 1,
    day_number(CAST(CAST(y7 AS STRING) || '-' || CASE WHEN m7 < 10 THEN '0'
      ELSE '' END || CAST(m7 AS STRING) || '-01' AS DATE)) - 1
  ) - from_day AS days_of_six_months
  FROM months
),
held AS (
  SELECT l.*, CASE WHEN l.begun IS NOT NULL THEN least(held_lo(l.ordered_hi, l.seen_until, c.shift_us),
    held_lo(l.begun, l.seen_until, c.shift_us)) - 21600000000 END AS least_us,
    CASE WHEN l.begun IS NOT NULL AND l.is_ended
      THEN least(held_hi(l.ordered_lo, l.last_seen, c.shift_us),
        held_hi(l.begun, l.last_seen, c.shift_us)) + 21600000000 END AS greatest_us
  FROM lines l
  CROSS JOIN (SELECT max(shift_us) AS shift_us FROM rule_versions) c
),
measured AS (
  SELECT v.variant, CASE WHEN v.construction = 'six-months' THEN h.days_of_six_months * 86400000000
    ELSE v.limit_us END AS limit_us, h.*
  FROM held h
  CROSS JOIN rule_versions v
),
answered AS (
  SELECT *, CASE WHEN least_us > limit_us THEN TRUE WHEN greatest_us <= limit_us THEN FALSE END AS is_shown
    FROM measured
),
worded AS (
  SELECT *, CASE WHEN is_bound IS NULL OR is_shown IS NULL THEN '?' WHEN is_shown THEN 'shown'
    ELSE 'not shown' END AS answer FROM answered
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY variant, person_no, begun, ordered, answer
    ORDER BY row_id ASC NULLS LAST) AS place,
    max(CASE WHEN answer IN ('shown', 'not shown') THEN 1 ELSE 0 END) OVER (PARTITION BY variant, person_no,
      begun, ordered) AS is_answered
  FROM worded
  WHERE person_no IS NOT NULL
  UNION ALL
  SELECT *, 1, 0 FROM worded WHERE person_no IS NULL
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row, other_row,
  CASE WHEN is_shown THEN counted_from + limit_us WHEN NOT is_shown THEN least(counted_from, ended)
    ELSE coalesce(counted_from, ordered) END AS event_lo,
  CASE WHEN NOT is_shown THEN least(greatest(recorded_hi(ordered), recorded_hi(begun)) + limit_us,
    recorded_hi(last_seen))
    WHEN begun IS NOT NULL THEN greatest(recorded_hi(ordered), recorded_hi(begun)) + limit_us END AS event_hi,
  is_bound, is_shown, least_us - limit_us AS margin_lo, greatest_us - limit_us AS margin_hi,
  CASE WHEN is_bound IS NULL THEN 'final_order' END AS bound_facts,
  CASE WHEN is_shown IS NOT NULL THEN NULL WHEN begun IS NULL THEN 'stay_begin' WHEN is_disputed
    THEN 'disputed' WHEN greatest_us IS NULL THEN 'stay_end' ELSE 'exact_times' END AS shown_facts,
  counted_from + limit_us AS turns_at
FROM ranked
WHERE place = 1 AND (answer <> '?' OR is_answered = 0)
