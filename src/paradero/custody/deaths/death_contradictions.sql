-- death_contradictions: listed deaths that the records of detention, or the list itself, contradict
-- inputs: deaths, death_links, stint_spans, stay_spans, releases
-- kept: table
--
-- One row per listed death and contradiction. `kind`: `released before the death` (the record of the linked
-- stay ends it as a release or a transfer to another custodian, before the death), `released on the day`
-- (the same, on a day on which the death may lie: a known practice is to release on paper whoever is dying),
-- `removed before the death`, `ended otherwise` (the record gives another end, or an end after the death),
-- `still held` (the record has no end of the stay by the death, though the release reaches beyond it),
-- `recorded as a death on another day`, `custody after the death` (a stint of the linked person begins after
-- the latest instant of the death), `released before the death, by the list` (the list's own end of custody
-- lies before its death), `days in custody` (the stated days differ from the list's own dates), `began after
-- the death` (the list says that custody began after it). `other_row` is the row of detention that says
-- otherwise, null where the list contradicts itself; `size_us` how far apart they are at least.
WITH linked AS (
  SELECT k.row_id, k.link, k.stay_row, k.person_no, k.end_kind, k.end_lo, k.end_hi, d.death_lo, d.death_hi,
    s.last_row, r.released_at
  FROM death_links k
  JOIN deaths d ON d.row_id = k.row_id
  JOIN stay_spans s ON s.stay_row = k.stay_row
  JOIN releases r ON r.release = k.release
),
of_end AS (
  SELECT row_id, last_row AS other_row, link,
    CASE
      WHEN end_kind = 'death' AND (end_hi < death_lo OR end_lo > death_hi)
        THEN 'recorded as a death on another day'
      WHEN end_kind = 'death' THEN NULL
      WHEN end_kind IN ('release', 'transfer_of_custody') AND end_hi < death_lo
        THEN 'released before the death'
      WHEN end_kind IN ('release', 'transfer_of_custody') AND day_of(end_lo) <= day_of(death_hi)
        AND day_of(end_hi) >= day_of(death_lo) THEN 'released on the day'
      WHEN end_kind = 'removal' AND end_hi < death_lo THEN 'removed before the death'
      WHEN end_kind = 'open' AND released_at > death_hi THEN 'still held'
      WHEN end_kind IN ('release', 'transfer_of_custody', 'removal', 'other_end') THEN 'ended otherwise'
    END AS kind,
    greatest(coalesce(death_lo - end_hi, 0), coalesce(end_lo - death_hi, 0), 0) AS size_us
  FROM linked
),
later AS (
  SELECT l.row_id, s.row_id AS other_row, l.link, 'custody after the death' AS kind,
    s.book_in - l.death_hi AS size_us
  FROM linked l
  JOIN stint_spans s ON s.person_no = l.person_no AND s.book_in > l.death_hi
),
own AS (
  SELECT row_id, 'released before the death, by the list' AS kind, released_lo_us AS size_us
  FROM deaths WHERE released_lo_us > 0
  UNION ALL
  SELECT row_id, 'days in custody', CAST(abs(days_apart) * 86400000000 AS BIGINT) FROM deaths
  WHERE days_apart <> 0
  UNION ALL
  SELECT row_id, 'began after the death', began_lo - death_hi FROM deaths WHERE began_lo > death_hi
)
SELECT row_id, kind, other_row, link, size_us
FROM (
  SELECT row_id, kind, other_row, link, size_us FROM of_end WHERE kind IS NOT NULL
  UNION ALL SELECT row_id, kind, other_row, link, size_us FROM later
  UNION ALL SELECT row_id, kind, CAST(NULL AS BIGINT), CAST(NULL AS STRING), size_us FROM own
)
ORDER BY row_id ASC NULLS LAST, kind ASC NULLS LAST, other_row ASC NULLS LAST
