-- people: whose id it is, or begins so where the beginning is long enough, in capitals or not; a line a
--   release, the exact id first. Nothing that begins with a text stands above it with the last sign of all.
SELECT unique_identifier, release, lower_id = lower($text) AS is_exact FROM person_lookups
WHERE lower_id >= lower($text) AND lower_id <= lower($text) || chr(1114111)
  AND (lower_id = lower($text) OR ($by_beginning AND starts_with(lower_id, lower($text))))
ORDER BY is_exact DESC, unique_identifier, release LIMIT $limit
