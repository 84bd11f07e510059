-- wanting: what each release lacks altogether, so that questions that need it cannot be judged
-- inputs: detention_rows
-- kept: table
--
-- Per release with detention rows: how many there are, and how many of them state a person id, a facility
-- code, a book-in, a book-out, a reason (of the stint or the stay). Where a count is 0 a question that needs
-- that column has no answer, and no zero: *cannot be judged*.
SELECT release, count(*) AS n_rows, count(unique_identifier) AS n_with_person,
  count(detention_facility_code) AS n_with_place,
  count(book_in_date_time) AS n_with_book_in, count(book_out_date_time) AS n_with_book_out,
  count(coalesce(detention_release_reason, stay_release_reason)) AS n_with_reason
FROM detention_rows
GROUP BY release
ORDER BY release ASC NULLS FIRST
