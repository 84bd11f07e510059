-- overlapping_persons: the persons among whose rows one may begin before an earlier one has ended, or on its day
-- inputs: stint_spans
-- kept: table
--
-- The few persons whose rows have to be compared pair by pair: whoever is not here has no two rows that contradict each other. Likely duplicates take part, and a row
-- without book-out goes on. A row may be in the way of the next until its book-out, and all day of its book-in.
WITH followed AS (
  SELECT person_no, book_in, max(greatest(coalesce(book_out, 9223372036854775807), (day_of(book_in) + 1) * 86400000000)) OVER (
    PARTITION BY person_no ORDER BY place ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS running_out
  FROM stint_spans
  WHERE person_no IS NOT NULL AND book_in IS NOT NULL
)
SELECT DISTINCT person_no FROM followed WHERE book_in < running_out
ORDER BY person_no ASC NULLS LAST
