-- headcount_denials: what other rows of a person deny of a stint, as headcounts of the groups that are asked
--   for take it
-- inputs: contradictions, counted_stints, releases
-- kept: table
--
-- One row for each stint that is contradicted (contradictions): by rows of its own facility, or of another
-- group than its own; two facilities of one group deny nothing, nor does a place that is not known. It is
-- certain only from `clear_from` and before `clear_to` (null: as far as it goes; a book-out beyond the
-- release instant counts up to it), or not at all (`is_denied`). `is_inverted`: booked out before it was
-- booked in.
WITH denied AS (
  SELECT c.row_id, max(c.clear_from) AS clear_from, min(c.clear_to) AS clear_to,
    max(CASE WHEN c.kind = 'book-out before book-in' THEN 1 ELSE 0 END) = 1 AS is_inverted
  FROM contradictions c
  JOIN counted_stints s ON s.row_id = c.row_id
  LEFT JOIN counted_stints o ON o.row_id = c.other_row
  WHERE c.kind <> 'two places' OR s.group_value <> o.group_value
  GROUP BY c.row_id
),
bounded AS (
  SELECT d.row_id, d.clear_from, d.clear_to, d.is_inverted, recorded_hi(s.book_in) AS in_hi,
    CASE WHEN s.book_out > r.released_at THEN r.released_at + 1 ELSE s.book_out END AS out_lo
  FROM denied d
  JOIN counted_stints s ON s.row_id = d.row_id
  JOIN releases r ON r.release = s.release
)
SELECT row_id, CASE WHEN clear_from > in_hi THEN clear_from END AS clear_from,
  CASE WHEN clear_to < out_lo THEN clear_to END AS clear_to,
  coalesce(clear_to <= in_hi OR clear_from >= coalesce(out_lo, in_hi + 1) OR clear_from >= clear_to,
    FALSE) AS is_denied, is_inverted
FROM bounded
ORDER BY row_id ASC NULLS LAST
