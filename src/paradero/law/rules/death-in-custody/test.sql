-- death_in_custody: deaths that the record states, each with the time by which it had to be notified or
--   reported
-- inputs: stint_spans, reason_kinds, releases, rule_versions
-- kept: view
--
-- One event per person and stay (rows without person id: per row) of which some row says by its release
-- reason, its stay's release reason or its case status that the person died, at the first such row in file
-- order. Whether a notice was given or a report made, and when, stands in none of these records: it is never
-- shown, one way or the other, and the verdict stays undetermined. Bound: a release reason says it; by the
-- case status alone the person may have died after custody. The death lies between the stay's book-in and the
-- recorded end (the latest book-out, of stay or stint, of the rows that say so, where each has one up to the
-- release instant); `turns_at` is that end and the limit after it.
WITH said AS (
  SELECT s.person_no, s.stay_book_in, s.row_id, s.book_in, coalesce(kd.kind = 'death', FALSE)
    OR coalesce(ks.kind = 'death', FALSE) AS by_reason,
    CASE WHEN greatest(s.book_out, s.stay_book_out) <= r.released_at
      AND recorded_hi(greatest(s.book_out, s.stay_book_out)) >= s.book_in
      THEN greatest(s.book_out, s.stay_book_out) END AS ended
  FROM stint_spans s
  JOIN releases r ON r.release = s.release
  LEFT JOIN reason_kinds kd ON kd.reason = s.detention_release_reason
  LEFT JOIN reason_kinds ks ON ks.reason = s.stay_release_reason
  LEFT JOIN reason_kinds kc ON kc.reason = s.case_status
  WHERE kd.kind = 'death' OR ks.kind = 'death' OR kc.kind = 'death'
),
deaths AS (
  SELECT person_no, min(row_id) AS row_id, max(CASE WHEN by_reason THEN 1 ELSE 0 END) AS by_reason,
    max(book_in) AS last_in,
    CASE WHEN count(ended) = count(*) THEN max(ended) END AS ended
  FROM said
  GROUP BY person_no, stay_book_in, CASE WHEN person_no IS NULL THEN row_id END
)
SELECT v.variant, d.person_no, CAST(NULL AS STRING) AS subject, d.row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row,
  d.last_in AS event_lo, CASE WHEN d.by_reason = 1 THEN recorded_hi(d.ended) END AS event_hi,
  CASE WHEN d.by_reason = 1 THEN TRUE END AS is_bound, CAST(NULL AS BOOLEAN) AS is_shown,
  CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CASE WHEN d.by_reason = 0 THEN 'place_of_death' END AS bound_facts,
  CASE WHEN d.ended IS NULL THEN 'time_of_death; ' ELSE '' END || 'notification; report' AS shown_facts,
  CASE WHEN d.by_reason = 1 THEN recorded_hi(d.ended) + v.limit_us END AS turns_at
FROM deaths d
CROSS JOIN rule_versions v
