-- overlapping_persons: the persons among whose rows one may begin before an earlier one has ended, or at its
--   place and on its day
-- inputs: stint_spans
-- kept: table
--
-- The few persons whose rows have to be compared pair by pair: whoever is not here has no two rows that
-- contradict each other. Likely duplicates take part; a row without book-out goes on, and a book-in can be
-- any instant that it may mean as recorded.
WITH followed AS (
  -- two rows of one place and day follow each other, or those between them are of that day too
  SELECT person_no, book_in,
    max(greatest(coalesce(book_out, 9223372036854775807), recorded_hi(book_in) + 1)) OVER (
      PARTITION BY person_no ORDER BY place ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS running_out, CASE WHEN detention_facility_code = lag(detention_facility_code) OVER in_order
      THEN lag(book_in) OVER in_order END AS previous_here,
    lag(book_in, 2) OVER in_order AS last_but_one
  FROM stint_spans
  WHERE person_no IS NOT NULL AND book_in IS NOT NULL
  WINDOW in_order AS (PARTITION BY person_no ORDER BY place ASC NULLS FIRST)
)
SELECT DISTINCT person_no FROM followed
WHERE book_in < running_out OR day_of(book_in) = day_of(previous_here)
  OR day_of(book_in) = day_of(last_but_one)
ORDER BY person_no ASC NULLS LAST
