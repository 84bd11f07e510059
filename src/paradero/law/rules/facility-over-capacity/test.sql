-- facility_over_capacity: facilities at which more people are recorded at one midnight than a list of
--   facilities states as capacity
-- inputs: facility_terms, facilities, stint_spans, releases, disputed_times, rule_versions
-- kept: view
--
-- One event per row of a list that states a capacity above zero for a code that occurs among the stints: the
-- midnight at which the most people are certainly recorded there, in any one release; the first such
-- midnight. Certainly: people with an id, each once, whose stint is closed (book-out not before book-in, not
-- after the release instant), was booked in by then as recorded and was booked out after it; rows without id,
-- stints without an end and stints that share time with another row of the person (`disputed_times`) count
-- for nothing here, of two ends of a stint the earlier counts, so the count is a least, and what is not known
-- only raises it. This is the instant of the headcount `ddp-midnight`. Shown: the least is above the
-- capacity. Never shown not to be: a release need not hold every person at a facility, and a jail holds
-- others besides. Two constructions, on two midnights: under `as-stated` the number is taken whenever it was
-- stated, at the midnight with the most people; under `on-that-day` it is in force on the day of its list and
-- on no other, so the midnight is the one that begins that day, and where the list has no date, or one that
-- can be read in two orders, it is not known whether the number held, and no verdict is given. Lists that
-- state different capacities are an event each.
WITH listed AS (
  SELECT row_id, detention_facility_code AS code, value AS capacity,
    CASE WHEN day_of(from_lo) = day_of(to_hi) THEN day_of(from_lo) END AS in_force
  FROM facility_terms
  WHERE term = 'capacity' AND detention_facility_code IS NOT NULL AND value > 0
),
stints AS (
  SELECT s.release, s.person_no, s.detention_facility_code AS code,
    day_of(recorded_hi(s.book_in)) + 1 AS first_midnight,
    day_of(least(s.book_out, d.out_lo) - 1) AS last_midnight
  FROM stint_spans s
  JOIN releases r ON r.release = s.release
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
  WHERE s.person_no IS NOT NULL AND NOT coalesce(d.is_doubled, FALSE) AND s.book_out >= s.book_in
    AND s.book_out <= r.released_at
    AND day_of(least(s.book_out, d.out_lo) - 1) > day_of(recorded_hi(s.book_in))
    AND s.detention_facility_code IN (SELECT code FROM listed)
),
followed AS (
  SELECT *, max(last_midnight) OVER (
    PARTITION BY person_no, code ORDER BY first_midnight ASC NULLS FIRST,
      last_midnight ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS covered_to
  FROM stints
),
beyond AS (
  SELECT release, code, greatest(first_midnight, coalesce(covered_to + 1, first_midnight)) AS first_midnight,
    last_midnight FROM followed
),
changes AS (
  SELECT release, code, midnight, sum(n) AS n
  FROM (
    SELECT release, code, first_midnight AS midnight, 1 AS n FROM beyond WHERE first_midnight <= last_midnight
    UNION ALL
    SELECT release, code, last_midnight + 1, -1 FROM beyond WHERE first_midnight <= last_midnight
  ) c
  GROUP BY release, code, midnight
),
levels AS (
  SELECT code, midnight,
    CAST(sum(n) OVER (PARTITION BY release, code
    ORDER BY midnight ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS n
  FROM changes
),
highest AS (
  SELECT code, n, midnight, row_number() OVER (PARTITION BY code
    ORDER BY n DESC NULLS LAST, midnight ASC NULLS LAST) AS choice FROM levels
),
on_the_day AS (
  SELECT row_id, max(n) AS n
  FROM (
    SELECT l.row_id, c.release, CAST(sum(c.n) AS BIGINT) AS n
    FROM listed l
    JOIN changes c ON c.code = l.code AND c.midnight <= l.in_force
    GROUP BY l.row_id, c.release
  ) r
  GROUP BY row_id
),
measured AS (
  SELECT v.variant, l.row_id, l.code, l.capacity,
    coalesce(v.construction, '') = 'as-stated' OR l.in_force IS NOT NULL AS is_known,
    CASE WHEN coalesce(v.construction, '') = 'as-stated' OR l.in_force IS NULL THEN h.midnight
      ELSE l.in_force END AS midnight,
    CASE WHEN coalesce(v.construction, '') = 'as-stated' OR l.in_force IS NULL THEN h.n
      ELSE coalesce(d.n, 0) END AS n
  FROM listed l
  JOIN facilities f ON f.detention_facility_code = l.code AND f.n_stints > 0
  LEFT JOIN highest h ON h.code = l.code AND h.choice = 1
  LEFT JOIN on_the_day d ON d.row_id = l.row_id
  CROSS JOIN rule_versions v
)
SELECT variant, CAST(NULL AS BIGINT) AS person_no, code AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, midnight * 86400000000 AS event_lo, midnight * 86400000000 AS event_hi,
  CASE WHEN is_known THEN TRUE END AS is_bound, CASE WHEN n > capacity THEN TRUE END AS is_shown,
  CAST(ceil(n - capacity) AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CASE WHEN NOT is_known THEN 'capacity_day' END AS bound_facts,
  CASE WHEN n > capacity THEN NULL ELSE 'people_held' END AS shown_facts,
  midnight * 86400000000 AS turns_at
FROM measured
