-- people: whose id it is, or begins so where the beginning is long enough, in capitals or not; a line a
--   release, the exact id first
SELECT p.unique_identifier, p.release, lower(p.unique_identifier) = lower($text) AS is_exact FROM persons p
WHERE lower(p.unique_identifier) = lower($text)
  OR ($by_beginning AND starts_with(lower(p.unique_identifier), lower($text)))
ORDER BY is_exact DESC, p.unique_identifier, p.release LIMIT $limit
