-- deaths: every death that a list of deaths in custody states, as bounds, with what the list says of it
--   beside its own dates
-- inputs: death_rows, facility_names, persons
-- kept: table
--
-- One row per row of a list. `death_lo`, `death_hi`: the earliest and the latest instant that the date of
-- death can mean as recorded, on an unstated clock of its place; null where it is not stated. `place_code`:
-- the facility code that the list states, or that its name of a facility stands for where it stands for one.
-- The list's place is one of detention: people die elsewhere. `days_lo`, `days_hi`: from the stated
-- beginning of custody to the death, by the calendar; `days_apart`: by how many days the stated days in
-- custody lie outside these and one more (the first and the last day may both count); 0 within, null where
-- one of them is missing. `released_lo_us`, `released_hi_us`: from the stated end of custody to the death;
-- negative where custody ended after it. `notified_lo_us` and so on, `published_lo_us` and so on: from the
-- death to the stated notice and to the stated publication. Clocks may be of different zones: 6 hours of
-- slack each way are within the bounds. `alike`: how many rows of the same release may tell of the same
-- death: the same day, and a place that is the same or not stated. `person_no`: the person whose id of the
-- same release the list states.
WITH given AS (
  SELECT d.row_id, d.release, d.case_number, d.unique_identifier, p.person_no,
    d.facility, d.place_of_death, d.facility_state, d.facility_aor, d.custodian, d.cause_of_death,
    d.preliminary_cause, d.gender, d.birth_year, d.stated_days,
    coalesce(d.detention_facility_code,
      CASE WHEN n.n_codes = 1 THEN n.detention_facility_code END) AS place_code,
    CASE WHEN d.death_date IS NULL THEN coalesce(d.death_date_why_missing, 'blank') END AS death_why,
    us_of(coalesce(d.death_date, d.death_date_lo)) AS death_lo,
    recorded_hi(us_of(coalesce(d.death_date, d.death_date_hi))) AS death_hi,
    us_of(coalesce(d.custody_began, d.custody_began_lo)) AS began_lo,
    recorded_hi(us_of(coalesce(d.custody_began, d.custody_began_hi))) AS began_hi,
    us_of(coalesce(d.custody_ended, d.custody_ended_lo)) AS released_lo,
    recorded_hi(us_of(coalesce(d.custody_ended, d.custody_ended_hi))) AS released_hi,
    us_of(coalesce(d.notified_date, d.notified_date_lo)) AS notified_lo,
    recorded_hi(us_of(coalesce(d.notified_date, d.notified_date_hi))) AS notified_hi,
    us_of(coalesce(d.published_date, d.published_date_lo)) AS published_lo,
    recorded_hi(us_of(coalesce(d.published_date, d.published_date_hi))) AS published_hi
  FROM death_rows d
  LEFT JOIN facility_names n ON n.plain_name = upper(trim(d.facility))
  LEFT JOIN persons p ON p.release = d.release AND p.unique_identifier = d.unique_identifier
),
counted AS (
  SELECT *, day_of(death_lo) - day_of(began_hi) AS days_lo, day_of(death_hi) - day_of(began_lo) AS days_hi
  FROM given
),
others AS (
  SELECT a.row_id, count(*) AS alike
  FROM given a
  JOIN given b ON b.release = a.release AND b.death_lo <= a.death_hi AND a.death_lo <= b.death_hi
    AND coalesce(a.place_code = b.place_code, upper(trim(a.facility)) = upper(trim(b.facility)), TRUE)
  GROUP BY a.row_id
)
SELECT c.row_id, c.release, c.case_number, c.unique_identifier, c.person_no, c.facility, c.place_code,
  c.place_of_death, c.facility_state, c.facility_aor, c.custodian, c.cause_of_death, c.preliminary_cause,
  c.gender, c.birth_year, c.death_lo, c.death_hi, c.death_why, c.began_lo, c.began_hi, c.released_lo,
  c.released_hi, c.stated_days, c.days_lo, c.days_hi,
  CASE
    WHEN c.days_hi < 0 THEN NULL
    WHEN c.stated_days < c.days_lo THEN c.stated_days - c.days_lo
    WHEN c.stated_days > c.days_hi + 1 THEN c.stated_days - c.days_hi
    WHEN c.stated_days IS NOT NULL AND c.days_lo IS NOT NULL AND c.days_hi IS NOT NULL THEN 0
  END AS days_apart,
  c.death_lo - c.released_hi - 21600000000 AS released_lo_us,
  c.death_hi - c.released_lo + 21600000000 AS released_hi_us,
  c.notified_lo - c.death_hi - 21600000000 AS notified_lo_us,
  c.notified_hi - c.death_lo + 21600000000 AS notified_hi_us,
  c.published_lo - c.death_hi - 21600000000 AS published_lo_us,
  c.published_hi - c.death_lo + 21600000000 AS published_hi_us,
  coalesce(o.alike, 1) AS alike
FROM counted c
LEFT JOIN others o ON o.row_id = c.row_id
ORDER BY c.row_id ASC NULLS LAST
