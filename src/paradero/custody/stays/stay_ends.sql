-- stay_ends: how each stay ended: a recorded end, open at the release instant, or unaccounted from a stated
--   instant
-- inputs: stay_spans, stint_spans, stay_removals, reason_kinds, releases, persons
-- kept: table
--
-- The first that applies: `death` (a reason that says so, or the case status of the person's last stay); the
-- kind of the stay's release reason, or where that is missing or only `Transferred`, of the last stint's:
-- `removal`, `release`, `transfer_of_custody`; `removal` by a departed date from the day the stay began to
-- the day the person's next stay began, or by a matched removal row; `other_end` (a reason of no known kind,
-- with an end); `cannot be judged`: the record hides how or whether it ended, because a book-out or reason is
-- withheld, unreadable or not in the release (`end_reason` says which); `open`: no book-out up to the release
-- instant and no later stay of the person, custody as far as the record says (censored); `continued`: nothing
-- ended it, but the next stay had begun by then. All else is `unaccounted`, with the reason: `transferred, no
-- arrival`, `book-out without a reason`, `stay ended, stint open`, or `superseded` (never booked out, yet a
-- later stay began); since the last recorded book-out, the stay's end, or the book-in of the open stint;
-- until the person's next stay begins, or null. `end_lo` and `end_hi` bound the end, in microseconds on the
-- clock as recorded. A midnight can be a day without a clock time, so it spans the day; a death known only
-- from the case status has no latest instant.
WITH numbered AS (
  SELECT s.*, l.book_in AS last_book_in, l.book_out AS last_book_out, l.stay_book_out, l.departed,
    l.detention_release_reason,
    l.stay_release_reason, l.case_status, r.released_at, l.end_why, l.reason_why, l.book_out_why,
    row_number() OVER of_person AS stay_no,
    lead(s.stint_window_in) OVER of_person AS next_book_in,
    lead(s.stay_row) OVER of_person AS next_stay_row
  FROM stay_spans s
  JOIN stint_spans l ON l.place = s.last_place
  JOIN persons p ON p.person_no = s.person_no
  JOIN releases r ON r.release = p.release
  WINDOW of_person AS (
    PARTITION BY s.person_no
    ORDER BY s.stay_book_in ASC NULLS FIRST, s.stint_window_in ASC NULLS FIRST, s.first_place ASC NULLS FIRST
  )
),
worded AS (
  SELECT n.*, ks.kind AS stay_reason_kind, kd.kind AS stint_reason_kind, kc.kind AS case_kind,
    m.departed AS removed,
    CASE WHEN ks.kind IS NULL OR ks.kind = 'transferred' THEN coalesce(kd.kind, ks.kind)
      ELSE ks.kind END AS reason_kind,
    CASE WHEN ks.kind IS NULL OR ks.kind = 'transferred'
      THEN coalesce(n.detention_release_reason, n.stay_release_reason)
      ELSE n.stay_release_reason END AS reason,
    CASE WHEN n.last_book_out > n.released_at THEN NULL ELSE n.last_book_out END AS past_out,
    CASE WHEN n.stay_book_out > n.released_at THEN NULL ELSE n.stay_book_out END AS past_stay_out,
    CASE WHEN n.departed >= day_of(coalesce(n.stint_window_in, n.stay_book_in)) * 86400000000
      AND (n.next_book_in IS NULL OR day_of(n.departed) <= day_of(n.next_book_in))
        THEN n.departed END AS departed_after
  FROM numbered n
  LEFT JOIN reason_kinds ks ON ks.reason = n.stay_release_reason
  LEFT JOIN reason_kinds kd ON kd.reason = n.detention_release_reason
  LEFT JOIN reason_kinds kc ON kc.reason = n.case_status
  LEFT JOIN stay_removals m ON m.stay_row = n.stay_row AND m.rule = 'nearest-removal' AND m.status = 'matched'
),
decided AS (
  SELECT *,
    CASE
      WHEN stay_reason_kind = 'death' OR stint_reason_kind = 'death'
        OR (case_kind = 'death' AND next_stay_row IS NULL) THEN 'death'
      WHEN reason_kind IN ('removal', 'release', 'transfer_of_custody') THEN reason_kind
      WHEN departed_after IS NOT NULL OR removed IS NOT NULL THEN 'removal'
      WHEN reason_kind = 'other' AND (past_out IS NOT NULL OR past_stay_out IS NOT NULL) THEN 'other_end'
      WHEN end_why IS NOT NULL OR (reason_why IS NOT NULL
        AND (past_out IS NOT NULL OR past_stay_out IS NOT NULL)) THEN 'cannot be judged'
      WHEN past_out IS NULL AND past_stay_out IS NULL AND next_stay_row IS NULL THEN 'open'
      WHEN next_book_in <= coalesce(past_out, past_stay_out, last_book_in, stay_book_in) THEN 'continued'
      ELSE 'unaccounted'
    END AS end_kind
  FROM worded
),
explained AS (
  SELECT *,
    CASE
      WHEN end_kind = 'death' AND stay_reason_kind = 'death' THEN stay_release_reason
      WHEN end_kind = 'death' AND stint_reason_kind = 'death' THEN detention_release_reason
      WHEN end_kind = 'death' THEN case_status
      WHEN end_kind = 'cannot be judged' THEN CASE WHEN end_why IS NOT NULL THEN 'book-out '
        ELSE 'reason ' END || CASE coalesce(end_why, reason_why)
        WHEN 'not_in_release' THEN 'not in the release' WHEN 'day_or_month'
          THEN 'in an unknown order of day and month' ELSE coalesce(end_why, reason_why) END
      WHEN end_kind <> 'unaccounted' THEN coalesce(reason, case_status)
      WHEN past_out IS NOT NULL AND reason_kind = 'transferred' THEN 'transferred, no arrival'
      WHEN past_out IS NOT NULL OR book_out_why IN ('withheld', 'unreadable', 'not_in_release',
        'day_or_month') THEN 'book-out without a reason'
      WHEN past_stay_out IS NOT NULL THEN 'stay ended, stint open'
      ELSE 'superseded'
    END AS end_reason,
    CASE
      WHEN end_kind IN ('open', 'continued', 'unaccounted', 'cannot be judged') THEN NULL
      WHEN end_kind = 'removal' AND coalesce(departed_after, removed) IS NOT NULL
        THEN coalesce(departed_after, removed)
      WHEN end_kind = 'release' THEN coalesce(past_stay_out, past_out)
      ELSE coalesce(past_out, past_stay_out)
    END AS ended_at,
    end_kind = 'death' AND coalesce(stay_reason_kind, '') <> 'death'
      AND coalesce(stint_reason_kind, '') <> 'death' AS from_case_status,
    CASE WHEN end_kind = 'unaccounted' THEN coalesce(past_out, past_stay_out, last_book_in, stay_book_in)
      END AS unaccounted_since
  FROM decided
)
SELECT stay_row, person_no, stay_no, end_kind, end_reason, ended_at AS end_lo,
  CASE WHEN from_case_status THEN NULL WHEN ended_at % 86400000000 = 0 THEN ended_at + 86399999999
    ELSE ended_at END AS end_hi,
  unaccounted_since,
  CASE WHEN end_kind = 'unaccounted' THEN next_book_in END AS unaccounted_until,
  next_stay_row, next_stay_row IS NULL AS is_last_stay
FROM explained
ORDER BY person_no ASC NULLS LAST, stay_no ASC NULLS LAST
