-- counted_spans: what headcounts count: every stint, and every interval in which a person is unaccounted for,
--   at a place nobody tells
-- inputs: stint_spans, unaccounted, releases
-- kept: view
--
-- The columns of stint_spans and `person_row`, the row that says who the person is. An interval has no
-- book-in and no facility: `n` counts nobody in it, and the bounds allow that the person was held at any
-- place from `stay_book_in` (since when nobody is recorded) to `book_out` (until when; null: up to the
-- release instant). Its `row_id` is negative and of no source row: one for all intervals of a person.
SELECT s.*, s.row_id AS person_row
FROM stint_spans s
UNION ALL
SELECT CAST(NULL AS BIGINT), u.person_no, -1 - u.person_no, u.release, u.since, CAST(NULL AS BIGINT),
  CAST(NULL AS BIGINT), u.until,
  CAST(NULL AS STRING), CAST(NULL AS STRING), CAST(NULL AS STRING), CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT), CAST(NULL AS STRING),
  'unaccounted', CASE WHEN u.until IS NULL THEN 'unaccounted' END, CAST(NULL AS STRING), CAST(NULL AS STRING),
  CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), FALSE, FALSE,
    u.last_row
FROM unaccounted u
JOIN releases r ON r.release = u.release
WHERE u.since <= coalesce(u.until, r.released_at)
