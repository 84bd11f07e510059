-- asked_headcounts: what is asked of headcounts: each definition in each release, numbered, with the days and
--   instants that it rests on there
-- inputs: headcount_definitions, releases
-- kept: view
--
-- `asked_no` numbers definitions and releases. `earliest` is the instant from which a row without any begin
-- may count: the definition's first day, or 366 days before the earliest instant recorded. From `first_day`
-- to `last_day` a definition that gives zeros has them; outside `earliest_day` to `latest_day` nothing is
-- counted (days since 1970-01-01). `open_out` is what the definition takes for a missing book-out. `at_clock`
-- is the counted instant within its day. `heeds_denials`: what other rows of a person deny is in doubt,
-- `is_anywhere`: rows without a group may be of any (no assumption says otherwise).
SELECT row_number() OVER (ORDER BY d.definition ASC NULLS FIRST, r.release ASC NULLS FIRST) AS asked_no,
  d.definition, r.release, d.unit = 'persons' AS persons,
  d.any_part, d.at_us, d.at_us % 86400000000 AS at_clock, d.without_exact_duplicates, d.persons_only, d.zeros,
    d.assumed, substr(d.assumed, 7, 1) <> '1' AS heeds_denials,
    substr(d.assumed, 10, 1) <> '1' AS is_anywhere, r.released_at,
  least(coalesce(d.first_day * 86400000000, r.earliest - 31622400000000), r.earliest) AS earliest,
  coalesce(d.first_day, day_of(r.first_event)) AS first_day,
    coalesce(d.last_day, day_of(r.released_at)) AS last_day,
  coalesce(d.first_day, -1000000) AS earliest_day, coalesce(d.last_day, 1000000) AS latest_day,
  CASE d.open_until
    WHEN 'day' THEN d.open_until_us
    WHEN 'latest book-out' THEN r.latest_book_out
    WHEN 'release day' THEN day_of(r.released_at) * 86400000000
    ELSE (day_of(r.released_at) + 1) * 86400000000
  END AS open_out
FROM headcount_definitions d CROSS JOIN releases r
