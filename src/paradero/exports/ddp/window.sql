-- ddp_window: the days of the facility-day populations: from DDP's first day to the day that stands for a
-- missing book-out
CREATE OR REPLACE TEMP TABLE ddp_window AS
SELECT CAST($first AS DATE) AS first_day, CAST(time_of(longest_open_until) AS DATE) AS last_day FROM settings
