-- recorded_deaths: stays that the record says ended in a death, and whether a list of deaths has them
-- inputs: stay_ends, death_links, death_candidates, deaths
-- kept: table
--
-- One row per stay whose recorded end is a death. `n_links`: how many rows of lists are linked to it;
-- `n_possible`: of how many it is one candidate, linked or not. `listed`: `listed`, `possibly listed`, `not
-- in a list that reaches its day` (the lists of deaths that were added have deaths before and after it, and
-- none can be this one), or null: no list reaches the day, or no row says when the death was.
WITH reach AS (
  SELECT release, min(death_lo) AS first_death, max(death_hi) AS last_death
  FROM deaths
  WHERE death_lo IS NOT NULL
  GROUP BY release
),
linked AS (
  SELECT stay_row, count(*) AS n_links FROM death_links WHERE stay_row IS NOT NULL GROUP BY stay_row
),
possible AS (
  SELECT stay_row, count(DISTINCT row_id) AS n_possible FROM death_candidates GROUP BY stay_row
),
died AS (
  SELECT stay_row, person_no, end_lo, end_hi, end_reason FROM stay_ends WHERE end_kind = 'death'
),
reached AS (
  SELECT d.stay_row, count(*) AS n_lists
  FROM died d
  JOIN reach r ON r.first_death <= d.end_lo AND r.last_death >= d.end_hi
  GROUP BY d.stay_row
)
SELECT d.stay_row, d.person_no, d.end_reason, d.end_lo, d.end_hi, coalesce(l.n_links, 0) AS n_links,
  coalesce(p.n_possible, 0) AS n_possible,
  CASE WHEN l.n_links > 0 THEN 'listed' WHEN p.n_possible > 0 THEN 'possibly listed'
    WHEN r.n_lists > 0 THEN 'not in a list that reaches its day' END AS listed
FROM died d
LEFT JOIN linked l ON l.stay_row = d.stay_row
LEFT JOIN possible p ON p.stay_row = d.stay_row
LEFT JOIN reached r ON r.stay_row = d.stay_row
ORDER BY d.stay_row ASC NULLS LAST
