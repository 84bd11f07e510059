-- children_beyond_20_days: stays longer than the benchmark of people who were, or may have been, under 18
-- inputs: stint_spans, reason_kinds, releases, disputed_times, rule_versions
-- kept: view
--
-- Every detention row with a stay begin is taken by its own words: birth year, stay begin and end, the
-- stint's book-in and book-out. Bound: still under 18 when the limit passed, whatever the birthday in the
-- birth year; not bound: 18 by then whatever the birthday; not known in the year of the 18th birthday, for a
-- birth year later than the stay, and for a blank one. Where rows of the person state different birth years
-- it has to hold for each of them. Shown: a stay end, a book-in or a book-out lies beyond the limit from the
-- stay begin. Shown not to be: stay end and book-out are both stated, on no earlier day than their begins,
-- the book-in on none before the stay's begin, both lie within it, the stay's release reason ends custody,
-- and the person is known and no row doubts the stay's begin: none of the person with that begin has an
-- earlier or no book-in, none of the person is without a stay begin, and no row without person id has that
-- begin and an earlier or no book-in. Where rows contradict each other about the end of the stay or of the
-- stint (`disputed_times`), the earliest of the ends is all that shows a long one, the latest all that shows
-- a short one, and `other_row` is a row that says otherwise; a row booked out before it was booked in shows
-- custody at the earlier of the two alone. An end later than the release instant is a plan and counts for
-- nothing; an open stint is not taken as still held. 6 hours of slack each way: begin and end may be read
-- from clocks of different zones. Rows of one person with the same stay begin and birth year and the same
-- answer are one event, at the first of them in file order; rows without an answer stand only where no other
-- of them has one. Rows that show no long stay stand only where a child is certain.
WITH doubted AS (
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
births AS (
  SELECT person_no, min(birth_year) AS born_lo, max(birth_year) AS born_hi FROM stint_spans
    WHERE person_no IS NOT NULL GROUP BY person_no HAVING min(birth_year) < max(birth_year)
),
stated AS (
  SELECT s.person_no, s.row_id, s.birth_year, CASE WHEN s.birth_year IS NOT NULL
    THEN coalesce(b.born_lo, s.birth_year) END AS born_lo,
    CASE WHEN s.birth_year IS NOT NULL THEN coalesce(b.born_hi, s.birth_year) END AS born_hi,
    d.stay_end_lo, d.stay_end_hi, d.out_lo, d.out_hi, coalesce(d.has_two_ends, FALSE) AS has_two_ends,
      coalesce(d.is_inverted, FALSE) AS is_inverted,
    coalesce(d.other_row, d.stay_other_row) AS other_row, d.stay_end_lo IS NOT NULL
      OR coalesce(d.has_two_ends, FALSE) AS is_disputed,
     s.stay_book_in AS begun, s.book_in,
    CASE WHEN s.stay_book_out <= r.released_at THEN s.stay_book_out END AS ended,
    CASE WHEN s.book_out <= r.released_at THEN s.book_out END AS booked_out,
    k.kind IN ('removal', 'release', 'death', 'transfer_of_custody', 'other') AND s.person_no IS NOT NULL
      AND x.person_no IS NULL AND y.release IS NULL AND z.person_no IS NULL AS is_end
  FROM stint_spans s
  JOIN releases r ON r.release = s.release
  LEFT JOIN reason_kinds k ON k.reason = s.stay_release_reason
  LEFT JOIN by_person x ON x.person_no = s.person_no AND x.begin_day = day_of(s.stay_book_in)
  LEFT JOIN by_release y ON y.release = s.release AND y.begin_day = day_of(s.stay_book_in)
  LEFT JOIN without_begin z ON z.person_no = s.person_no
  LEFT JOIN births b ON b.person_no = s.person_no
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
  WHERE s.stay_book_in IS NOT NULL
    AND coalesce(s.birth_year >= CAST(substr(CAST(date_of(day_of(s.stay_book_in)) AS STRING), 1,
      4) AS BIGINT) - 18, TRUE)
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
  SELECT v.variant, v.limit_us, t.*,
    CAST(substr(CAST(date_of(day_of(t.begun)) AS STRING), 1, 4) AS BIGINT) AS year_begun,
    CAST(substr(CAST(date_of(day_of(t.begun + v.limit_us)) AS STRING), 1, 4) AS BIGINT) AS year_lo,
    CAST(substr(CAST(date_of(day_of(recorded_hi(t.begun) + v.limit_us)) AS STRING), 1,
      4) AS BIGINT) AS year_hi,
    held_lo(t.begun, t.seen_until, v.shift_us) - 21600000000 AS least_us,
    CASE WHEN t.is_end AND day_of(t.begun) <= day_of(t.ended) AND day_of(t.book_in) <= day_of(t.booked_out)
      AND day_of(t.begun) <= day_of(t.book_in)
      THEN held_hi(t.begun, t.last_seen, v.shift_us) + 21600000000 END AS greatest_us
  FROM seen t
  CROSS JOIN rule_versions v
),
answered AS (
  SELECT *,
    CASE WHEN born_hi > year_begun THEN NULL WHEN year_hi < born_lo + 18 THEN TRUE WHEN year_lo > born_hi + 18
      THEN FALSE END AS is_bound,
    CASE WHEN least_us > limit_us THEN TRUE WHEN greatest_us <= limit_us THEN FALSE END AS is_shown
  FROM measured
),
worded AS (
  SELECT *, CASE WHEN NOT is_bound THEN 'not bound' WHEN is_bound IS NULL
    OR is_shown IS NULL THEN '?' WHEN is_shown THEN 'shown' ELSE 'not shown' END AS answer
  FROM answered
  WHERE is_bound OR coalesce(is_shown, TRUE)
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY variant, person_no, begun, birth_year, answer
    ORDER BY row_id ASC NULLS LAST) AS place,
    max(CASE WHEN answer IN ('shown', 'not shown') THEN 1 ELSE 0 END) OVER (PARTITION BY variant, person_no,
      begun, birth_year) AS is_answered
  FROM worded
  WHERE person_no IS NOT NULL
  UNION ALL
  SELECT *, 1, 0 FROM worded WHERE person_no IS NULL
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row, other_row,
  CASE WHEN is_shown THEN begun + limit_us ELSE begun END AS event_lo,
  CASE WHEN NOT is_shown THEN least(recorded_hi(begun) + limit_us, recorded_hi(last_seen))
    ELSE recorded_hi(begun) + limit_us END AS event_hi,
  is_bound, is_shown, least_us - limit_us AS margin_lo, greatest_us - limit_us AS margin_hi,
  CASE WHEN is_bound IS NULL THEN 'birth_date' END AS bound_facts,
  CASE WHEN is_shown IS NOT NULL THEN NULL WHEN is_disputed THEN 'disputed' WHEN greatest_us IS NULL
    THEN 'stay_end' ELSE 'exact_times' END AS shown_facts,
  begun + limit_us AS turns_at
FROM ranked
WHERE place = 1 AND (answer <> '?' OR is_answered = 0)
