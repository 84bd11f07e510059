-- death_links: which stay each listed death ended, where somebody states it or one stay alone can be meant;
--   else why none
-- inputs: deaths, death_candidates, stay_ends, stay_spans, detention_rows, reason_kinds, releases
-- kept: table
--
-- One row per listed death and release of detentions. `link`: `stated` (the list states the person's id, and
-- which of the person's stays is the last by then is known); `only candidate` (of the release's stays one
-- alone is a candidate, whose record says that it ended in a death then and there or that it began on the
-- day on which the list says that custody began; sex and year of birth do not contradict it, no other row of
-- the list claims it, and the release covers the day). Where stays are recorded as deaths then and there,
-- those that only began on the day are no candidates. Else, with `stay_row` null, why none: `stated, of
-- several stays`, `several candidates`, `candidate of another row`, `contradicted`, `nothing speaks for it`
-- (its end or its place is hidden, and that is all), `not covered` (who was held that day need not be in the
-- release), `no candidate`, `no place`, `no day`. A link never changes the stay: what the record says of its
-- end stands beside the list (`end_kind`, `end_lo`, `end_hi`). `end_told`: no reason that the record could
-- give for the end is blank or withheld, so that no other end can hide behind it. `ended_before_us`: from
-- the end that the record states to the earliest death; negative where the record's end is the later.
WITH known AS (
  SELECT row_id, release, max(CASE WHEN is_recorded THEN 1 ELSE 0 END) AS any_recorded
  FROM death_candidates
  GROUP BY row_id, release
),
counted AS (
  SELECT c.row_id, c.release, count(*) AS n_candidates, count(*) FILTER (WHERE c.is_stated) AS n_stated,
    max(CASE WHEN c.is_stated THEN c.stay_row END) AS stated_row, max(c.stay_row) AS one_row,
    max(CASE WHEN c.is_here AND (c.is_recorded OR c.is_begun) THEN 1 ELSE 0 END) AS has_ground,
    max(CASE WHEN c.is_contradicted THEN 1 ELSE 0 END) AS is_contradicted
  FROM death_candidates c
  JOIN known k ON k.row_id = c.row_id AND k.release = c.release
  WHERE c.is_stated OR c.is_recorded OR c.is_hidden OR k.any_recorded = 0
  GROUP BY c.row_id, c.release
),
claimed AS (
  SELECT coalesce(c.stated_row, c.one_row) AS one_row, d.release, count(*) AS n_claims
  FROM counted c
  JOIN deaths d ON d.row_id = c.row_id
  WHERE c.n_candidates = 1 OR c.stated_row IS NOT NULL
  GROUP BY coalesce(c.stated_row, c.one_row), d.release
),
judged AS (
  SELECT d.row_id, r.release, d.death_lo, d.death_hi, coalesce(c.n_candidates, 0) AS n_candidates,
    CASE
      WHEN c.n_stated = 1 THEN 'stated'
      WHEN c.n_stated > 1 THEN 'stated, of several stays'
      WHEN d.death_lo IS NULL THEN 'no day'
      WHEN d.place_code IS NULL THEN 'no place'
      WHEN coalesce(c.n_candidates, 0) = 0 THEN 'no candidate'
      WHEN c.n_candidates > 1 THEN 'several candidates'
      WHEN m.n_claims > 1 THEN 'candidate of another row'
      WHEN c.is_contradicted = 1 THEN 'contradicted'
      WHEN c.has_ground = 0 THEN 'nothing speaks for it'
      WHEN d.death_lo >= r.covered_from AND d.death_lo <= r.covered_until THEN 'only candidate'
      ELSE 'not covered'
    END AS link,
    coalesce(c.stated_row, c.one_row) AS candidate_row
  FROM deaths d
  CROSS JOIN releases r
  LEFT JOIN counted c ON c.row_id = d.row_id AND c.release = r.release
  LEFT JOIN claimed m ON m.one_row = c.one_row AND m.release = d.release
),
linked AS (
  SELECT *, CASE WHEN link IN ('stated', 'only candidate') THEN candidate_row END AS stay_row
  FROM judged
),
told AS (
  SELECT s.stay_row,
    (l.detention_release_reason IS NOT NULL OR coalesce(l.detention_release_reason_why_missing,
      '') = 'not_in_release')
    AND (l.stay_release_reason IS NOT NULL OR coalesce(l.stay_release_reason_why_missing,
      '') = 'not_in_release')
    AND (ks.kind IS NULL OR kd.kind IS NULL OR ks.kind = kd.kind OR kd.kind = 'transferred') AS end_told
  FROM stay_spans s
  JOIN detention_rows l ON l.row_id = s.last_row
  LEFT JOIN reason_kinds ks ON ks.reason = l.stay_release_reason
  LEFT JOIN reason_kinds kd ON kd.reason = l.detention_release_reason
  WHERE EXISTS (SELECT 1 FROM deaths)
)
SELECT l.row_id, l.release, l.link, l.n_candidates, l.stay_row, e.person_no, e.end_kind, e.end_reason,
  e.end_lo, e.end_hi, t.end_told, l.death_lo - e.end_hi AS ended_before_us
FROM linked l
LEFT JOIN stay_ends e ON e.stay_row = l.stay_row
LEFT JOIN told t ON t.stay_row = l.stay_row
ORDER BY l.row_id ASC NULLS LAST, l.release ASC NULLS LAST
