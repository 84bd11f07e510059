-- headcount_days: the days that each row which may be in doubt can count under each definition: as counted,
--   as shown, as allowed, and why these differ
-- inputs: counted_stints, headcount_groups, headcount_denials, asked_headcounts
-- kept: view
--
-- A definition (table headcount_definitions) turns each stint into days: those on which it was under way at
-- the instant `at_us` of the day, or for `any_part` all days it touches. A unit (person, or row for
-- placements) counts once per group and day: of each of its intervals in the order of time only the part
-- beyond the latest end so far is added, as +1 on its first day and -1 after its last; running sums of these
-- are the counts (see headcounts). `n` takes a missing book-out as the definition says. Level 0 has the days
-- that the record shows: from the latest instant that a stated book-in can mean to the earliest that a stated
-- book-out can. The last level has all that it allows: without book-out up to the release instant, without
-- book-in from the stay's (else from the definition's first day, or 366 days before the earliest instant
-- recorded), a row without a person as one more. Between them lie levels in a fixed order (1 precision, 2
-- order of day and month, 3 not in the release, 4 unreadable, 5 blank, 6 withheld, 7 contradicted, 8
-- unaccounted, 9 person unknown): a row takes part in a level with the days that it may have if only causes
-- up to this one are in doubt, so each level encloses the one before, and `c1` to `c9` are what each adds. Of
-- rows that contradict each other level 0 has only what none of the others denies (headcount_denials).
-- `assumed` has a 1 at the place of each cause that is left out: there the row is read as `n` reads it. Rows
-- of which nothing can be in doubt are not here (see headcount_changes, which counts them by their days
-- alone): of a known person with no other row in the group, no copy, denied by no row, begun and ended within
-- the release, neither at a time that may be before or after the counted instant (a time never reaches beyond
-- its day). `asked_no` numbers definitions and releases, `group_no` the groups. Days in days since
-- 1970-01-01: `n_from` to `n_to` as the definition counts, `sure_from` to `sure_to` at level 0, `may_from` to
-- `may_to` at the last. `in_cause` and `out_cause` are the levels at which begin and end are moved, 0 for
-- none; `is_exact`: nothing is in doubt.
WITH numbered AS (
  SELECT s.*, g.group_no FROM counted_stints s JOIN headcount_groups g ON g.group_value IS NOT DISTINCT
    FROM s.group_value
),
repeated AS (
  SELECT person_no, group_no FROM numbered WHERE person_no IS NOT NULL GROUP BY person_no, group_no
    HAVING count(*) > 1
),
stints AS (
  SELECT s.release, s.group_no, s.person_no, s.row_id, s.book_in, s.book_out, s.stay_book_in,
    s.duplicate_exact, r.person_no IS NOT NULL AS is_repeated,
    s.book_in_lo, s.book_in_hi, s.book_out_lo, s.book_out_hi,
    s.book_in - day_of(s.book_in) * 86400000000 AS in_clock,
      recorded_hi(s.book_in) - day_of(s.book_in) * 86400000000 AS in_clock_hi,
    s.book_out - day_of(s.book_out) * 86400000000 AS out_clock,
      recorded_hi(s.book_out) - day_of(s.book_out) * 86400000000 AS out_clock_hi,
    CASE WHEN s.book_in IS NOT NULL THEN 1 WHEN s.book_in_why = 'day_or_month' THEN 2
      WHEN s.book_in_why = 'not_in_release' THEN 3
      WHEN s.book_in_why = 'unreadable' THEN 4 WHEN s.book_in_why = 'withheld' THEN 6
        WHEN s.book_in_why = 'unaccounted' THEN 8 ELSE 5 END AS in_cause,
    CASE WHEN s.book_out IS NOT NULL THEN 1 WHEN s.book_out_why = 'day_or_month' THEN 2
      WHEN s.book_out_why = 'not_in_release' THEN 3
      WHEN s.book_out_why = 'unreadable' THEN 4 WHEN s.book_out_why = 'withheld' THEN 6
        WHEN s.book_out_why = 'unaccounted' THEN 8 ELSE 5 END AS out_cause
  FROM numbered s
  LEFT JOIN repeated r ON r.person_no = s.person_no AND r.group_no = s.group_no
),
weighed AS (
  SELECT a.asked_no, a.persons, a.any_part, a.at_us, a.released_at, a.earliest, a.earliest_day, a.latest_day,
    a.open_out, a.assumed,
    s.group_no, s.person_no, s.row_id, s.book_in, s.book_out, s.stay_book_in, s.is_repeated, s.book_in_lo,
      s.book_in_hi, s.book_out_lo, s.book_out_hi,
    coalesce(n.is_inverted, FALSE) AS is_inverted, coalesce(n.is_denied, FALSE) AS is_denied, n.clear_from,
      n.clear_to,
    CASE WHEN n.is_inverted THEN 7 ELSE s.in_cause END AS in_cause,
      CASE WHEN n.is_inverted THEN 7 ELSE s.out_cause END AS out_cause,
    coalesce(s.book_out, s.book_out_hi, a.released_at) AS latest_out,
      substr(a.assumed, 1, 1) = '1' AS is_timed,
    coalesce(s.book_out, s.book_out_lo) > a.released_at AND substr(a.assumed, 3, 1) <> '1' AS is_scheduled,
    s.person_no IS NULL AND substr(a.assumed, 9, 1) <> '1' AS is_of_nobody,
    (a.persons_only AND s.person_no IS NULL) OR (a.without_exact_duplicates
      AND s.duplicate_exact) AS is_left_out,
    a.without_exact_duplicates AND s.duplicate_exact AND s.person_no IS NOT NULL AND s.book_in IS NOT NULL
      AND s.book_in % 86400000000 <> 0 AS is_copy
  FROM stints s
  JOIN asked_headcounts a ON a.release = s.release
  LEFT JOIN headcount_denials n ON n.row_id = CASE WHEN a.heeds_denials THEN s.row_id END
  WHERE NOT coalesce(
    s.person_no IS NOT NULL AND NOT s.is_repeated AND NOT s.duplicate_exact AND n.row_id IS NULL
      AND s.book_in IS NOT NULL AND s.book_out <= a.released_at AND (
      a.any_part OR ((a.at_clock < s.in_clock OR a.at_clock >= s.in_clock_hi)
        AND (a.at_clock < s.out_clock OR a.at_clock >= s.out_clock_hi))
    ), FALSE)
),
bounded AS (
  SELECT *,
    CASE WHEN book_in IS NOT NULL AND NOT is_inverted THEN book_in WHEN in_cause = 2 THEN book_in_lo
      WHEN substr(assumed, in_cause, 1) = '1' THEN NULL
      WHEN stay_book_in <= latest_out THEN stay_book_in ELSE least(earliest, latest_out) END AS in_lo,
    CASE WHEN is_inverted THEN NULL WHEN in_cause = 2 THEN recorded_hi(book_in_hi) WHEN is_timed THEN book_in
      ELSE recorded_hi(book_in) END AS in_hi,
    CASE WHEN is_inverted THEN NULL WHEN is_scheduled THEN released_at + 1 WHEN book_out IS NOT NULL
      THEN book_out WHEN out_cause = 2 THEN book_out_lo
      WHEN substr(assumed, out_cause, 1) = '1' THEN released_at + 1 END AS out_lo,
    CASE WHEN out_cause = 2 THEN recorded_hi(book_out_hi) WHEN book_out IS NULL
      OR is_inverted THEN released_at + 1 WHEN is_timed THEN book_out
      ELSE recorded_hi(book_out) END AS out_hi,
    CASE WHEN is_scheduled OR out_cause > 2 THEN 1 ELSE 0 END AS lo_beyond,
      CASE WHEN out_cause > 2 THEN 1 ELSE 0 END AS hi_beyond
  FROM weighed
),
days AS (
  SELECT asked_no, persons, group_no, person_no, row_id, is_repeated, is_of_nobody, is_left_out, is_copy,
    earliest_day, latest_day,
    CASE WHEN is_denied OR clear_from IS NOT NULL THEN 7 ELSE in_cause END AS in_cause,
    CASE WHEN is_inverted OR clear_to IS NOT NULL THEN 7 WHEN is_scheduled THEN 3
      ELSE out_cause END AS out_cause,
    book_in IS NOT NULL AND book_out IS NOT NULL AS is_closed,
    CASE WHEN any_part THEN day_of(book_in) ELSE day_of(book_in - at_us + 86399999999) END AS n_from,
    CASE WHEN any_part THEN greatest(day_of(book_in), day_of(coalesce(book_out, open_out)))
      ELSE day_of(coalesce(book_out, open_out) - 1 - at_us) END AS n_to,
    CASE WHEN any_part THEN day_of(in_lo) ELSE day_of(in_lo - at_us + 86399999999) END AS may_from,
    CASE
      WHEN is_denied THEN NULL
      WHEN any_part THEN day_of(coalesce(clear_from, in_hi))
      ELSE day_of(coalesce(clear_from, in_hi) - at_us + 86399999999)
    END AS sure_from,
    CASE WHEN any_part THEN greatest(day_of(coalesce(in_hi, in_lo)), day_of(out_hi - hi_beyond))
      ELSE day_of(out_hi - 1 - at_us) END AS may_to,
    CASE
      WHEN NOT any_part THEN day_of(coalesce(clear_to, out_lo) - 1 - at_us)
      WHEN clear_to IS NOT NULL THEN day_of(clear_to - 1)
      WHEN day_of(in_lo) = day_of(in_hi) THEN greatest(day_of(in_hi),
        day_of(coalesce(out_lo - lo_beyond, in_hi)))
      ELSE day_of(out_lo - lo_beyond)
    END AS sure_to
  FROM bounded
),
told AS (
  SELECT asked_no, persons, group_no, person_no, row_id, is_repeated, is_of_nobody, is_left_out, is_copy,
    is_closed,
    CASE WHEN n_from IS NOT NULL THEN greatest(n_from, earliest_day) END AS n_from,
      CASE WHEN n_to IS NOT NULL THEN least(n_to, latest_day) END AS n_to,
    CASE WHEN may_from IS NOT NULL THEN greatest(may_from, earliest_day) END AS may_from,
      CASE WHEN may_to IS NOT NULL THEN least(may_to, latest_day) END AS may_to,
    CASE WHEN sure_from IS NOT NULL THEN greatest(sure_from, earliest_day) END AS sure_from,
      CASE WHEN sure_to IS NOT NULL THEN least(sure_to, latest_day) END AS sure_to,
    CAST(CASE WHEN sure_from = may_from THEN 0 ELSE in_cause END AS BIGINT) AS in_cause,
    CAST(CASE WHEN sure_to = may_to THEN 0 ELSE out_cause END AS BIGINT) AS out_cause
  FROM days
)
SELECT *, NOT is_of_nobody AND NOT is_left_out AND is_closed AND in_cause = 0 AND out_cause = 0 AS is_exact
FROM told
