-- death_delays: how long after each listed death a list dates what followed it, as bounds
-- inputs: deaths
-- kept: view
--
-- One row per row of a list of deaths and `step` (`notified`, `published`) that the list dates for any of its
-- deaths: that a list has no date of a step shows nothing. `after_lo_us`: from the latest death to the
-- earliest step that the dates can mean; `after_hi_us`: the other way round; 6 hours of slack each way, as in
-- `deaths`. `is_before`: the step is dated before the death, so that one of the two dates is wrong. `lacks`:
-- the date that is missing (`death`, `step`), null where there are both. `subject`: the place's code, or its
-- name where there is none.
WITH dated AS (
  SELECT row_id, release, person_no, coalesce(place_code, facility) AS subject, death_lo, death_hi,
    'notified' AS step, notified_lo_us AS after_lo_us, notified_hi_us AS after_hi_us
  FROM deaths
  UNION ALL
  SELECT row_id, release, person_no, coalesce(place_code, facility) AS subject, death_lo, death_hi,
    'published' AS step, published_lo_us AS after_lo_us, published_hi_us AS after_hi_us
  FROM deaths
),
telling AS (
  SELECT DISTINCT release, step FROM dated WHERE after_hi_us IS NOT NULL
)
SELECT d.row_id, d.person_no, d.subject, d.death_lo, d.death_hi, d.step, d.after_lo_us, d.after_hi_us,
  coalesce(d.after_hi_us < 0, FALSE) AS is_before,
  CASE WHEN d.death_lo IS NULL THEN 'death' WHEN d.after_hi_us IS NULL THEN 'step' END AS lacks
FROM dated d
JOIN telling t ON t.release = d.release AND t.step = d.step
