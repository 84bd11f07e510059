-- The names that steps may use beyond plain SQL, as DuckDB macros. spark.sql spells the same names;
-- tests/spec proves each equal.

-- us_of(t): microseconds since 1970-01-01 00:00 of a clock reading, on the clock it was read from.
CREATE OR REPLACE MACRO us_of(t) AS epoch_us(t);

-- time_of(us): the clock reading that us_of came from.
CREATE OR REPLACE MACRO time_of(us) AS make_timestamp(us);

-- day_of(us): whole days since 1970-01-01, rounded down (also before 1970).
CREATE OR REPLACE MACRO day_of(us) AS (us - ((us % 86400000000) + 86400000000) % 86400000000) // 86400000000;

-- date_of(day): the calendar date of a day number.
CREATE OR REPLACE MACRO date_of(d) AS DATE '1970-01-01' + d::INTEGER;

-- day_number(date): days since 1970-01-01 of a calendar date.
CREATE OR REPLACE MACRO day_number(d) AS (d - DATE '1970-01-01')::BIGINT;

-- time_text(us): `YYYY-MM-DD HH:MM:SS`, at midnight `YYYY-MM-DD` (as R 4.3 and later print one element).
CREATE OR REPLACE MACRO time_text(us) AS CASE WHEN us % 86400000000 = 0
  THEN make_timestamp(us)::DATE::VARCHAR ELSE make_timestamp(us)::VARCHAR END;

-- key_hash(a, b, c, d): equal keys hash equal, nulls included. Only ever used to narrow down; equality is
-- tested afterwards.
CREATE OR REPLACE MACRO key_hash(a, b, c, d) AS hash(a, b, c, d);

-- sequence(a, b): all whole numbers from a to b, both included. explode(list): one row per member.
CREATE OR REPLACE MACRO sequence(a, b) AS generate_series(a, b);
CREATE OR REPLACE MACRO explode(l) AS unnest(l);

-- joined_in_order(list): members are a 9-digit place followed by a text; the texts in the order of their
-- places, joined by "; ".
CREATE OR REPLACE MACRO in_place(n, t) AS lpad(n::VARCHAR, 9, '0') || t;
CREATE OR REPLACE MACRO joined_in_order(l) AS array_to_string(list_transform(list_sort(l),
  lambda x: substr(x::VARCHAR, 10)), '; ');

-- What can be said of moments, each given as its earliest and latest instant (both included, null where there
-- is no bound): true where it holds for all instants within the bounds, false where for none, null otherwise.
-- paradero.model.time.comparisons says the same in Python.

-- before(a, b): a is earlier than b. after, not_after (earlier or the same), not_before (later or the same)
-- likewise.
CREATE OR REPLACE MACRO before(a_lo, a_hi, b_lo, b_hi) AS CASE WHEN a_hi < b_lo THEN TRUE
  WHEN a_lo >= b_hi THEN FALSE END;
CREATE OR REPLACE MACRO after(a_lo, a_hi, b_lo, b_hi) AS CASE WHEN a_lo > b_hi THEN TRUE
  WHEN a_hi <= b_lo THEN FALSE END;
CREATE OR REPLACE MACRO not_after(a_lo, a_hi, b_lo, b_hi) AS CASE WHEN a_hi <= b_lo THEN TRUE
  WHEN a_lo > b_hi THEN FALSE END;
CREATE OR REPLACE MACRO not_before(a_lo, a_hi, b_lo, b_hi) AS CASE WHEN a_lo >= b_hi THEN TRUE
  WHEN a_hi < b_lo THEN FALSE END;

-- same_instant(a, b): a and b are one instant.
CREATE OR REPLACE MACRO same_instant(a_lo, a_hi, b_lo, b_hi) AS CASE
  WHEN a_lo = a_hi AND a_lo = b_lo AND a_lo = b_hi THEN TRUE WHEN a_hi < b_lo OR b_hi < a_lo THEN FALSE END;

-- elapsed_lo(a, b), elapsed_hi(a, b): least and greatest microseconds from a to b.
CREATE OR REPLACE MACRO elapsed_lo(a_lo, a_hi, b_lo, b_hi) AS b_lo - a_hi;
CREATE OR REPLACE MACRO elapsed_hi(a_lo, a_hi, b_lo, b_hi) AS b_hi - a_lo;

-- longer_than(a, b, most): more than `most` microseconds passed from a to b.
CREATE OR REPLACE MACRO longer_than(a_lo, a_hi, b_lo, b_hi, most) AS CASE WHEN b_lo - a_hi > most THEN TRUE
  WHEN b_hi - a_lo <= most THEN FALSE END;

-- periods_overlap(begin and end of one period, begin and end of another): each begins before the other ends.
-- SQL reserves the name `overlaps`.
CREATE OR REPLACE MACRO periods_overlap(a_begin_lo, a_begin_hi, a_end_lo, a_end_hi, b_begin_lo, b_begin_hi,
  b_end_lo, b_end_hi) AS CASE
  WHEN a_begin_hi < b_end_lo AND b_begin_hi < a_end_lo THEN TRUE WHEN a_begin_lo >= b_end_hi
    OR b_begin_lo >= a_end_hi THEN FALSE END;

-- during(m, begin, end): m is not before the begin and before the end.
CREATE OR REPLACE MACRO during(m_lo, m_hi, begin_lo, begin_hi, end_lo, end_hi) AS CASE
  WHEN m_lo >= begin_hi AND m_hi < end_lo THEN TRUE WHEN m_hi < begin_lo OR m_lo >= end_hi
    OR begin_lo >= end_hi THEN FALSE END;

-- in_period(m, begin, end): during, but of a period that begins in the year 1 or ends in the year 9999 that
-- side is not asked, so that a moment without a bound there is within it all the same.
CREATE OR REPLACE MACRO in_period(m_lo, m_hi, begin_lo, begin_hi, end_lo, end_hi) AS
  (begin_hi <= -62135596800000000 OR CASE WHEN m_lo >= begin_hi THEN TRUE WHEN m_hi < begin_lo THEN FALSE END)
  AND (end_lo >= 253402300799000000 OR CASE WHEN m_hi < end_lo THEN TRUE WHEN m_lo >= end_hi THEN FALSE END)
  AND CASE WHEN begin_lo >= end_hi THEN FALSE ELSE TRUE END;

-- recorded_hi(us): the latest instant that a clock reading can mean as recorded: a midnight can be a day
-- without a clock time, a full minute has no seconds, a full second no fraction. The reading itself is the
-- earliest.
CREATE OR REPLACE MACRO recorded_hi(us) AS us + CASE WHEN us % 86400000000 = 0 THEN 86399999999
  WHEN us % 60000000 = 0 THEN 59999999
  WHEN us % 1000000 = 0 THEN 999999 ELSE 0 END;

-- day_hi(us): the latest instant of a reading that may be a day without a clock time: of a midnight the end
-- of its day, else the reading itself.
CREATE OR REPLACE MACRO day_hi(us) AS us + CASE WHEN us % 86400000000 = 0 THEN 86399999999 ELSE 0 END;

-- weekday_on(day, weekday): the first day from `day` on that falls on the weekday (0 is Sunday). 1970-01-01,
-- day 0, was a Thursday.
CREATE OR REPLACE MACRO weekday_on(day, weekday) AS day + (weekday - (day + 4) % 7 + 7) % 7;

-- springs_before(us), falls_before(us): how many changes of United States clocks to and from daylight time a
-- clock had gone through when it showed `us` (from 1987; 2nd Sunday of March to 1st of November since 2007,
-- 15 U.S.C. 260a; before that 1st of April to last of October).
CREATE OR REPLACE MACRO springs_before(us) AS CAST(year(make_timestamp(us)) AS BIGINT) + CASE
  WHEN us >= 7200000000 + 86400000000 * (
    CASE WHEN year(make_timestamp(us)) >= 2007
      THEN weekday_on((make_date(year(make_timestamp(us)), 3, 8) - DATE '1970-01-01')::BIGINT, 0)
      ELSE weekday_on((make_date(year(make_timestamp(us)), 4, 1) - DATE '1970-01-01')::BIGINT, 0) END) THEN 1
        ELSE 0 END;
CREATE OR REPLACE MACRO falls_before(us) AS CAST(year(make_timestamp(us)) AS BIGINT) + CASE
  WHEN us >= 3600000000 + 86400000000 * (
    CASE WHEN year(make_timestamp(us)) >= 2007
      THEN weekday_on((make_date(year(make_timestamp(us)), 11, 1) - DATE '1970-01-01')::BIGINT, 0)
      ELSE weekday_on((make_date(year(make_timestamp(us)), 10, 25) - DATE '1970-01-01')::BIGINT, 0) END)
        THEN 1 ELSE 0 END;

-- held_lo(in, out, shift), held_hi(in, out, shift): least and greatest time between two readings of one
-- United States clock whose zone is not stated, as recorded: where the clocks changed between them, the
-- change (`shift`, 1 hour; 0 where the clock is known not to change) may or may not have happened to it.
CREATE OR REPLACE MACRO held_lo(begin_us, end_us, shift_us) AS end_us - recorded_hi(begin_us)
  - shift_us * (springs_before(recorded_hi(end_us)) - springs_before(begin_us));
CREATE OR REPLACE MACRO held_hi(begin_us, end_us, shift_us) AS recorded_hi(end_us) - begin_us
  + shift_us * greatest(falls_before(recorded_hi(end_us)) - falls_before(begin_us - 3600000000), 0);

-- verdict_of(bound, in_force, shown): is the subject bound, is the rule in force, is the forbidden thing
-- shown; paradero.model.verdicts says the same in Python.
CREATE OR REPLACE MACRO verdict_of(is_bound, in_force, is_shown) AS CASE WHEN NOT is_bound
  OR NOT in_force THEN 'not_bound'
  WHEN is_bound AND in_force AND is_shown THEN 'violated' WHEN is_bound AND in_force
    AND NOT is_shown THEN 'complied' ELSE 'undetermined' END;
