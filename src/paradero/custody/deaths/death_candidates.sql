-- death_candidates: the stays that a listed death can have ended, as far as the records show, and on what
--   ground
-- inputs: deaths, stint_spans, stay_spans, stay_ends, reason_kinds, detention_rows
-- kept: table
--
-- One row per listed death and stay (or row without person id, by its own number in `stay_row`) of any
-- release. `is_stated`: the list states the person's id of the same release, and this is the person's last
-- stay that began by the death, or may be. The others have a stint at the place of the list (`is_here`; not
-- of a person some of whose rows say to which stay they belong and some do not), or at none that is
-- recorded, that may have begun by the death: `is_recorded` (the record says that the stay ended in a death,
-- and its end lies within a day of the listed one, or no row says when it was), `is_begun` (the stay began
-- on the day on which the list says that custody began, or may have, and ended no earlier than 30 days
-- before the death), `is_hidden` (how it ended is withheld, unreadable, blank or not in the release, and it
-- may have ended no earlier than 30 days before the death: it cannot be ruled out). `is_contradicted`: the
-- list and the record state another sex, or years of birth more than one apart; such a stay is left out
-- where nothing but the day on which custody began speaks for it. A stay of which none of this is so is no
-- candidate: its record says that it ended in another way, or that it goes on.
WITH here AS (
  SELECT s.row_id, s.person_no, s.release, s.kept, s.stay_book_in, s.detention_facility_code, s.birth_year,
    coalesce(s.book_in, s.book_in_lo) AS in_lo, coalesce(s.book_in, s.book_in_hi) AS in_hi,
    coalesce(s.book_out, s.book_out_lo) AS out_lo,
    recorded_hi(coalesce(s.book_out, s.book_out_hi)) AS out_hi,
    coalesce(kd.kind = 'death', FALSE) OR coalesce(ks.kind = 'death', FALSE)
      OR coalesce(kc.kind = 'death', FALSE) AS says_death,
    s.detention_release_reason IS NULL AND s.stay_release_reason IS NULL AS says_nothing
  FROM stint_spans s
  LEFT JOIN reason_kinds kd ON kd.reason = s.detention_release_reason
  LEFT JOIN reason_kinds ks ON ks.reason = s.stay_release_reason
  LEFT JOIN reason_kinds kc ON kc.reason = s.case_status
  WHERE EXISTS (SELECT 1 FROM deaths)
),
of_person AS (
  SELECT person_no, stay_book_in, max(CASE WHEN in_lo IS NULL THEN 1 ELSE 0 END) = 1 AS begin_hidden
  FROM here
  WHERE kept
  GROUP BY person_no, stay_book_in
),
stayed AS (
  SELECT s.stay_row, s.person_no, s.stay_book_in, s.first_place, s.stint_window_in, o.begin_hidden,
    CASE WHEN NOT s.has_open_stint THEN recorded_hi(s.latest_book_out) END AS window_out, e.end_kind,
    e.end_lo, e.end_hi,
    max(CASE WHEN s.stay_book_in IS NULL THEN 1 ELSE 0 END) OVER (PARTITION BY s.person_no) = 1
      AND count(*) OVER (PARTITION BY s.person_no) > 1 AS is_split
  FROM stay_spans s
  JOIN stay_ends e ON e.stay_row = s.stay_row
  JOIN of_person o ON o.person_no = s.person_no AND o.stay_book_in IS NOT DISTINCT FROM s.stay_book_in
),
at_place AS (
  SELECT d.row_id, TRUE AS is_here, d.death_lo, d.death_hi, d.began_lo, d.began_hi, h.row_id AS stint_row,
    h.release, h.person_no, h.stay_book_in, h.in_lo, h.in_hi, h.out_lo, h.out_hi, h.says_death, h.says_nothing
  FROM deaths d
  JOIN here h ON h.detention_facility_code = d.place_code
  WHERE d.death_lo IS NOT NULL AND coalesce(h.in_lo <= d.death_hi, TRUE)
  UNION ALL
  SELECT d.row_id, FALSE, d.death_lo, d.death_hi, d.began_lo, d.began_hi, h.row_id, h.release, h.person_no,
    h.stay_book_in, h.in_lo, h.in_hi, h.out_lo, h.out_hi, h.says_death, h.says_nothing
  FROM deaths d
  JOIN here h ON coalesce(h.in_lo, d.death_hi) <= d.death_hi
  WHERE d.death_lo IS NOT NULL AND d.place_code IS NOT NULL AND h.detention_facility_code IS NULL
),
judged AS (
  SELECT a.row_id, a.release, s.person_no, s.stay_row, FALSE AS is_stated,
    a.is_here AND NOT s.is_split AS is_here,
    s.end_kind = 'death' AND coalesce(s.end_lo - 86400000000 <= a.death_hi, TRUE)
      AND coalesce(s.end_hi + 86400000000 >= a.death_lo, TRUE) AS is_recorded,
    s.end_kind <> 'death' AND coalesce(s.window_out >= a.death_lo - 2592000000000, TRUE)
      AND coalesce(s.begin_hidden OR (day_of(s.stint_window_in) >= day_of(a.began_lo)
        AND day_of(s.stint_window_in) <= day_of(a.began_hi)), FALSE) AS is_begun,
    s.end_kind IN ('cannot be judged', 'unaccounted')
      AND coalesce(s.window_out >= a.death_lo - 2592000000000, TRUE) AS is_hidden
  FROM at_place a
  JOIN stayed s ON s.person_no = a.person_no AND s.stay_book_in IS NOT DISTINCT FROM a.stay_book_in
  UNION ALL
  SELECT row_id, release, CAST(NULL AS BIGINT), stint_row, FALSE, is_here,
    says_death AND coalesce(out_hi + 86400000000 >= death_lo, TRUE)
      AND coalesce(out_lo - 86400000000 <= death_hi, TRUE),
    NOT says_death AND coalesce(out_hi >= death_lo - 2592000000000, TRUE)
      AND coalesce(day_of(in_hi) >= day_of(began_lo) AND day_of(in_lo) <= day_of(began_hi), TRUE),
    says_nothing AND coalesce(out_hi >= death_lo - 2592000000000, TRUE)
  FROM at_place
  WHERE person_no IS NULL
),
begun_by AS (
  SELECT d.row_id, d.release, s.person_no, s.stay_row,
    s.begin_hidden OR coalesce(s.stint_window_in >= d.death_lo, TRUE)
      OR max(CASE WHEN s.stay_book_in IS NULL THEN 1 ELSE 0 END) OVER (PARTITION BY d.row_id) = 1
        AS may_be_last,
    row_number() OVER (PARTITION BY d.row_id ORDER BY s.first_place DESC NULLS LAST) AS from_last
  FROM deaths d
  JOIN stayed s ON s.person_no = d.person_no AND coalesce(s.stint_window_in <= d.death_hi, TRUE)
),
told AS (
  SELECT j.*, coalesce(upper(substr(trim(l.gender), 1, 1)) IN ('M', 'F')
    AND upper(substr(trim(r.gender), 1, 1)) IN ('M', 'F')
    AND upper(substr(trim(l.gender), 1, 1)) <> upper(substr(trim(r.gender), 1, 1)), FALSE)
    OR coalesce(abs(l.birth_year - r.birth_year) > 1, FALSE) AS is_contradicted
  FROM judged j
  JOIN deaths l ON l.row_id = j.row_id
  JOIN detention_rows r ON r.row_id = j.stay_row
  WHERE j.is_recorded OR j.is_begun OR j.is_hidden
  UNION ALL
  SELECT row_id, release, person_no, stay_row, TRUE, FALSE, FALSE, FALSE, FALSE, FALSE
  FROM begun_by
  WHERE from_last = 1 OR may_be_last
)
SELECT row_id, release, stay_row, max(person_no) AS person_no,
  max(CASE WHEN is_stated THEN 1 ELSE 0 END) = 1 AS is_stated,
  max(CASE WHEN is_here THEN 1 ELSE 0 END) = 1 AS is_here,
  max(CASE WHEN is_recorded THEN 1 ELSE 0 END) = 1 AS is_recorded,
  max(CASE WHEN is_begun THEN 1 ELSE 0 END) = 1 AS is_begun,
  max(CASE WHEN is_hidden THEN 1 ELSE 0 END) = 1 AS is_hidden,
  max(CASE WHEN is_contradicted THEN 1 ELSE 0 END) = 1 AS is_contradicted
FROM told
WHERE is_stated OR is_recorded OR is_hidden OR NOT is_contradicted
GROUP BY row_id, release, stay_row
ORDER BY row_id ASC NULLS LAST, stay_row ASC NULLS LAST
