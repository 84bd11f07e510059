-- stay_spans: one row per stay: which stints it is made of, its stint window, its first, longest and last
--   stint
-- inputs: stint_spans, settings
-- kept: table
--
-- A stay is the kept stints of one person with one stay book-in. Order within a stay: book-in, book-out,
-- facility, file order, nulls first. `first_place`, `longest_place`, `last_place` point into stint_spans;
-- `stay_row`, `longest_row`, `last_row` are the rows of the same stints, and `stay_row` is the key of the
-- stay (a stay_ID can be missing). Longest: greatest time to book-out, or to the setting `longest_open_until`
-- where there is none; ties to the last. The stint window runs from the least book-in to the greatest
-- book-out; it has no end when an open stint is the last to begin (`has_open_stint`).
WITH kept_stints AS (
  SELECT s.person_no, s.stay_book_in, s.place, s.row_id, s.book_in, s.book_out, s.detention_facility_code,
    coalesce(s.book_out, t.longest_open_until) - s.book_in AS held
  FROM stint_spans s CROSS JOIN settings t
  WHERE s.kept
),
grouped AS (
  SELECT person_no, stay_book_in, count(*) AS n_stints, min(place) AS first_place, max(place) AS last_place,
    min_by(row_id, place) AS first_row, max_by(row_id, place) AS last_row, max(held) AS longest_held,
    min(book_in) AS stint_window_in, max(book_in) AS latest_book_in, max(book_out) AS latest_book_out,
    max(CASE WHEN book_out IS NULL THEN book_in END) AS latest_open_book_in,
    count(*) FILTER (WHERE book_out IS NULL) AS n_open_stints, max(detention_facility_code) AS one_code
  FROM kept_stints
  GROUP BY person_no, stay_book_in
),
opened AS (
  SELECT *, CASE WHEN latest_book_in IS NULL THEN n_open_stints > 0
    ELSE coalesce(latest_open_book_in = latest_book_in, FALSE) END AS has_open_stint
  FROM grouped
),
several AS (
  SELECT g.first_place,
    max(CASE WHEN k.held = g.longest_held THEN k.place END) AS longest_place,
    max_by(k.row_id, CASE WHEN k.held = g.longest_held THEN k.place END) AS longest_row,
    CASE WHEN count(k.detention_facility_code) = count(*)
      THEN joined_in_order(array_agg(in_place(k.place - g.first_place, k.detention_facility_code)))
        END AS detention_facility_codes_all
  FROM grouped g
  JOIN kept_stints k ON k.person_no = g.person_no AND k.stay_book_in IS NOT DISTINCT FROM g.stay_book_in
  WHERE g.n_stints > 1
  GROUP BY g.first_place
)
SELECT g.person_no, g.first_row AS stay_row, coalesce(s.longest_row, g.last_row) AS longest_row, g.last_row,
  g.first_place,
  coalesce(s.longest_place, g.last_place) AS longest_place, g.last_place,
  g.n_stints,
  CASE WHEN g.n_stints = 1 THEN g.one_code ELSE s.detention_facility_codes_all
    END AS detention_facility_codes_all,
  g.stay_book_in, g.stint_window_in,
  CASE WHEN g.has_open_stint THEN NULL ELSE g.latest_book_out END AS stint_window_out,
  g.latest_book_out, g.n_open_stints,
  g.has_open_stint
FROM opened g
LEFT JOIN several s ON s.first_place = g.first_place
ORDER BY g.first_place ASC NULLS LAST
