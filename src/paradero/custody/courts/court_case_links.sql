-- court_case_links: cases of the immigration courts that somebody says are a person's of a release of ICE
-- inputs: court_link_rows, persons, court_steps
-- kept: table
--
-- One row per statement. `stated_by`, `ground`, `stated_on`: who says so, why and when, as the table of
-- links states it. `status`: `stated`; `no such person` (the release has no such id, or is not in the
-- casefile); `disputed` (other rows say that the case is another person's of the same release). `person_no`
-- is null unless the status is `stated`. `n_steps`: dated steps of the case, over all releases of the
-- courts. Nothing is computed here: where nobody says so, a case stands beside the custody of persons
-- unlinked.
WITH said AS (
  SELECT l.row_id, l.idncase, l.unique_identifier, l.person_release, l.stated_by, l.ground,
    us_of(coalesce(l.stated_on, l.stated_on_lo)) AS stated_on_us, p.person_no
  FROM court_link_rows l
  LEFT JOIN persons p ON p.release = l.person_release AND p.unique_identifier = l.unique_identifier
),
disputed AS (
  SELECT idncase, person_release, count(DISTINCT unique_identifier) AS n_people
  FROM said
  GROUP BY idncase, person_release
),
counted AS (
  SELECT idncase, count(*) AS n FROM court_steps GROUP BY idncase
),
judged AS (
  SELECT s.*, coalesce(c.n, 0) AS n_steps,
    CASE WHEN d.n_people > 1 THEN 'disputed' WHEN s.person_no IS NULL THEN 'no such person' ELSE 'stated'
      END AS status
  FROM said s
  JOIN disputed d ON d.idncase = s.idncase AND d.person_release = s.person_release
  LEFT JOIN counted c ON c.idncase = s.idncase
)
SELECT row_id, idncase, unique_identifier, person_release, stated_by, ground, stated_on_us, status,
  CASE WHEN status = 'stated' THEN person_no END AS person_no, n_steps
FROM judged
ORDER BY row_id ASC NULLS LAST
