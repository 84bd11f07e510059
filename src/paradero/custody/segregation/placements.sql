-- placements: how long each placement in segregation lasted, as bounds, and what its source states beside its
--   dates
-- inputs: segregation_rows
-- kept: table
--
-- One row per row of a segregation source: a report on a placement, or a line of a facility's log.
-- `length_lo_us`: from the latest instant that the placement date can mean to the earliest that the release
-- date can; 0 where no release is stated, since nothing shows segregation after the placement, and where the
-- release is stated before it. `length_hi_us`: the other way round; null without a release, as no row says
-- when the placement was still going on. `days_between`: from the one calendar day to the other, where each
-- has one reading. `stated_days` is the length that the source states, and `days_apart` by how many days it
-- is more than `days_between`, or than that and one more where the first and the last day both count; 0 where
-- it is one of the two; null where one of them is missing. `is_inverted`: released before the placement.
-- `report_lo_us`, `report_hi_us`: how long after the placement the report was made. `alike`: how many rows of
-- the release, this one among them, may tell of the same placement: those of the same day and place with no
-- other id of a placement. A release can print several reports on one placement, so a row is a placement of
-- its own for certain only where `alike` is 1.
WITH given AS (
  SELECT row_id, release, placement_id, unique_identifier, gender, citizenship_country, facility,
    detention_facility_code, facility_state, report_type, placement_reason, is_disciplinary, mental_illness,
    attorney_of_record, attorney_notification, stated_days,
    release_date_why_missing AS release_date_why,
    us_of(placement_date) AS placed, us_of(release_date) AS released,
    us_of(coalesce(placement_date, placement_date_lo)) AS placed_lo,
    recorded_hi(us_of(coalesce(placement_date, placement_date_hi))) AS placed_hi,
    us_of(coalesce(release_date, release_date_lo)) AS released_lo,
    recorded_hi(us_of(coalesce(release_date, release_date_hi))) AS released_hi,
    us_of(coalesce(created_at, created_at_lo)) AS made_lo,
    recorded_hi(us_of(coalesce(created_at, created_at_hi))) AS made_hi
  FROM segregation_rows
),
compared AS (
  SELECT *, day_of(released) - day_of(placed) AS days_between,
    coalesce(released_hi < placed_lo, FALSE) AS is_inverted
  FROM given
),
placed_at AS (
  SELECT *, coalesce(detention_facility_code, facility, '') AS place
  FROM compared
),
counted AS (
  SELECT release, placed, place, count(*) AS n, count(placement_id) AS n_with_id
  FROM placed_at
  WHERE placed IS NOT NULL
  GROUP BY release, placed, place
),
ids AS (
  SELECT release, placed, place, placement_id, count(*) AS n
  FROM placed_at
  WHERE placed IS NOT NULL AND placement_id IS NOT NULL
  GROUP BY release, placed, place, placement_id
)
SELECT c.row_id, c.release, c.placement_id, c.unique_identifier, c.facility, c.detention_facility_code,
  c.facility_state, c.report_type, c.placement_reason, c.is_disciplinary, c.mental_illness,
  c.attorney_of_record, c.attorney_notification, c.placed, c.released, c.release_date_why,
  CASE WHEN c.placed_hi IS NULL THEN NULL WHEN c.released_lo IS NULL THEN 0
    ELSE greatest(c.released_lo - c.placed_hi, 0) END AS length_lo_us,
  CASE WHEN c.released_hi - c.placed_lo < 0 THEN 0 ELSE c.released_hi - c.placed_lo END AS length_hi_us,
  c.days_between, c.stated_days,
  CASE WHEN c.days_between < 0 THEN NULL WHEN c.stated_days IN (c.days_between, c.days_between + 1) THEN 0
    ELSE c.stated_days - c.days_between END AS days_apart,
  c.is_inverted,
  c.made_lo - c.placed_hi AS report_lo_us, c.made_hi - c.placed_lo AS report_hi_us,
  CASE WHEN c.placement_id IS NULL THEN n.n ELSE i.n + n.n - n.n_with_id END AS alike
FROM placed_at c
LEFT JOIN counted n ON n.release = c.release AND n.placed = c.placed AND n.place = c.place
LEFT JOIN ids i ON i.release = c.release AND i.placed = c.placed AND i.place = c.place
  AND i.placement_id = c.placement_id
