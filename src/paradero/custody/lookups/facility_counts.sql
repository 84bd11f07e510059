-- facility_counts: what each release records at each facility, counted, and of rows that name no facility
-- inputs: stint_spans, stint_lengths, reason_kinds
-- kept: table
--
-- One row per release and facility that a detention row names, and one (without a facility) for the rows that
-- name none. `n_rows` counts all rows; `n_stints`, `n_people`, `n_without_id`, `n_open_stints` and
-- `first_row` are of stints, likely duplicates and exact repetitions left out: stints whose missing book-out
-- may be either of two days are not open. `n_copies` are exact repetitions of rows without a person id, which
-- may be of somebody else. `n_without_reason` rows do not say how the person left, `n_not_understood` do so
-- in words that are not known.
WITH rows_of AS (
  SELECT s.release, s.detention_facility_code, count(*) AS n_rows,
    count(CASE WHEN s.book_in IS NULL THEN 1 END) AS n_without_book_in,
    count(CASE WHEN s.book_out IS NULL THEN 1 END) AS n_without_book_out,
    count(CASE WHEN s.person_no IS NULL THEN 1 END) AS n_without_person,
    count(CASE WHEN s.person_no IS NULL AND s.duplicate_exact THEN 1 END) AS n_copies,
    count(CASE WHEN s.detention_release_reason IS NULL THEN 1 END) AS n_without_reason,
    count(CASE WHEN s.detention_release_reason IS NOT NULL AND k.pattern IS NULL THEN 1 END)
      AS n_not_understood
  FROM stint_spans s
  LEFT JOIN reason_kinds k ON k.reason = s.detention_release_reason
  GROUP BY s.release, s.detention_facility_code
),
stints_of AS (
  SELECT release, detention_facility_code, count(*) AS n_stints,
    count(DISTINCT unique_identifier) AS n_people,
    count(CASE WHEN unique_identifier IS NULL THEN 1 END) AS n_without_id,
    count(CASE WHEN book_out IS NULL AND coalesce(book_out_why, '') <> 'day_or_month' THEN 1 END)
      AS n_open_stints,
    min(row_id) AS first_row
  FROM stint_lengths
  GROUP BY release, detention_facility_code
)
SELECT r.release, r.detention_facility_code, r.n_rows, r.n_without_book_in, r.n_without_book_out,
  r.n_without_person, r.n_copies, r.n_without_reason, r.n_not_understood,
  coalesce(s.n_stints, 0) AS n_stints, coalesce(s.n_people, 0) AS n_people,
  coalesce(s.n_without_id, 0) AS n_without_id, coalesce(s.n_open_stints, 0) AS n_open_stints, s.first_row
FROM rows_of r
LEFT JOIN stints_of s ON s.release = r.release
  AND s.detention_facility_code IS NOT DISTINCT FROM r.detention_facility_code
ORDER BY r.release ASC NULLS FIRST, r.detention_facility_code ASC NULLS LAST
