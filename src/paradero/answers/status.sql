-- releases: each release with how many persons, stays, unaccounted intervals and conflicts it has
SELECT r.*, (SELECT count(*) FROM persons p WHERE p.release = r.release) AS persons,
  (SELECT CAST(sum(n_stays) AS BIGINT) FROM chains c WHERE c.release = r.release) AS stays,
  (SELECT count(*) FROM unaccounted u WHERE u.release = r.release) AS unaccounted,
  (SELECT count(*) FROM conflicts x WHERE x.release = r.release) AS conflicts
FROM releases r
ORDER BY r.release

-- ends: how the histories of each release end
SELECT release, end_kind, count(*) AS n FROM chains GROUP BY ALL ORDER BY ALL

-- twins: ids of a release that differ only in capitals, in signs around them or in full-width letters
WITH plain AS (
  SELECT release, unique_identifier,
    lower(regexp_replace(translate(unique_identifier, $wide, $plain), '^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$', '',
    'g')) AS shared FROM persons
),
alike AS (SELECT release, shared, count(*) - 1 AS n, min(unique_identifier) AS one,
  max(unique_identifier) AS other FROM plain GROUP BY release, shared HAVING count(*) > 1)
SELECT release, CAST(sum(n) AS BIGINT) AS n, arg_min(one, shared) AS one, arg_min(other, shared) AS other
  FROM alike GROUP BY release ORDER BY release
