-- death_published_late: listed deaths whose publication the list dates later than the limit
-- inputs: deaths, rule_versions
-- kept: view
--
-- One event per row of a list that dates the publication of any of its deaths. Late: by the latest death and
-- the earliest publication that the dates can mean; not late: the other way round; 6 hours of slack each
-- way. A publication that was made before the death shows that one of the two dates is wrong, and nothing
-- else. That a list has no date of a publication shows nothing.
WITH telling AS (
  SELECT DISTINCT release FROM deaths WHERE published_hi_us IS NOT NULL
),
measured AS (
  SELECT v.variant, v.limit_us, d.row_id, d.person_no, coalesce(d.place_code, d.facility) AS subject,
    d.death_lo, d.death_hi, d.published_lo_us, d.published_hi_us,
    CASE WHEN d.published_hi_us < 0 THEN NULL WHEN d.published_lo_us > v.limit_us THEN TRUE
      WHEN d.published_hi_us <= v.limit_us THEN FALSE END AS is_shown
  FROM deaths d
  JOIN telling t ON t.release = d.release
  CROSS JOIN rule_versions v
)
SELECT variant, person_no, subject, row_id AS event_row, CAST(NULL AS BIGINT) AS other_row,
  death_lo AS event_lo, death_hi AS event_hi, TRUE AS is_bound, is_shown,
  CASE WHEN is_shown IS NOT NULL THEN published_lo_us - limit_us END AS margin_lo,
  CASE WHEN is_shown IS NOT NULL THEN published_hi_us - limit_us END AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts,
  CASE
    WHEN is_shown IS NOT NULL THEN NULL
    WHEN death_lo IS NULL THEN 'time_of_death'
    WHEN published_hi_us IS NULL THEN 'report'
    ELSE 'exact_times'
  END AS shown_facts,
  death_hi + limit_us AS turns_at
FROM measured
