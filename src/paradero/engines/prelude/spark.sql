-- The names that steps may use beyond plain SQL, as Spark SQL functions. duckdb.sql defines the same names
-- and says what they mean. `sequence` and `explode` are Spark's own.

CREATE OR REPLACE TEMPORARY FUNCTION us_of(t TIMESTAMP_NTZ) RETURNS BIGINT
  RETURN unix_micros(CAST(t AS TIMESTAMP));

CREATE OR REPLACE TEMPORARY FUNCTION time_of(us BIGINT) RETURNS TIMESTAMP_NTZ
  RETURN CAST(timestamp_micros(us) AS TIMESTAMP_NTZ);

CREATE OR REPLACE TEMPORARY FUNCTION day_of(us BIGINT) RETURNS BIGINT
  RETURN (us - pmod(us, 86400000000)) DIV 86400000000;

CREATE OR REPLACE TEMPORARY FUNCTION date_of(d BIGINT) RETURNS DATE
  RETURN date_add(DATE '1970-01-01', CAST(d AS INT));

CREATE OR REPLACE TEMPORARY FUNCTION day_number(d DATE) RETURNS BIGINT
  RETURN CAST(datediff(d, DATE '1970-01-01') AS BIGINT);

CREATE OR REPLACE TEMPORARY FUNCTION time_text(us BIGINT) RETURNS STRING
  RETURN CASE WHEN us % 86400000000 = 0
    THEN CAST(CAST(timestamp_micros(us) AS DATE) AS STRING) ELSE CAST(timestamp_micros(us) AS STRING) END;

CREATE OR REPLACE TEMPORARY FUNCTION key_hash(a STRING, b STRING, c STRING, d BIGINT) RETURNS BIGINT
  RETURN xxhash64(a, b, c, d);

CREATE OR REPLACE TEMPORARY FUNCTION in_place(n BIGINT, t STRING) RETURNS STRING
  RETURN lpad(CAST(n AS STRING), 9, '0') || t;

CREATE OR REPLACE TEMPORARY FUNCTION joined_in_order(l ARRAY<STRING>) RETURNS STRING
  RETURN array_join(transform(array_sort(l), x -> substr(x, 10)), '; ');

CREATE OR REPLACE TEMPORARY FUNCTION before(a_lo BIGINT, a_hi BIGINT, b_lo BIGINT,
  b_hi BIGINT) RETURNS BOOLEAN
  RETURN CASE WHEN a_hi < b_lo THEN TRUE WHEN a_lo >= b_hi THEN FALSE END;

CREATE OR REPLACE TEMPORARY FUNCTION after(a_lo BIGINT, a_hi BIGINT, b_lo BIGINT, b_hi BIGINT) RETURNS BOOLEAN
  RETURN CASE WHEN a_lo > b_hi THEN TRUE WHEN a_hi <= b_lo THEN FALSE END;

CREATE OR REPLACE TEMPORARY FUNCTION not_after(a_lo BIGINT, a_hi BIGINT, b_lo BIGINT,
  b_hi BIGINT) RETURNS BOOLEAN
  RETURN CASE WHEN a_hi <= b_lo THEN TRUE WHEN a_lo > b_hi THEN FALSE END;

CREATE OR REPLACE TEMPORARY FUNCTION not_before(a_lo BIGINT, a_hi BIGINT, b_lo BIGINT,
  b_hi BIGINT) RETURNS BOOLEAN
  RETURN CASE WHEN a_lo >= b_hi THEN TRUE WHEN a_hi < b_lo THEN FALSE END;

CREATE OR REPLACE TEMPORARY FUNCTION same_instant(a_lo BIGINT, a_hi BIGINT, b_lo BIGINT,
  b_hi BIGINT) RETURNS BOOLEAN
  RETURN CASE WHEN a_lo = a_hi AND a_lo = b_lo AND a_lo = b_hi THEN TRUE WHEN a_hi < b_lo
    OR b_hi < a_lo THEN FALSE END;

CREATE OR REPLACE TEMPORARY FUNCTION elapsed_lo(a_lo BIGINT, a_hi BIGINT, b_lo BIGINT,
  b_hi BIGINT) RETURNS BIGINT
  RETURN b_lo - a_hi;

CREATE OR REPLACE TEMPORARY FUNCTION elapsed_hi(a_lo BIGINT, a_hi BIGINT, b_lo BIGINT,
  b_hi BIGINT) RETURNS BIGINT
  RETURN b_hi - a_lo;

CREATE OR REPLACE TEMPORARY FUNCTION longer_than(a_lo BIGINT, a_hi BIGINT, b_lo BIGINT, b_hi BIGINT,
  most BIGINT) RETURNS BOOLEAN
  RETURN CASE WHEN b_lo - a_hi > most THEN TRUE WHEN b_hi - a_lo <= most THEN FALSE END;

CREATE OR REPLACE TEMPORARY FUNCTION periods_overlap(
    a_begin_lo BIGINT, a_begin_hi BIGINT, a_end_lo BIGINT, a_end_hi BIGINT, b_begin_lo BIGINT,
      b_begin_hi BIGINT, b_end_lo BIGINT, b_end_hi BIGINT)
  RETURNS BOOLEAN
  RETURN CASE WHEN a_begin_hi < b_end_lo AND b_begin_hi < a_end_lo THEN TRUE WHEN a_begin_lo >= b_end_hi
    OR b_begin_lo >= a_end_hi THEN FALSE END;

CREATE OR REPLACE TEMPORARY FUNCTION during(m_lo BIGINT, m_hi BIGINT, begin_lo BIGINT, begin_hi BIGINT,
  end_lo BIGINT, end_hi BIGINT) RETURNS BOOLEAN
  RETURN CASE WHEN m_lo >= begin_hi AND m_hi < end_lo THEN TRUE WHEN m_hi < begin_lo OR m_lo >= end_hi
    OR begin_lo >= end_hi THEN FALSE END;

CREATE OR REPLACE TEMPORARY FUNCTION in_period(m_lo BIGINT, m_hi BIGINT, begin_lo BIGINT, begin_hi BIGINT,
  end_lo BIGINT, end_hi BIGINT) RETURNS BOOLEAN
  RETURN (begin_hi <= -62135596800000000 OR CASE WHEN m_lo >= begin_hi THEN TRUE
    WHEN m_hi < begin_lo THEN FALSE END)
    AND (end_lo >= 253402300799000000 OR CASE WHEN m_hi < end_lo THEN TRUE WHEN m_lo >= end_hi THEN FALSE END)
    AND CASE WHEN begin_lo >= end_hi THEN FALSE ELSE TRUE END;

CREATE OR REPLACE TEMPORARY FUNCTION recorded_hi(us BIGINT) RETURNS BIGINT
  RETURN us + CASE WHEN us % 86400000000 = 0 THEN 86399999999 WHEN us % 60000000 = 0 THEN 59999999
    WHEN us % 1000000 = 0 THEN 999999 ELSE 0 END;

CREATE OR REPLACE TEMPORARY FUNCTION day_hi(us BIGINT) RETURNS BIGINT
  RETURN us + CASE WHEN us % 86400000000 = 0 THEN 86399999999 ELSE 0 END;

CREATE OR REPLACE TEMPORARY FUNCTION weekday_on(day BIGINT, weekday BIGINT) RETURNS BIGINT
  RETURN day + (weekday - (day + 4) % 7 + 7) % 7;

-- Spark writes a function out at every call and its argument at every use, so these use it as little as they
-- can: of the last Sunday on or before `us` they ask whether it is past the day before which none of its kind
-- can be, by moving that day to the 1st of January.
CREATE OR REPLACE TEMPORARY FUNCTION springs_before(us BIGINT) RETURNS BIGINT
  RETURN CAST(CASE WHEN us >= 1167609600000000
    THEN year(add_months(date_sub(next_day(CAST(timestamp_micros(us - 7200000000) AS DATE), 'SU'), 14), 10))
    ELSE year(add_months(date_sub(next_day(CAST(timestamp_micros(us - 7200000000) AS DATE), 'SU'), 7), 9))
      END AS BIGINT);

CREATE OR REPLACE TEMPORARY FUNCTION falls_before(us BIGINT) RETURNS BIGINT
  RETURN CAST(CASE WHEN us >= 1167609600000000
    THEN year(add_months(date_sub(next_day(CAST(timestamp_micros(us - 3600000000) AS DATE), 'SU'), 7), 2))
    ELSE year(add_months(next_day(CAST(timestamp_micros(us - 3600000000) AS DATE), 'SU'), 2)) END AS BIGINT);

CREATE OR REPLACE TEMPORARY FUNCTION held_lo(begin_us BIGINT, end_us BIGINT, shift_us BIGINT) RETURNS BIGINT
  RETURN end_us - recorded_hi(begin_us)
    - shift_us * (springs_before(recorded_hi(end_us)) - springs_before(begin_us));

CREATE OR REPLACE TEMPORARY FUNCTION held_hi(begin_us BIGINT, end_us BIGINT, shift_us BIGINT) RETURNS BIGINT
  RETURN recorded_hi(end_us) - begin_us
    + shift_us * greatest(falls_before(recorded_hi(end_us)) - falls_before(begin_us - 3600000000), 0);

CREATE OR REPLACE TEMPORARY FUNCTION verdict_of(is_bound BOOLEAN, in_force BOOLEAN,
  is_shown BOOLEAN) RETURNS STRING
  RETURN CASE WHEN NOT is_bound OR NOT in_force THEN 'not_bound'
    WHEN is_bound AND in_force AND is_shown THEN 'violated' WHEN is_bound AND in_force
      AND NOT is_shown THEN 'complied' ELSE 'undetermined' END;
