-- people: whose id begins so, a line a release
SELECT p.unique_identifier, p.release FROM persons p
WHERE starts_with(p.unique_identifier, $text) ORDER BY p.unique_identifier, p.release LIMIT $limit
