-- facility_stints: every detention row by facility: what a question about one facility is answered from
-- inputs: stint_spans
-- kept: table
--
-- The rows of stint_spans in the order of their facilities, those that name none last; within a facility in
-- the order of persons. Who asks for one facility reads its part of the file alone. The columns are those of
-- stint_spans.
SELECT detention_facility_code, place, row_id, release, person_no, book_in, book_in_lo, book_in_hi, book_out,
  book_out_lo, book_out_hi, stay_book_out, detention_release_reason, stay_release_reason, duplicate_exact
FROM stint_spans
ORDER BY detention_facility_code ASC NULLS LAST, place ASC NULLS LAST
