-- court_detentions: times in detention as ICE told the courts, as bounds, with what contradicts them
-- inputs: court_custody_rows, court_proceeding_rows
-- kept: table
--
-- One row per row of a custody history. `detained_lo`, `detained_hi`, `released_lo`, `released_hi`: the
-- days, without a clock. `held_lo_us`, `held_hi_us`: how long, from the latest detention to the earliest
-- release and the other way round; 0 at least and no greatest where no release is stated. `contradicts`:
-- `released before detained`; `never detained, yet dated` (custody N with a date); `released without a date`
-- (custody R); `detained, yet released` (custody D with a date of release that is the row's own); else null.
-- `n_proceedings`: proceedings of the case in the release. A court's custody history is what ICE told it,
-- late or not at all: it shows nothing against the records of detention, and stands beside them.
WITH given AS (
  SELECT row_id, release, idncase, idncustody, upper(trim(custody)) AS custody,
    us_of(coalesce(detained, detained_lo)) AS detained_lo,
    day_hi(us_of(coalesce(detained, detained_hi))) AS detained_hi,
    us_of(coalesce(released, released_lo)) AS released_lo,
    day_hi(us_of(coalesce(released, released_hi))) AS released_hi, released_why_missing AS released_why
  FROM court_custody_rows
),
counted AS (
  SELECT release, idncase, count(*) AS n FROM court_proceeding_rows GROUP BY release, idncase
)
SELECT g.row_id, g.release, g.idncase, g.idncustody, g.custody, g.detained_lo, g.detained_hi, g.released_lo,
  g.released_hi, g.released_why,
  CASE WHEN g.detained_hi IS NOT NULL THEN greatest(coalesce(g.released_lo - g.detained_hi, 0), 0)
    END AS held_lo_us,
  CASE WHEN g.released_hi >= g.detained_lo THEN g.released_hi - g.detained_lo END AS held_hi_us,
  CASE
    WHEN g.released_hi < g.detained_lo THEN 'released before detained'
    WHEN g.custody = 'N' AND (g.detained_lo IS NOT NULL OR g.released_lo IS NOT NULL)
      THEN 'never detained, yet dated'
    WHEN g.custody = 'R' AND g.released_lo IS NULL AND coalesce(g.released_why, 'blank') = 'blank'
      THEN 'released without a date'
    WHEN g.custody = 'D' AND g.released_lo IS NOT NULL THEN 'detained, yet released'
  END AS contradicts,
  coalesce(c.n, 0) AS n_proceedings
FROM given g
LEFT JOIN counted c ON c.release = g.release AND c.idncase = g.idncase
ORDER BY g.row_id ASC NULLS LAST
