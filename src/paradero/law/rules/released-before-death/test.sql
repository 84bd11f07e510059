-- released_before_death: listed deaths before which custody was ended as a release
-- inputs: deaths, death_links, rule_versions
-- kept: view
--
-- One event per row of a list; no more than one end of custody is judged: the list's own, else that of the
-- linked stay that the record ends as a release or a transfer to another custodian, where it leaves no
-- reason for the end blank or withheld (`end_told`). Shown: the end lies on the day of the death or before
-- it, and by the earliest end and the latest death no more than the limit before. Not shown: the end lies
-- more than the limit before the death, or after it. Not bound: the record ends the linked stay as a death,
-- and the list states no other end. The linked stay's row is `other_row`.
WITH one_link AS (
  SELECT row_id, min(stay_row) AS stay_row,
    max(CASE WHEN end_kind = 'death' THEN 1 ELSE 0 END) = 1 AS is_recorded,
    min(CASE WHEN end_told AND end_kind IN ('release', 'transfer_of_custody') THEN end_lo END) AS end_lo,
    max(CASE WHEN end_told AND end_kind IN ('release', 'transfer_of_custody') THEN end_hi END) AS end_hi
  FROM death_links
  WHERE stay_row IS NOT NULL
  GROUP BY row_id
),
ended AS (
  SELECT d.row_id, d.person_no, coalesce(d.place_code, d.facility) AS subject, d.death_lo, d.death_hi,
    CASE WHEN d.released_lo IS NULL THEN k.stay_row END AS stay_row,
    coalesce(k.is_recorded AND d.released_lo IS NULL AND k.end_lo IS NULL, FALSE) AS is_recorded,
    coalesce(d.released_lo, k.end_lo) AS end_lo, coalesce(d.released_hi, k.end_hi) AS end_hi
  FROM deaths d
  LEFT JOIN one_link k ON k.row_id = d.row_id
),
measured AS (
  SELECT v.variant, v.limit_us, e.*, e.death_lo - e.end_hi AS least_us, e.death_hi - e.end_lo AS greatest_us,
    CASE
      WHEN e.end_lo <= e.death_hi AND e.death_hi - e.end_lo <= v.limit_us
        AND day_of(e.end_hi) <= day_of(e.death_lo) THEN TRUE
      WHEN e.death_lo - e.end_hi > v.limit_us OR e.end_lo > e.death_hi THEN FALSE
    END AS is_shown
  FROM ended e
  CROSS JOIN rule_versions v
)
SELECT variant, person_no, subject, row_id AS event_row, stay_row AS other_row, death_lo AS event_lo,
  death_hi AS event_hi, NOT is_recorded AS is_bound, is_shown,
  CASE WHEN is_shown AND least_us IS NOT NULL THEN least_us - limit_us END AS margin_lo,
  CASE WHEN is_shown AND least_us IS NOT NULL THEN greatest_us - limit_us END AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts,
  CASE WHEN is_shown IS NOT NULL THEN NULL WHEN death_lo IS NULL THEN 'time_of_death'
    WHEN end_lo IS NULL THEN 'stay' ELSE 'exact_times' END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM measured
