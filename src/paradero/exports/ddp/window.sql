-- ddp_window: the days of the facility-day populations: from DDP's first day to the day that stands for a
-- missing book-out, which is no later than the release
CREATE OR REPLACE TEMP TABLE ddp_window AS
SELECT CAST($first AS DATE) AS first_day, CAST(time_of(s.longest_open_until) AS DATE) AS stated_last,
  least(CAST(time_of(s.longest_open_until) AS DATE), CAST(time_of(r.released_at) AS DATE)) AS last_day,
  CAST(time_of(r.released_at) AS DATE) AS released_on
FROM settings s
LEFT JOIN releases r ON r.release = $release
