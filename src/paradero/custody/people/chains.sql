-- chains: one row per person: how many stays and stints, from when to when, and how custody ends
-- inputs: persons, stay_spans, stay_ends, stint_spans, arrests, removals
-- kept: table
--
-- Custody ends as the last stay ends: in a recorded terminal event, open at the release instant, or
-- unaccounted. Persons with arrests or removals but no stay have `end_kind` = 'no stay'. Stays are never
-- joined into one custody: days between two stays are not custody.
WITH stayed AS (
  SELECT person_no, count(*) AS n_stays, CAST(sum(n_stints) AS BIGINT) AS n_stints,
    min(stint_window_in) AS first_book_in FROM stay_spans GROUP BY person_no
),
arrested AS (
  SELECT person_no, count(*) AS n_arrests, min(arrested_at) AS first_arrest FROM arrests
    WHERE person_no IS NOT NULL GROUP BY person_no
),
removed AS (
  SELECT person_no, count(*) AS n_removals, max(departed) AS last_departed FROM removals
    WHERE person_no IS NOT NULL AND copy = 1 GROUP BY person_no
),
recorded AS (
  SELECT person_no, count(*) AS n_rows FROM stint_spans WHERE person_no IS NOT NULL GROUP BY person_no
)
SELECT p.person_no, p.release, p.unique_identifier, coalesce(r.n_rows, 0) AS n_detention_rows,
  coalesce(s.n_stints, 0) AS n_stints,
  coalesce(s.n_stays, 0) AS n_stays, coalesce(a.n_arrests, 0) AS n_arrest_rows,
    coalesce(m.n_removals, 0) AS n_removals,
  s.first_book_in, a.first_arrest, m.last_departed, coalesce(e.end_kind, 'no stay') AS end_kind, e.end_reason,
    e.end_lo, e.end_hi,
  e.unaccounted_since
FROM persons p
LEFT JOIN stayed s ON s.person_no = p.person_no
LEFT JOIN arrested a ON a.person_no = p.person_no
LEFT JOIN removed m ON m.person_no = p.person_no
LEFT JOIN recorded r ON r.person_no = p.person_no
LEFT JOIN stay_ends e ON e.person_no = p.person_no AND e.is_last_stay
ORDER BY p.person_no ASC NULLS LAST
