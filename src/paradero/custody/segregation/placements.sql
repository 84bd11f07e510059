-- placements: how long each placement in segregation lasted, as bounds, and what its source states beside its
--   dates
-- inputs: segregation_rows
-- kept: table
--
-- One row per row of a segregation source: a report on a placement, or a line of a facility's log.
-- `placed_first`, `placed_last`, `released_first`, `released_last`: the earliest and the latest reading of
-- the two dates, which are one where the order of day and month is known. `length_lo_us`: from the latest
-- instant that the placement date can mean to the earliest that the release date can; 0 where no release is
-- stated, since nothing shows segregation after the placement, and where the release is stated before it.
-- `length_hi_us`: the other way round; null without a release, as no row says when the placement was still
-- going on. Both are of the clock as recorded: an hour more or less where it was changed. `days_lo`,
-- `days_hi`: from the one calendar day to the other. `stated_days` is the length that the source states,
-- and `days_apart` by how many days it lies outside `days_lo` to `days_hi` and one more (the first and the
-- last day may both count); 0 within, null where one of them is missing. `is_inverted`: released before the
-- placement. `report_lo_us`, `report_hi_us`: how long after the placement the report was made. `alike`: how
-- many rows of the release, this one among them, may tell of the same placement: those with the same id of
-- a placement, and of those without one (of all, where this row has none) those of the same day and place,
-- where a row without a day or a place may be of any. A release can print several reports on one placement,
-- so a row is a placement of its own for certain only where `alike` is 1. `other_release`, `other_reason`,
-- `other_illness`, `other_counsel`, `other_notice`: whether another row with the same id of a placement
-- states another release, reason, illness, counsel of record or notice to counsel.
WITH given AS (
  SELECT row_id, release, placement_id, unique_identifier, gender, citizenship_country, facility,
    detention_facility_code, facility_state, report_type, placement_reason, is_disciplinary, mental_illness,
    attorney_of_record, attorney_notification, compliance_with_standards, stated_days,
    release_date_why_missing AS release_date_why,
    us_of(placement_date) AS placed, us_of(release_date) AS released,
    us_of(coalesce(placement_date, placement_date_lo)) AS placed_first,
    us_of(coalesce(placement_date, placement_date_hi)) AS placed_last,
    us_of(coalesce(release_date, release_date_lo)) AS released_first,
    us_of(coalesce(release_date, release_date_hi)) AS released_last,
    us_of(coalesce(created_at, created_at_lo)) AS made_lo,
    recorded_hi(us_of(coalesce(created_at, created_at_hi))) AS made_hi,
    upper(trim(facility)) AS place, day_of(us_of(placement_date)) AS day
  FROM segregation_rows
),
compared AS (
  SELECT *, day_of(released_first) - day_of(placed_last) AS days_lo,
    day_of(released_last) - day_of(placed_first) AS days_hi,
    coalesce(recorded_hi(released_last) < placed_first, FALSE) AS is_inverted
  FROM given
),
at_place AS (
  SELECT release, day, place, count(*) AS n, count(*) - count(placement_id) AS n_without_id
  FROM given
  WHERE day IS NOT NULL AND place IS NOT NULL
  GROUP BY release, day, place
),
on_day AS (
  SELECT release, day, count(*) AS n, count(*) - count(placement_id) AS n_without_id,
    count(*) - count(place) AS n_nowhere,
    count(*) FILTER (WHERE place IS NULL AND placement_id IS NULL) AS n_nowhere_without_id
  FROM given
  WHERE day IS NOT NULL
  GROUP BY release, day
),
in_release AS (
  SELECT release, count(*) AS n, count(*) - count(placement_id) AS n_without_id,
    count(*) - count(day) AS n_undated,
    count(*) FILTER (WHERE day IS NULL AND placement_id IS NULL) AS n_undated_without_id
  FROM given
  GROUP BY release
),
by_id AS (
  SELECT release, placement_id, count(*) AS n, count(DISTINCT released) > 1 AS other_release,
    count(DISTINCT upper(trim(placement_reason))) > 1 AS other_reason,
    count(DISTINCT upper(trim(mental_illness))) > 1 AS other_illness,
    count(DISTINCT upper(trim(attorney_of_record))) > 1 AS other_counsel,
    count(DISTINCT upper(trim(attorney_notification))) > 1 AS other_notice
  FROM given
  WHERE placement_id IS NOT NULL
  GROUP BY release, placement_id
)
SELECT c.row_id, c.release, c.placement_id, c.unique_identifier, c.facility, c.detention_facility_code,
  c.facility_state, c.report_type, c.placement_reason, c.is_disciplinary, c.mental_illness,
  c.attorney_of_record, c.attorney_notification, c.compliance_with_standards, c.placed, c.released,
  c.placed_first, c.placed_last, c.released_first, c.released_last, c.release_date_why,
  CASE WHEN c.placed_last IS NULL THEN NULL WHEN c.released_first IS NULL THEN 0
    ELSE greatest(c.released_first - recorded_hi(c.placed_last), 0) END AS length_lo_us,
  CASE WHEN recorded_hi(c.released_last) - c.placed_first < 0 THEN 0
    ELSE recorded_hi(c.released_last) - c.placed_first END AS length_hi_us,
  c.days_lo, c.days_hi, c.stated_days,
  CASE
    WHEN c.days_hi < 0 THEN NULL
    WHEN c.stated_days < c.days_lo THEN c.stated_days - c.days_lo
    WHEN c.stated_days > c.days_hi + 1 THEN c.stated_days - c.days_hi
    WHEN c.stated_days IS NOT NULL AND c.days_lo IS NOT NULL AND c.days_hi IS NOT NULL THEN 0
  END AS days_apart,
  c.is_inverted,
  c.made_lo - recorded_hi(c.placed_last) AS report_lo_us, c.made_hi - c.placed_first AS report_hi_us,
  coalesce(i.n, 0) + CASE
    WHEN c.placement_id IS NULL AND c.day IS NULL THEN r.n
    WHEN c.placement_id IS NULL AND c.place IS NULL THEN d.n + r.n_undated
    WHEN c.placement_id IS NULL THEN p.n + d.n_nowhere + r.n_undated
    WHEN c.day IS NULL THEN r.n_without_id
    WHEN c.place IS NULL THEN d.n_without_id + r.n_undated_without_id
    ELSE p.n_without_id + d.n_nowhere_without_id + r.n_undated_without_id
  END AS alike,
  coalesce(i.other_release, FALSE) AS other_release, coalesce(i.other_reason, FALSE) AS other_reason,
  coalesce(i.other_illness, FALSE) AS other_illness, coalesce(i.other_counsel, FALSE) AS other_counsel,
  coalesce(i.other_notice, FALSE) AS other_notice
FROM compared c
JOIN in_release r ON r.release = c.release
LEFT JOIN on_day d ON d.release = c.release AND d.day = c.day
LEFT JOIN at_place p ON p.release = c.release AND p.day = c.day AND p.place = c.place
LEFT JOIN by_id i ON i.release = c.release AND i.placement_id = c.placement_id
